"""What one message is: to the question that is open, and as far as its intent may be believed.

An unclear answer is never a yes or a no, an unsure intent is never a reason to take somebody for the one who hits.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from rules import answers, danger, people, readers, topics
from rules.answers import Answer, Reading
from rules.corrections import asks_how
from rules.levels import Level
from rules.signs import compiled
from rules.told import HELP_OF_INTENT, only_me, only_safe, says_unsafe
from rules.vocabulary import WORDS
from rules.yes_or_no import asks

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


_ENDS_OR_PAUSES = {
    "minta_petugas",
    "darurat_sekarang",
    "krisis_bunuh_diri",
    "tidak_aman_chat",
    "berhenti_dulu",
    "hapus_data",
    "cabut_laporan",
    "pamit",
}
_ANSWER_LIKE = {"setuju", "tolak", "tidak_tahu", "lewati", "beri_info", "nlu_fallback", "lanjut"}
_OWN_ANSWER = _ENDS_OR_PAUSES | {"ulangi", "iseng", "atur_kontak", "kirim_lokasi", "kirim_media", "lanjut_percakapan"}
_LIGHT = {"help_wanted", "contact_way", "contact_number", "contact_hours", "contact_name", "contact_cover", "relation", "when"}
FREE = {"contact_name", "contact_cover"}  # answered in words that may look like anything
_GRAVE = {"darurat_sekarang", "krisis_bunuh_diri", "tidak_aman_chat", "hapus_data", "minta_petugas", "cabut_laporan"}
_FEW = 3  # words; a longer 'no' is about something, not about the question
_SHORT = 5  # words; a short fitting answer is an answer, whatever it was taken for
_STORY = 6  # words; whoever writes so many is told that it was noted, not that it could not be read
_LEANING = 0.25
SURE = 0.5  # below it an intent is no reason to leave an open question
_MOST_UNCLEAR = 2
_MOST_PUT = 3  # times; then a question is left, whatever came instead of an answer


def sure(message: Message, line: str) -> bool:
    """Whether the intent may be acted on: the model is sure, or the help it thinks of is named in so many words."""
    words = dict(answers.HELP).get(HELP_OF_INTENT.get(message.intent, ""))
    return message.confidence >= (_LEANING if words and words.search(line) else SURE)


def trusted(message: Message, line: str, screening: danger.Screening, writer: object = None) -> str:
    """
    The intent as far as facts may be drawn from it; '' where none may.

    hardly sure                                     | none
    pelaku_mengaku without a word of own violence   | none: nobody is taken for the one who hits unless they say so, now or before
    krisis_bunuh_diri that no voice of danger bears | none
    berhenti_dulu, 'saran dulu'                     | none: help is wanted, not a pause
    hapus_data, 'udah kuhapus'                      | none: it is told, not asked for
    """
    if not sure(message, line) or (message.intent == "pelaku_mengaku" and writer != "pelaku" and not people.admits(line)):
        return ""
    if message.intent == "berhenti_dulu" and _counted(line) <= _FEW and any(words.search(line) for _, words in answers.HELP):
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
    if (_good_company(line, question, facts or {}) or _HABIT.search(line)) and not now and message.text.strip():
        return False
    if question == "readback" and readers.readback(line, message.text) and _NEAR.search(line) is None:
        return False  # 'ada yang salah' is about the line, not about the room
    if _SHUT.fullmatch(line.rstrip(" |")):
        return True
    return message.intent == "tidak_aman_chat" or (len(line.split()) <= _BRIEF and _NEAR.search(line) is not None)


_COMPANY = compiled(
    r"(?:cuma |sedang |di rumah )*(?:ada|pakai|bareng) (nenek|kakek|ibu|kakak|adik|bibi|tante|teman|guru|tetangga)(?: \S+)?"
)
_ANYBODY_THERE = compiled(
    r"(?:cuma |sedang |di rumah )*(?:ada |pakai |bareng )?(nenek|kakek|ibu|kakak|adik|bibi|tante|teman|guru|tetangga)(?: \S+)?"
)
_WANTS_AN_OFFICER = compiled(r"petugas|manusia|orang beneran|admin|konselor|cs|operator|bicara|ngomong|ngobrol")
_ERASED = compiled(r"sudah (?:saya )?(?:hapus|apus|kuhapus|dihapus)")
_TEARS = re.compile(r"[\s.,!?]*[😭😢😥😔😞😟🥺💔😿☹🙁😓😩😫][\W_]*")
_FROM_THE_START = compiled(
    r"(?:(?:saya|mau|bisa|boleh|tolong|kita|ayo|coba) )*(?:ulang|ulangi|mulai|balik|reset) (?:lagi |baru )?(?:dari |ke )?(?:awal|nol)"
    r"(?: (?:aja|saja|lagi|dong|ya|kakak|bu|dulu|sedang))*"
)
_POLICE = compiled(r"(?:tidak|jangan|takut) {3}(?:polisi|lapor|dilaporkan|laporin|laporkan)")


def marks(message: Message, line: str) -> tuple[str, ...]:
    """
    cerita | more than a few words
    tangis | nothing but tears: they are heard, not called unreadable
    polisi | no police, please: answered with what that means, not with 'fine'
    dari_awal | 'ulang dari awal'
    aman      | 'aman' and nothing else: never a question about secrecy
    mau_ubah  | wants to correct something, and does not say what
    mau_tanya | 'permisi mau tanya'
    """
    wept = _TEARS.fullmatch(message.text) is not None
    noticed = {
        "cerita": _counted(line) > _FEW,
        "tangis": wept,
        "polisi": _POLICE.search(line) is not None,
        "dari_awal": _FROM_THE_START.fullmatch(line.rstrip(" |")) is not None,
        "aman": only_safe(line),
        "mau_ubah": asks_how(message.text),
        "mau_tanya": topics.wants_to_ask(line),
    }
    return tuple(name for name, seen in noticed.items() if seen)


def _good_company(line: str, question: str | None, facts: Facts) -> bool:
    if question not in {"company", "trusted_adult"} and facts.get("writer") != "anak":
        return False
    there = (_COMPANY if question not in {"company", "trusted_adult"} else _ANYBODY_THERE).fullmatch(line.rstrip(" |"))
    who = str(facts.get("relation") or "").split(" ")[0]
    return there is not None and there.group(1) != WORDS.get(who, who)


_BARE_NAME = 2  # words


def what(message: Message, question: str | None, answer: Answer | None, changes: Facts, line: str) -> Heard:
    """
    a report in more than two words                | aside: it is thanked for, the fact is kept
    a bare place where a place was asked for       | answer, whatever it was taken for, but danger
    pressed choice, or short fitting answer        | answer
    few words on help or contact that fit          | answer, whatever they were taken for, but danger and leaving
    wants to stop, a person, to leave, erase, ...  | aside, whatever else it says
    fitting answer inside a longer matter          | aside: that matter is answered, the fact is kept
    lewati, does not know                          | skip
    'aman', 'ga aman', 'saya sendiri'              | told, whatever was asked
    another matter, but hardly sure                | told or unclear, never the other matter
    other facts, a story or a question             | told
    nothing that can be read                       | unclear
    """
    length, certain = _counted(line), sure(message, line)
    there = question in {"company", "trusted_adult"} and not _WANTS_AN_OFFICER.search(line)
    about_safety = length <= _SHORT and (
        (question in answers.SAFETY and message.intent == "tidak_aman_chat")
        or (there and message.intent in {"tidak_aman_chat", "minta_petugas", "lapor_kekerasan_anak"})
    )
    clear = answer is not None and answer.reading is Reading.CLEAR
    light = (
        question in _LIGHT and (length <= _FEW or question in FREE) and message.intent not in _GRAVE and (clear or answers.never_mind(line))
    )
    if clear and (
        (question in FREE and message.intent not in _GRAVE) or (question == "readback" and message.intent in {"tidak_aman_chat", "tolak"})
    ):
        return Heard.ANSWER
    if clear and question == "kecamatan" and length <= _BARE_NAME and message.intent not in _GRAVE:
        return Heard.ANSWER
    if question is None or (message.intent in _OWN_ANSWER and certain and not (clear and about_safety) and not light):
        return Heard.ASIDE
    if message.intent == "tolak" and length > _FEW and not clear:
        return Heard.ASIDE
    if clear and length > 2 and certain and message.intent.startswith("lapor_"):
        return Heard.ASIDE
    if clear:
        short = length <= _SHORT or about_safety or not certain
        return Heard.ANSWER if short or message.intent in _ANSWER_LIKE else Heard.ASIDE
    if {"tangis", "polisi"} & set(marks(message, line)) and not clear:
        return Heard.ASIDE
    if says_unsafe(line) or only_safe(line) or (length <= _FEW and (changes.get("safe_now") == "aman" or only_me(line))):
        return Heard.TOLD
    outside = message.intent == "di_luar_topik" and length <= _FEW  # 'gimana ya' between two questions
    if message.intent not in _ANSWER_LIKE and certain and not light and not outside:
        return Heard.ASIDE
    if answer is not None and answer.reading in {Reading.SKIP, Reading.UNKNOWN}:
        return Heard.SKIP
    dated = question in answers.SAFETY and any(entity.get("entity") == "waktu" for entity in message.entities)
    if topics.asked(line) and not clear:
        return Heard.TOLD
    return Heard.TOLD if changes or dated or length >= _STORY or asks(line) else Heard.UNCLEAR


def _counted(line: str) -> int:
    return len([word for word in line.split() if word != "|"])


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
