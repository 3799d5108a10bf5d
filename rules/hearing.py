"""What one message is: to the question that is open, and as far as its intent may be believed.

An unclear answer is never a yes or a no, an unsure intent is never a reason to take somebody for the one who hits.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from rules import answers, danger, people, readers
from rules.answers import Answer
from rules.levels import Level
from rules.noticed import FEW, counted, marks
from rules.signs import compiled
from rules.told import HELP_OF_INTENT
from rules.vocabulary import WORDS

Facts = Mapping[str, object]


class Heard(str, Enum):
    """What the message is to the question that is open."""

    ANSWER = "answer"  # answers it: go on
    TOLD = "told"  # says something else worth noting: thank, put it again
    SKIP = "skip"  # does not want to or cannot answer: leave it
    UNCLEAR = "unclear"  # cannot be read: put it more simply, then leave it
    ASIDE = "aside"  # a matter of its own: answer that first, then come back


@dataclass(frozen=True)
class Message:
    """One message as understood; `danger_by` are the engine's voices (voice, level, reason)."""

    text: str
    intent: str
    entities: Sequence[Mapping[str, object]] = ()
    danger: Level = Level.HIJAU
    danger_by: Sequence[Mapping[str, object]] = ()
    confidence: float = 1.0
    doubt: bool = False  # the engine's classifier is not sure that there is no danger to life


ENDS_OR_PAUSES = {
    "minta_petugas",
    "darurat_sekarang",
    "krisis_bunuh_diri",
    "tidak_aman_chat",
    "berhenti_dulu",
    "hapus_data",
    "cabut_laporan",
    "pamit",
}
FREE = {"contact_name", "contact_cover"}  # answered in words that may look like anything
_LEANING = 0.25
_OWNING_UP = 0.3
_GRAVE_KINDS = {"lapor_seksual", "lapor_tppo"}
_SURE_OF_GRAVE = 0.75
SURE = 0.5  # below it an intent is no reason to leave an open question
_MOST_UNCLEAR = 2
_MOST_PUT = 3  # times; then a question is left, whatever came instead of an answer


def sure(message: Message, line: str) -> bool:
    """Whether the intent may be acted on: the model is sure, or the help it thinks of is named in so many words."""
    if message.intent == "pelaku_mengaku" and people.admits(line):
        return message.confidence >= _OWNING_UP
    words = dict(answers.HELP).get(HELP_OF_INTENT.get(message.intent, ""))
    return message.confidence >= (_LEANING if words and words.search(line) else SURE)


def trusted(message: Message, line: str, screening: danger.Screening, writer: object = None) -> str:
    """
    The intent as far as facts may be drawn from it; '' where none may.

    hardly sure                                     | none, but where the writer owns up to it in so many words
    sexual violence, trafficking, not surely so     | none without a word that tells of it: they alone can make a level merah
    pelaku_mengaku without a word of own violence   | none: nobody is taken for the one who hits unless they say so, now or before
    krisis_bunuh_diri that no voice of danger bears | none
    berhenti_dulu, 'saran dulu'                     | none: help is wanted, not a pause
    hapus_data, 'udah kuhapus'                      | none: it is told, not asked for
    """
    if not sure(message, line) or (message.intent == "pelaku_mengaku" and writer != "pelaku" and not people.admits(line)):
        return ""
    if message.intent in _GRAVE_KINDS and message.confidence < _SURE_OF_GRAVE and screening.level is Level.HIJAU:
        return ""
    if message.intent == "berhenti_dulu" and counted(line) <= FEW and any(words.search(line) for _, words in answers.HELP):
        return ""
    if message.intent == "hapus_data" and _ERASED.search(line):
        return ""
    if message.intent == "krisis_bunuh_diri" and Level.MERAH not in {message.danger, screening.level}:
        return ""
    return message.intent


_NEAR = compiled(
    r"(?:jangan|tidak usah|gausah|ojo) {1}(?:bales|balas|dibales|dibalas|bls|chat|wa|kirim)(?: dulu| sekarang| sedang)?",
    r"(?:ada|dia|sama) {1}(?:suami|bapak|dia|orang|mertua|mantan|pacar) {1}(?:di sini|disini|deket|dekat|sebelah|samping|ngintip|"
    r"lihat|liat|liatin|baca)",
    r"^(?:\S+ ){0,3}ada {1}(?:suami|bapak|dia|orang|mertua|pacar)(?: \S+){0,3}$",
    r"(?:dia|suami|bapak|pacar) {2}(?:baca|ngecek|cek|pegang|ambil|ngambil|minta) {1}(?:hp|hape|chat|wa)|hp\S* {2}(?:diambil|dicek|"
    r"dipegang) {1}(?:dia|suami)?(?= \||$)",
)
_ELSEWHERE = compiled(  # gone to somebody, not coming here
    r"(?:dia|suami|istri|pacar|mereka) {1}(?:pulang|pergi|balik|minggat|lari|kabur|pindah) ke {1}"
    r"(?:orang tua|orangtua|ortu|ibu|bapak|mertua|kampung|kakak|adik|saudara|teman|keluarga)\S*"
)
_TELLS_ON = compiled(r"(?:tidak usah|jangan) (?:di)?(?:bales|balas|bls) (?:\| )?(?:(?:cuma|mau|ingin|saya|kok) )*(?:cerita|curhat|ngomong)")
_SHUT = compiled(r"tutup(?: (?:chat|chatnya|aja|saja|dulu|obrolan|ya|kakak))*")  # the word that the greeting gives for it
_BRIEF = 9  # words; a longer message is a story in which somebody was near
_NO_CALLS = compiled(r"jangan {1}(?:telepon|telp\S*|telpon|tlp\S*|nelp\S*|hubung\S*|dihubung\S*|sms|wa)")  # a wish for always
_HABIT = compiled(r"suka|sering|selalu|biasanya|setiap|kadang|kadang2|kalau")
_NOW = compiled(r"sedang|sekarang|ini|bentar|sebentar|nanti|dulu|jangan|stop|datang|masuk|pulang|bangun")


def must_hush(message: Message, line: str, question: str | None = None, facts: Facts | None = None) -> bool:
    """Somebody is near or reads along: by the intent, or by words that a hurried person uses, whatever the intent.

    'Suami suka baca hp' is a habit, told to be answered with care, not a reason to fall silent; nor is 'ada nenek'
    of a child, or where it was asked who is there, unless she is the one who hurts.
    """
    now = _NOW.search(_NO_CALLS.sub("~", line))
    if message.text.strip() and (_good_company(line, question, facts or {}) or (_HABIT.search(line) and not now)):
        return False
    if _ELSEWHERE.search(line) or _TELLS_ON.search(line):
        return False
    if question == "readback" and readers.readback(line, message.text) and _NEAR.search(line) is None:
        return False  # 'ada yang salah' is about the line, not about the room
    if _SHUT.fullmatch(line.rstrip(" |")):
        return True
    if "sepotong" in marks(message.text, line) and question not in answers.SAFETY:
        return False  # 'dia': the rest is still to come
    return message.intent == "tidak_aman_chat" or (len(line.split()) <= _BRIEF and _NEAR.search(line) is not None)


_HARMLESS = r"(?!(?:lihat|liat|liatin|baca|ngintip|datang|masuk|marah|ambil|pegang|cek|ngecek|sini|sebelah|dekat|deket)(?: |$))[^| ]\S*"
_COMPANY = compiled(
    r"(?:cuma |sedang |di rumah )*(?:ada|pakai|bareng) (nenek|kakek|ibu|kakak|adik|bibi|tante|teman|guru|tetangga)"
    rf"(?: {_HARMLESS})*"
)
_ANYBODY_THERE = compiled(
    r"(?:cuma |sedang |di rumah )*(?:ada |pakai |bareng )?(nenek|kakek|ibu|kakak|adik|bibi|tante|teman|guru|tetangga)"
    rf"(?: {_HARMLESS})*"
)
_ERASED = compiled(r"sudah (?:saya )?(?:hapus|apus|kuhapus|dihapus)")


def _good_company(line: str, question: str | None, facts: Facts) -> bool:
    if question not in {"company", "trusted_adult"} and facts.get("writer") != "anak":
        return False
    there = (_COMPANY if question not in {"company", "trusted_adult"} else _ANYBODY_THERE).fullmatch(line.rstrip(" |"))
    who = str(facts.get("relation") or "").split(" ")[0]
    return there is not None and there.group(1) != WORDS.get(who, who)


def settled(facts: Facts, message: Message, question: str | None, answer: Answer | None, heard: Heard) -> dict[str, object]:
    """Closes the question when it is answered, skipped, or could not be read twice; doubt about safety is kept as doubt."""
    unclear = int(str(facts.get("unclear") or 0))
    if question is None:
        return {}
    given = answer is not None and question in answer.facts
    located = question == "kecamatan" and message.intent == "kirim_lokasi"
    enough = located or (_put(facts, question) >= _MOST_PUT and not given)
    if heard is Heard.UNCLEAR and unclear + 1 < _MOST_UNCLEAR and not enough:
        return {"unclear": unclear + 1}
    changes: dict[str, object] = {"unclear": 0}
    if heard is Heard.UNCLEAR:
        changes["lost"] = int(str(facts.get("lost") or 0)) + 1
    if heard in {Heard.SKIP, Heard.UNCLEAR} or given or enough:
        changes["asked"] = [*held(facts, "asked"), question]
        if heard in {Heard.SKIP, Heard.UNCLEAR} and not given and question in answers.KEPT_DOUBT:
            changes[question] = "tidak_tahu"
    return changes


def _put(facts: Facts, question: str) -> int:
    puts = facts.get("put")
    return int(puts.get(question, 0)) if isinstance(puts, Mapping) else 0


def held(facts: Facts, slot: str) -> list[str]:
    """A list among the facts, empty where there is none."""
    value = facts.get(slot)
    return [str(one) for one in value] if isinstance(value, (list, tuple)) else []
