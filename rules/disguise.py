"""Safe words: a word that turns the chat into harmless city information, and one that makes it fall silent. Pure.

The office relies on it that a safe word counts however it is typed but only where it stands alone, never by accident inside a
sentence, and that nothing said in disguise touches the matter of the chat.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from rules.danger import screen
from rules.levels import Level
from rules.text import clean, folded, word_set

GO_ON = "lanjut"
_SHORTEST = 4  # letters of a word of one's own: shorter ones are typed by accident
_MOST_WORDS = 3
_EVERYDAY = word_set(
    "halo hallo assalamualaikum selamatpagi selamatsiang selamatsore selamatmalam permisi tolong bantu bantuan iyaa tidak nggak enggak"
    " betul benar oke baik siap sudah belum nanti nantisaja lanjut lanjutkan berhenti berhentidulu petugas stop lewati hapus tutup"
    " tutupchat"
    " ulang ulangi makasih terimakasih maaf aman tidakaman suami istri pacar anak rumah kemarin sekarang mukul pukul polisi"
)
_QUESTIONS = word_set("apa apaya apaitu apasih bagaimana gimana gmn apaan untukapa buatapa yangmana")
_NAMES = r"kata[ -]?(?P<kind>aman|sandi|rahasia|kunci|berhenti|stop|diam)"
_WORD = r"[\"'(]*(?P<word>[^\W_]+(?:[ -][^\W_]+){0,2})[\"').!]*"
_SETS = re.compile(
    rf"^(?:(?:kak|kakak|bu|mbak|halo|ini|oh iya|oke|ok|baik|ya|jadi)[, ]+)*{_NAMES}(?: ?(?:ku|nya)| (?:saya|aku|gue|gw|sy|ak|kami))?"
    rf"(?: (?:adalah|yaitu|itu|ialah|jadi|menjadi|pakai|pake|ganti|diganti|mau|ya))*(?: ?[:=\-]+)? {_WORD}$"
)
_PICKS = re.compile(
    rf"^(?:(?:kak|kakak|bu|mbak|oke|ok|baik|ya)[, ]+)*(?:(?:saya|aku|gue|gw|sy|ak) )?(?:mau )?(?:pilih|pakai|pake|ganti|gunakan) {_WORD}"
    rf" (?:sebagai|buat|untuk|jadi) {_NAMES}(?: ?ku| (?:saya|aku))?$"
)
_ASKS = re.compile(
    rf"^(?:(?:apa|gimana|bagaimana|cara|mau|bisa|boleh|saya|aku|pengen|ingin|minta|tentang|soal|itu|buat|bikin|membuat|pilih|atur|punya|"
    rf"pakai|pake|ganti|set|kak|sih|dong|menggunakan)[, ]+)*{_NAMES}"
    rf"(?:[, ]+(?:itu|apa|ya|kak|sih|dong|saya|aku|gimana|bagaimana|maksudnya))*[ ?.!]*$"
)
_STOPS = {"berhenti", "stop", "diam"}


class Said(Enum):
    """Which word a line is."""

    OWN = "own"  # the person's: hides, and opens again
    OFFICE = "office"  # the office's: hides, and opens again where the person has none
    STOP = "stop"  # nothing more is sent
    GO_ON = "go_on"  # a plain 'lanjut'


@dataclass(frozen=True)
class Words:
    """The words that count in one conversation; empty ones do not exist."""

    office: str = ""
    office_stop: str = ""
    own: str = ""
    own_stop: str = ""


class Refused(Enum):
    """Why a word cannot be a safe word."""

    SHORT = "short"
    EVERYDAY = "everyday"


@dataclass(frozen=True)
class Choice:
    """The person chooses a word, or asks how to (`word` empty). `stop`: the one that makes the chat fall silent."""

    word: str = ""
    stop: bool = False
    refused: Refused | None = None

    def __repr__(self) -> str:
        return f"<Choice {self.refused}>"


def key(text: str) -> str:
    """What is compared: letters and digits, whatever case, blanks, marks or look-alike letters were typed."""
    return "".join(sign for sign in folded(clean(text)) if sign.isalnum())


def said(line: str, words: Words) -> Said | None:
    """
    the whole line is                  | it is
    the person's own word              | OWN
    either stop word                   | STOP
    the office's word                  | OFFICE
    'lanjut'                           | GO_ON
    anything longer, or something else | nothing
    """
    typed = key(line)
    if not typed:
        return None
    if typed == key(words.own):
        return Said.OWN
    if typed in (key(words.own_stop), key(words.office_stop)):
        return Said.STOP
    if typed == key(words.office):
        return Said.OFFICE
    return Said.GO_ON if typed == GO_ON else None


def last_said(text: str, words: Words) -> Said | None:
    """The last line of a text that is a word, read as that word."""
    return next((found for line in reversed(text.splitlines()) if (found := said(line, words)) is not None), None)


def choice(line: str, words: Words) -> Choice | None:
    """
    'kata aman saya melati putih'        | that word
    'kata berhenti saya hujan'           | that word, for falling silent
    'pakai melati sebagai kata aman'     | that word
    'apa itu kata aman?', 'kata aman'    | asks how to
    a word of everyday, or a short one   | refused
    a longer sentence, danger, a telling | None: not a choice at all
    """
    plain = folded(clean(line)).strip()
    asked = _ASKS.match(plain)
    if asked:
        return Choice(stop=asked["kind"] in _STOPS)
    found = _SETS.match(plain) or _PICKS.match(plain)
    if found is None or "\n" in plain:
        return None
    word, stop = found["word"], found["kind"] in _STOPS
    typed = key(word)
    if typed in _QUESTIONS:
        return Choice(stop=stop)
    if screen(word).level is not Level.HIJAU or len(word.split()) > _MOST_WORDS:
        return None
    if typed in _EVERYDAY or typed in {key(words.office), key(words.office_stop)}:
        return Choice(stop=stop, refused=Refused.EVERYDAY)
    if len(typed) < _SHORTEST:
        return Choice(stop=stop, refused=Refused.SHORT)
    return Choice(word=word, stop=stop)


@dataclass(frozen=True)
class Topic:
    """A subject of the city chat: words that name it, and answers."""

    words: tuple[str, ...]
    answers: tuple[str, ...]


@dataclass(frozen=True)
class CityChat:
    """The harmless chat, as the office words it."""

    greetings: tuple[str, ...] = ("Halo. Ada yang bisa dibantu?",)
    otherwise: tuple[str, ...] = ("Maaf, informasi itu belum tersedia.",)
    topics: tuple[Topic, ...] = ()


def city_answer(chat: CityChat, text: str, last: str) -> str:
    """The answer to a line written in disguise; not the sentence that was said `last`. A text without words is greeted."""
    line = " ".join(["", *re.findall(r"[^\W_]+", folded(clean(text))), ""])
    fitting = next((topic.answers for topic in chat.topics if any(f" {word} " in line for word in topic.words)), chat.otherwise)
    return _another(chat.greetings if not line.strip() else fitting, last)


def _another(answers: Sequence[str], last: str) -> str:
    if last in answers:
        return answers[(answers.index(last) + 1) % len(answers)]
    return answers[0]
