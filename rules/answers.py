"""Reads a short answer in the light of the question that was put: 'gak', 'blm', '2', 'iya tp udah kering', a thumb.

An unclear answer is never taken as yes or no: what cannot be read for sure is UNCLEAR, and the question is put again, more simply.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from rules import contact, places
from rules.assessment import QUESTIONS, Question
from rules.signs import compiled
from rules.speech import heard
from rules.text import clean, word_set


class Reading(str, Enum):
    """What became of an answer."""

    CLEAR = "clear"  # a value for the question
    SKIP = "skip"  # does not want to answer
    UNKNOWN = "unknown"  # does not know
    UNCLEAR = "unclear"  # cannot be read for sure


@dataclass(frozen=True)
class Answer:
    """A reading, with the facts it gives."""

    reading: Reading
    facts: Mapping[str, object] = field(default_factory=dict)


LISTS = {"kind", "help_wanted"}  # facts that hold several values
YES_OR_NO = {"safe_now", "abuser_near"}
_UNCLEAR = Answer(Reading.UNCLEAR)
_YES = word_set(
    "iya ya y yes yup yap iyah iyaa iy ho'oh hooh he'eh betul benar bener bnr ok oke okey okay boleh inggih nggih yo yoi iyo yoyoi iye ye"
    " sip yess siap"
)
_YES_AT_FIRST = word_set("bisa emang memang")  # 'polisi bisa nangkep ga' is a question
_WANTS_NOT = compiled(r"tidak (?:mau|usah|perlu) \S+|jangan \S+|yang")  # 'ga mau polisi' does not say whether it is safe
_ASKS = compiled(r"apa|apakah|gimana|bagaimana|berapa|kapan|siapa|mana|dimana|kenapa|mengapa")
_NO = frozenset({"tidak", "belum", "bukan", "no", "nope", "tidaklah"})
_FILLERS = word_set(
    "kok sih kak kakak bu pak min mbak mas | sekali banget deh dong ya lah saya ada sekarang insyaallah insya allah alhamdulillah untuk"
    " saat ini sementara di sini sudah masih sangat kan nih ko"
)
_THUMBS = {"👍": True, "✅": True, "👌": True, "👎": False, "❌": False, "🙅": False}
_DOUBT = compiled(
    r"(?:tidak|kurang|belum) (?:tahu|yakin|jelas|ngerti|paham)|entah\S*|bingung|mungkin|rasanya|sepertinya|kelihatannya|ragu|\?|"
    r"apa ya|gimana ya|duka|embuh|mbuh"
)
_BUT = compiled(r"tapi|cuma|asal")
_FEAR = compiled(
    r"takut|{kekerasan}|bahaya|khawatir|was2|waswas|deg2an|gemetar|sembunyi|marah|mabuk|pulang|datang|dekat|dengar|denger|nanti|sebentar"
)
_SAFE = compiled(
    r"(?:saya |sudah |masih |cukup |lumayan |sedang |di tempat |lagi )?aman(?! (?:tidak|kah))|tidak bahaya|baik2 aja|"
    r"sendirian di (?:kamar|rumah)"
)
UNSAFE = compiled(
    r"(?:tidak|belum|kurang|bukan|jauh dari|ga) {1}aman|bahaya|tidak selamat|terancam|tidak baik2",
    r"(?:masih|tadi|sekarang|sedang) {1}(?:denger|dengar|kedengeran|teriak\S*|jerit\S*|ribut)",
)
_SKIP_WORDS = compiled(
    r"lewat(?:i|in|kan)?|skip|lanjut (?:aja|saja)|tidak mau (?:jawab|bilang|cerita|ngomong|kasih tahu)|rahasia|pass|next|gausah|"
    r"tidak usah|males jawab|malas jawab|tidak mau"
)

_NEVER_MIND = compiled(r"(?:tidak apa2|gapapa|gpp|terserah|bebas|apa (?:aja|saja)|sembarang|ikut (?:aja|saja)|mana (?:aja|saja))(?: \S+)?")

_KINDS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("fisik", compiled(r"hit:\S+|choke:\S+|stab:\S+|kdrt|kekerasan fisik|fisik|disakiti|dipukul|main tangan|burn:\S+")),
    ("seksual", compiled(r"rape:\S+|touch:(?!gitu)\S+|pelecehan\S*|seksual|sexual|seks")),
    ("kbgo", compiled(r"(?:foto|video|online|medsos|akun|instagram|ig|fb|internet)|spread:\S+|extort:\S+")),
    ("penelantaran", compiled(r"neglect:\S+|nafkah\S*|dinafkahi|belanja|penelantaran|ekonomi|tidak dikasih uang|pinjol")),
    ("tppo", compiled(r"sell:\S+|tppo|openbo|trafficking|dipaksa kerja|force:paksa\.p kerja")),
    ("psikis", compiled(r"threat:\S+|scold:\S+|control:\S+|psikis|mental|batin|selingkuh\S*|verbal|omongan|dihina|stalk:\S+|kasar")),
)
HELP: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("psikolog", compiled(r"psikolog\S*|konseling\S*|konselor|curhat|cerita|trauma|teman bicara|ngobrol")),
    ("hukum", compiled(r"hukum|pengacara|polisi|lapor\S*|cerai\S*|lp|laporan|hak asuh|pidana|penjara\S*")),
    ("medis", compiled(r"medis|dokter|visum|obat\S*|periksa|rumah sakit|rs|puskesmas|berobat")),
    (
        "rumah_aman",
        compiled(
            r"rumah aman|tempat tinggal|tempat aman|jemput\S*|dijemput|nginep|shelter|ngungsi|pergi dari rumah|tempat (?:sementara|tidur)"
        ),
    ),
    ("sosial", compiled(r"uang|modal|makan\S*|sembako|sekolah|kerja\S*|bansos|biaya|susu|dokumen|ktp|kk")),
    ("saran", compiled(r"saran|nasihat|masukan|konsultasi|arahan|solusi|tanya2|info\S*")),
)
_OWN = compiled(r"saya|diri|aku|sendiri|diri saya")
_OTHERS_CHILD = compiled(r"anak|adik|keponakan|cucu|murid|bayi")
_OTHERS = compiled(
    r"ibu|kakak|teman|tetangga|saudara|istri|suami|bapak|mertua|pembantu|perempuan|orang|nenek|kakek|pacar|dia|rekan|karyawan"
)


def yes_or_no(line: str) -> bool | None:
    """
    Whether a plain line says yes or no; None where it is not for sure.

    iya -> yes | gak -> no | blm -> no | iya tp udah kering -> yes | 👍 -> yes | iya tapi takut -> None | ga tau -> None | . -> None
    """
    if _DOUBT.search(line) or _ASKS.search(line):
        return None
    words = [word for word in line.split() if word != "|"]
    said = {True for word in words[:3] if word in _YES} | {False for word in words[:3] if word in _NO}
    if words and words[0] in _YES_AT_FIRST:
        said.add(True)
    if len(said) != 1 or len(words) > 12:
        return None
    if True in said and _BUT.search(line) and _FEAR.search(line):
        return None
    return said.pop()


def read(slot: str, text: str, intent: str) -> Answer:
    """The answer to the question for `slot`. Buttons are read elsewhere; this is what people type."""
    line = heard(text)
    numbered = _numbered(QUESTIONS[slot], text)
    if numbered:
        return Answer(Reading.CLEAR, {slot: [numbered] if slot in LISTS else numbered})
    found = _READERS[slot](line, text)
    if found is not None:
        return Answer(Reading.CLEAR, found)
    refused = intent == "tolak" and slot not in YES_OR_NO and not UNSAFE.search(line)
    if intent == "lewati" or _SKIP_WORDS.fullmatch(line.rstrip(" |")) or refused or (slot == "help_wanted" and never_mind(line)):
        return Answer(Reading.SKIP)
    if intent == "tidak_tahu" or (_DOUBT.search(line) and len(line.split()) <= 6):
        return Answer(Reading.UNKNOWN)
    return _UNCLEAR


def asks(line: str) -> bool:
    """'Polisi bisa nangkep ga', 'prosesnya gimana': a question, and no answer to ours."""
    return _ASKS.search(line) is not None or re.search(r"(?:bisa|boleh) (?:\S+ ){0,3}tidak(?: \||$)", line) is not None


def never_mind(line: str) -> bool:
    """'Gapapa', 'terserah': leaves it to us; no permission to call, and no matter of its own."""
    return _NEVER_MIND.fullmatch(line.rstrip(" |")) is not None


def pressed(slot: str, intent: str) -> Answer:
    """The answer in a button that carries no choice: ya, tidak, tidak tahu, lewati."""
    if intent in {"setuju", "tolak"} and slot in YES_OR_NO:
        words = {"safe_now": ("aman", "tidak"), "abuser_near": ("ya", "tidak")}[slot]
        return Answer(Reading.CLEAR, {slot: words[intent == "tolak"]})
    return Answer({"lewati": Reading.SKIP, "tidak_tahu": Reading.UNKNOWN}.get(intent, Reading.UNCLEAR))


def _numbered(question: Question, text: str) -> str | None:
    """'2' or 'no 2' is the second choice."""
    found = re.fullmatch(r"\W*(?:no|nomor|nomer|yg|yang|opsi|pilihan|pilih)?\.? ?(\d)\W*", text.strip().lower())
    place = int(found.group(1)) - 1 if found else -1
    return question.choices[place] if 0 <= place < len(question.choices) else None


def _thumb(text: str) -> bool | None:
    shown = {meaning for sign, meaning in _THUMBS.items() if sign in text}
    return shown.pop() if len(shown) == 1 and not re.search(r"\w", text) else None


def _safe(line: str, text: str) -> dict[str, object] | None:
    if UNSAFE.search(line):
        return {"safe_now": "tidak"}
    if _SAFE.search(line) and not _DOUBT.search(line) and not (_BUT.search(line) and _FEAR.search(line)):
        return {"safe_now": "aman"}
    said = _thumb(text) if _thumb(text) is not None else _bare(line)
    return None if said is None else {"safe_now": "aman" if said else "tidak"}


_FAR = compiled(
    r"(?:sedang |sudah )?(?:kerja|kantor|pergi|keluar kota|luar kota|luar|melaut|jauh)", r"tidak (?:ada|di rumah|dekat)|belum pulang"
)
_BESIDE = compiled(
    r"(?:dia|orangnya|suami|bapak|pacar|mantan) {1}(?:ada|tidur|sedang (?:tidur|mandi|makan|nonton|di rumah))",
    r"di {1}(?:rumah|sini|sebelah|depan|kamar|dapur|luar pintu)",
)


def _near(line: str, text: str) -> dict[str, object] | None:
    said = _thumb(text) if _thumb(text) is not None else _bare(line)
    if said is None and len(line.split()) <= 10 and not _DOUBT.search(line):
        far, beside = _FAR.search(line) is not None, _BESIDE.search(line) is not None
        said = None if far == beside else beside
    return None if said is None else {"abuser_near": "ya" if said else "tidak"}


def _bare(line: str) -> bool | None:
    """Yes or no only where little else was said: a safety answer is not read out of a story."""
    said = None if _WANTS_NOT.search(line) else yes_or_no(line)
    rest = [word for word in line.split() if word not in _YES | _YES_AT_FIRST | _NO | _FILLERS]
    return said if len(rest) <= 2 else None


def _kind(line: str, _text: str) -> dict[str, object] | None:
    kinds = [name for name, pattern in _KINDS if pattern.search(line)]
    return {"kind": kinds} if kinds else None


def _victim(line: str, _text: str) -> dict[str, object] | None:
    if len(line.split()) > 8:
        return None
    if _OTHERS_CHILD.search(line):
        return {"victim": "anak"}
    if _OTHERS.search(line) and not re.match(r"saya(?: |$)(?!punya)", line.replace(" |", "")):
        return {"victim": "dewasa_lain"}
    return {"victim": "diri"} if _OWN.search(line) else None


def _kecamatan(_line: str, text: str) -> dict[str, object] | None:
    place = places.find(text, asked=True)
    if place is None or not place.known:
        return None
    return {"kecamatan": place.kecamatan or f"luar kota: {place.outside}", "kelurahan": place.kelurahan}


def _help(line: str, _text: str) -> dict[str, object] | None:
    wanted = [name for name, pattern in HELP if pattern.search(line)]
    return {"help_wanted": wanted} if wanted and not (asks(line) and wanted == ["hukum"]) and "tidak" not in line.split()[:1] else None


def _way(line: str, text: str) -> dict[str, object] | None:
    way = contact.way(line)
    if way is None and (yes_or_no(line) is False or line.rstrip(" |") in {"jangan", "jangan dulu"}) and len(line.split()) <= 4:
        way = "jangan"
    if way is None:
        return None
    return {
        name: value
        for name, value in (("contact_way", way), ("contact_number", contact.number(text)), ("contact_hours", contact.hours(text)))
        if value
    }


def _number(line: str, text: str) -> dict[str, object] | None:
    number = contact.number(text)
    if number is None and re.search(r"(?<!\S)(?:ini|yang ini|sini|nomor ini|wa ini|no ini)(?!\S)", line) and len(line.split()) <= 6:
        number = "nomor ini"
    return {"contact_number": number} if number else None


def _hours(_line: str, text: str) -> dict[str, object] | None:
    hours = contact.hours(text)
    return {"contact_hours": hours} if hours else None


_AWAY = compiled(r"(?:sedang |di )?(?:kerja|luar|pergi|keluar|jauh)")
_PEOPLE = compiled(
    r"sendiri\S*|ibu|bapak|kakak|adik|nenek|kakek|paman|teman|guru|ustad|dia|orang|saudara|tidak ada|tetangga|pacar|suami|bibi|tante"
)


def _company(line: str, text: str) -> dict[str, object] | None:
    words = [word for word in line.split() if word != "|"]
    if not words or len(words) > 12 or _DOUBT.search(line) or _AWAY.search(line):
        return None
    return {"company": clean(text)[:80]} if _PEOPLE.search(line) else None


_READERS = {
    "safe_now": _safe,
    "abuser_near": _near,
    "kind": _kind,
    "victim": _victim,
    "kecamatan": _kecamatan,
    "company": _company,
    "help_wanted": _help,
    "contact_way": _way,
    "contact_number": _number,
    "contact_hours": _hours,
}
