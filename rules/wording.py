"""What every sentence to a frightened person must keep to: the office's rules of wording, as checks. Pure.

From the guidelines for helpers (WHO LIVES, UNICEF Safer Chatbots, NNEDV): believe, do not blame, promise nothing, ask one thing,
betray nobody on a lock screen. `scripts/lint_wording.py` reads the files; a rule is set aside only for one text, with its reason.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

LONGEST = 300  # characters of a bubble, placeholders filled
MOST_SENTENCES = 5
MOST_BEFORE_A_QUESTION = 2
MOST_WORDS = 20  # in a sentence, or between two semicolons
LONG_SYLLABLES = 5
MOST_LONG_WORDS = 0.2  # of the words of a text; a stand-in for the reading level of a child of ten
_ENOUGH_WORDS = 8  # of a text, before its reading level says anything
LOCK_SCREEN = 60  # characters that a phone shows while it is locked
_LABEL_BEFORE = 28  # characters before a number in which its name must stand

_BLAME = r"seharusnya|harusnya|kok bisa|salah sendiri|salah (?:kakak|anda|kamu|ibu) sendiri|makanya|sudah tahu|cari gara-gara|memancing"
_WHY = r"kenapa|mengapa|ngapain|apa sebabnya|apa alasan(?:nya|mu)?|kok (?:bisa|tidak|nggak|baru|mau|diam|begitu)"
_PROMISE = (
    r"pasti|dijamin|menjamin|jamin|percayalah|100 ?%|tidak akan ada yang tahu|tidak ada yang akan tahu|selamanya aman|"
    r"tidak mungkin ketahuan|semua akan baik|akan baik-baik saja|kami janji|saya janji|aman bersama kami"
)
_ADVICE = (
    r"mediasi|berdamai|damai saja|rujuk|bicarakan baik-baik|secara kekeluargaan|maafkan|memaafkan|sabar|bersabar|ikhlas|cobaan|takdir|"
    r"berdoa|doakan|istighfar|dosa|demi anak|pertahankan rumah tangga|tinggalkan (?:dia|suami)|ceraikan|lawan dia|balas saja|"
    r"rekam diam-diam|"
    r"hadapi (?:dia|pelaku)"
)
_SENSITIVE = (
    r"kekerasan|pelaku|polisi|lapor|korban|kdrt|perkosa|seksual|bunuh|pukul(?! ?[\d\[])|suami|istri|pacar|darurat|bahaya|visum|kabur|"
    r"psikolog|ancam|uptd|ppa|pengacara|kandungan"
)
_NUMBERS = r"(?<![\d/.])(?:11[0-9]|129|148|08\d{2}[- ]?\d{3,4}[- ]?\d{3,4}|0\d{2,3}[- ]\d{3,})(?![\d/])"
_LABELS = {
    "polisi": r"polisi",
    "ambulans": r"ambulans",
    "sapa": r"sapa",
    "sapa_wa": r"whatsapp|\bwa\b",
    "jiwa": r"layanan|teman bicara|kesehatan jiwa|konsel",
    "nomor_kantor": r"telepon|kantor|nomor",
}
_WAYS_OUT = frozenset({"petugas", "lewati", "berhenti"})
_LEAST_OUT = frozenset({"petugas", "berhenti", "lanjut", "tutup", "tidak"})


@dataclass(frozen=True)
class Wording:
    """One text as it is written in a file. `asks`: a question of the assessment; `spoken`: filled, as the person reads it."""

    text: str
    spoken: str
    asks: bool = False
    buttons: frozenset[str] = frozenset()
    alone: bool = True  # False for words on a page, which no lock screen shows


@dataclass(frozen=True)
class Finding:
    """A rule that a text breaks, and what of it."""

    rule: str
    what: str


def blame(said: Wording) -> str | None:
    """Nobody is blamed for what was done to him."""
    return _first(_BLAME, said.text)


def why(said: Wording) -> str | None:
    """'Kenapa' to somebody who was hurt sounds like 'it was your doing'."""
    return _first(_WHY, said.text)


def promise(said: Wording) -> str | None:
    """Nothing is promised that the office cannot hold by itself."""
    return _first(_PROMISE, said.text)


def advice(said: Wording) -> str | None:
    """No mediation, no patience, no religion, no leaving or confronting: each can cost a life."""
    return _first(_ADVICE, said.text)


def one_question(said: Wording) -> str | None:
    """One question a message: the second is never answered."""
    marks = said.text.count("?")
    return f"{marks} tanda tanya" if marks > 1 else None


def length(said: Wording) -> str | None:
    """At most 300 characters as they are read."""
    return f"{len(said.spoken)} huruf" if len(said.spoken) > LONGEST else None


def sentences(said: Wording) -> str | None:
    """Few sentences; at most two before a question."""
    number = len(_sentences(said.spoken))
    most = MOST_BEFORE_A_QUESTION + 1 if said.asks else MOST_SENTENCES
    return f"{number} kalimat" if number > most else None


def sentence_length(said: Wording) -> str | None:
    """Short sentences: twenty words at most, a semicolon may part them."""
    longest = max((len(_words(part)) for part in re.split(r"[.!?;:](?:\s|$)", said.spoken)), default=0)
    return f"{longest} kata dalam satu kalimat" if longest > MOST_WORDS else None


def reading_level(said: Wording) -> str | None:
    """Few words of five syllables and more: 'menindaklanjuti', 'penyelesaiannya'."""
    words = _words(said.text)
    long = [word for word in words if _syllables(word) >= LONG_SYLLABLES]
    return ", ".join(long) if len(words) >= _ENOUGH_WORDS and len(long) / len(words) > MOST_LONG_WORDS else None


def lock_screen(said: Wording) -> str | None:
    """The first sixty characters tell nobody what the chat is about."""
    return _first(_SENSITIVE, said.spoken[:LOCK_SCREEN]) if said.alone else None


def way_out(said: Wording) -> str | None:
    """A question can always be left: to skip, to stop, to speak to a person."""
    if "?" not in said.text or not said.alone:
        return None
    if said.asks:
        missing = sorted(_WAYS_OUT - said.buttons)
        return "tanpa tombol " + ", ".join(missing) if missing else None
    return None if said.buttons & _LEAST_OUT else "tanpa jalan keluar"


def numbers(said: Wording) -> str | None:
    """Every number is written as a placeholder of the office's list, with its name just before it."""
    raw = re.search(_NUMBERS, said.text)
    if raw:
        return f"{raw.group()} tidak ditulis sebagai tanda"
    for match in re.finditer(r"<([a-z_]+)>", said.text):
        label = _LABELS.get(match[1])
        if label and not re.search(label, said.text[max(0, match.start() - _LABEL_BEFORE) : match.start()].lower()):
            return f"<{match[1]}> tanpa nama layanan"
    return None


RULES: dict[str, Callable[[Wording], str | None]] = {
    "menyalahkan": blame,
    "kenapa": why,
    "janji": promise,
    "nasihat": advice,
    "dua-pertanyaan": one_question,
    "panjang": length,
    "kalimat": sentences,
    "kalimat-panjang": sentence_length,
    "bacaan": reading_level,
    "layar-kunci": lock_screen,
    "jalan-keluar": way_out,
    "nomor": numbers,
}


def findings(said: Wording, excepted: frozenset[str] = frozenset()) -> list[Finding]:
    """The rules that a text breaks, but for those that are set aside for it."""
    return [Finding(rule, what) for rule, check in RULES.items() if rule not in excepted and (what := check(said)) is not None]


def _first(words: str, text: str) -> str | None:
    found = re.search(rf"(?<!\w)(?:{words})(?!\w)" if words is not _SENSITIVE else words, text.lower())
    return f"'{found.group()}'" if found else None


def _sentences(text: str) -> list[str]:
    return [one for one in re.split(r"(?<=[.!?])\s+", text.strip()) if one]


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W\d_][\w-]*", re.sub(r"<[a-z_]+>", "", text))


def _syllables(word: str) -> int:
    return len(re.findall(r"ai|au|oi|[aeiou]", word.lower()))
