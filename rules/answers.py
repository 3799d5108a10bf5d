"""Reads a short answer in the light of the question that was put: 'gak', 'blm', '2', 'iya tp udah kering', a thumb.

An unclear answer is never taken as yes or no: what cannot be read for sure is UNCLEAR, and the question is put again, more simply.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum

from rules import contact, places, readers
from rules.assessment import QUESTIONS, Question
from rules.risk_items import SLOTS as RISK
from rules.signs import compiled
from rules.speech import heard
from rules.yes_or_no import BUT, DOUBT, FEAR, asks, bare, fact, thumb, yes_or_no


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


_FREE = {"contact_name", "contact_cover", "company", "trusted_adult"}  # nearly anything may be an answer, but 'lewati'
LISTS = {"kind", "help_wanted"}  # facts that hold several values
SAFETY = {"safe_now", "abuser_near"}
YES_OR_NO = SAFETY | {"consent", "readback", *RISK}  # read strictly: doubt is neither
KEPT_DOUBT = SAFETY | set(RISK)  # left unanswered, the doubt itself is kept
_UNCLEAR = Answer(Reading.UNCLEAR)
_SAFE = compiled(r"(?:saya |sudah |masih |cukup |lumayan |sedang |di tempat |lagi )?aman(?! (?:tidak|kah))|tidak bahaya|baik2 aja")
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
_WHO_DOES_IT = compiled(r"(?:suami|mantan|pacar)(?: (?:saya|suami|pacar))?")  # hardly the one who suffers: asked again
_OTHERS = compiled(
    r"ibu|kakak|teman|tetangga|saudara|istri|suami|bapak|mertua|pembantu|perempuan|orang|nenek|kakek|pacar|dia|rekan|karyawan"
)


def read(slot: str, text: str, intent: str) -> Answer:
    """The answer to the question for `slot`. Buttons are read elsewhere; this is what people type."""
    line = heard(text)
    numbered = _numbered(QUESTIONS[slot], text)
    if numbered:
        return Answer(Reading.CLEAR, {slot: [numbered] if slot in LISTS else numbered})
    if slot in _FREE and (intent == "lewati" or _SKIP_WORDS.fullmatch(line.rstrip(" |"))):
        return Answer(Reading.SKIP)
    found = _READERS[slot](line, text)
    if found is not None:
        return Answer(Reading.CLEAR, found)
    refused = intent == "tolak" and slot not in YES_OR_NO and not UNSAFE.search(line)
    if intent == "lewati" or _SKIP_WORDS.fullmatch(line.rstrip(" |")) or refused or (slot == "help_wanted" and never_mind(line)):
        return Answer(Reading.SKIP)
    if intent == "tidak_tahu" or (DOUBT.search(line) and len(line.split()) <= 6):
        return Answer(Reading.UNKNOWN)
    return _UNCLEAR


def never_mind(line: str) -> bool:
    """'Gapapa', 'terserah': leaves it to us; no permission to call, and no matter of its own."""
    return _NEVER_MIND.fullmatch(line.rstrip(" |")) is not None


def pressed(slot: str, intent: str) -> Answer:
    """The answer in a button that carries no choice: ya, tidak, tidak tahu, lewati."""
    if intent in {"setuju", "tolak"} and slot in YES_OR_NO:
        words = {"safe_now": ("aman", "tidak"), "readback": ("benar", "salah")}.get(slot, ("ya", "tidak"))
        return Answer(Reading.CLEAR, {slot: words[intent == "tolak"]})
    return Answer({"lewati": Reading.SKIP, "tidak_tahu": Reading.UNKNOWN}.get(intent, Reading.UNCLEAR))


def _numbered(question: Question, text: str) -> str | None:
    """'2' or 'no 2' is the second choice."""
    found = re.fullmatch(r"\W*(?:no|nomor|nomer|yg|yang|opsi|pilihan|pilih)?\.? ?(\d)\W*", text.strip().lower())
    place = int(found.group(1)) - 1 if found else -1
    return question.choices[place] if 0 <= place < len(question.choices) else None


def _safe(line: str, text: str) -> dict[str, object] | None:
    if UNSAFE.search(line):
        return {"safe_now": "tidak"}
    if _SAFE.search(line) and not DOUBT.search(line) and not (BUT.search(line) and FEAR.search(line)):
        return {"safe_now": "aman"}
    said = thumb(text) if thumb(text) is not None else bare(line)
    return None if said is None else {"safe_now": "aman" if said else "tidak"}


_FAR = compiled(
    r"(?:sedang |sudah )?(?:kerja|kantor|pergi|keluar kota|luar kota|luar|melaut|jauh)", r"tidak (?:ada|di rumah|dekat)|belum pulang"
)
_BESIDE = compiled(
    r"(?:dia|orangnya|suami|bapak|pacar|mantan) {1}(?:ada|tidur|sedang (?:tidur|mandi|makan|nonton|di rumah))",
    r"di {1}(?:rumah|sini|sebelah|depan|kamar|dapur|luar pintu)",
)


def _near(line: str, text: str) -> dict[str, object] | None:
    said = thumb(text) if thumb(text) is not None else fact(line)
    if said is None and len(line.split()) <= 10 and not DOUBT.search(line):
        far, beside = _FAR.search(line) is not None, _BESIDE.search(line) is not None
        said = None if far == beside else beside
    return None if said is None else {"abuser_near": "ya" if said else "tidak"}


def _kind(line: str, _text: str) -> dict[str, object] | None:
    kinds = [name for name, pattern in _KINDS if pattern.search(line)]
    return {"kind": kinds} if kinds else None


def _victim(line: str, _text: str) -> dict[str, object] | None:
    if len(line.split()) > 8 or _WHO_DOES_IT.fullmatch(line.rstrip(" |")):
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


_READERS: dict[str, Callable[[str, str], dict[str, object] | None]] = {
    **{slot: readers.risk(slot) for slot in RISK},
    "safe_now": _safe,
    "abuser_near": _near,
    "consent": readers.consent,
    "readback": readers.readback,
    "when": readers.when,
    "relation": readers.relation,
    "trusted_adult": readers.trusted,
    "contact_name": readers.contact_name,
    "contact_cover": readers.contact_cover,
    "kind": _kind,
    "victim": _victim,
    "kecamatan": _kecamatan,
    "company": readers.company,
    "help_wanted": _help,
    "contact_way": _way,
    "contact_number": _number,
    "contact_hours": _hours,
}
