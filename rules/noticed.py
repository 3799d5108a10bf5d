"""What is noticed in a message besides its facts: tears, a story, peace again, a piece of a sentence, a wish to correct or to ask.

Marks only; what is answered to each is decided in `rules.steering` and `rules.replies`.
"""

import re

from rules import topics
from rules.corrections import asks_how
from rules.signs import compiled
from rules.told import only_safe
from rules.yes_or_no import asks

FEW = 3  # words; more than these are a story
_PEACE_WORDS = 10  # words; a longer message tells of more than peace

_TEARS = re.compile(r"[\s.,!?]*[😭😢😥😔😞😟🥺💔😿☹🙁😓😩😫][\W_]*")
_FROM_THE_START = compiled(
    r"(?:(?:saya|mau|bisa|boleh|tolong|kita|ayo|coba) )*(?:ulang|ulangi|mulai|balik|reset) (?:lagi |baru )?(?:dari |ke )?(?:awal|nol)"
    r"(?: (?:aja|saja|lagi|dong|ya|kakak|bu|dulu|sedang))*"
)
_POLICE = compiled(r"(?:tidak|jangan|takut) {3}(?:polisi|lapor|dilaporkan|laporin|laporkan)")
_PEACE = compiled(
    r"(?:sudah|kami|kita|udah|dia|suami|istri|pacar) {2}(?:baikan|balikan|damai|berdamai|rujuk|akur|maafan|rukun)",
    r"(?:sudah|dia) {2}minta maaf|(?:sudah|saya) {2}(?:maafin|maafkan|memaafkan)",
)
_NO_PEACE = compiled(
    r"tapi|cuma|terus|lagi2|habis itu|besok|ulang\S*|tidak|belum|jangan|dipaksa|takut|mau|disuruh|kalau|{kekerasan}|\w+:\S+",
    r"cabut\S*|batal\S*|tarik|laporan|hapus\S*|petugas|minta (?!maaf)\S+|butuh|tolong",
)
_DENIES = compiled(
    r"(?:tidak|belum) (?:akan )?(?:pernah|sampai|ulangi|ulang|mengulang\S*) ?{3}\S+",
    r"(?:tidak|belum) (?:akan|mau) (?:ulangi|mengulang\S*)",
)
_READS = compiled(r"baca\S*|ngecek|cek|dicek|ngintip|lihat|liat|liatin|intip|sadap\S*|hp\S*|hape\S*|wa|chat\S*|pegang|ikut")
_OF_THE_OTHER = compiled(r"(?:(?:sudah|ini|sekarang) (?:\| )?)*(?:dia|suami|istri|bapak|orangnya|pacar|mertua|anak)(?: saya)? \S+.*")
_PIECE = compiled(r"(?:dia|mereka|saya|kami|tapi|terus|jadi|karena|kalau|soalnya|itu|yang)")


def marks(text: str, line: str) -> tuple[str, ...]:
    """
    cerita    | more than a few words
    tangis    | nothing but tears: they are heard, not called unreadable
    polisi    | no police, please: answered with what that means, not with 'fine'
    dari_awal | 'ulang dari awal'
    aman      | 'aman' and nothing else: never a question about secrecy
    mau_ubah  | wants to correct something, and does not say what
    mau_tanya | 'permisi mau tanya'
    damai     | 'udah baikan sama suami', and nothing else: no new report
    menyangkal | says that something is not so: 'ga pernah ngancem', 'ga bakal ulangi'; no refusal, no wish to hear it again
    membaca   | somebody reads the phone, now or often
    tentang_dia | 'udah, dia tidur': told of the other, and no goodbye
    sepotong  | 'dia', and the sentence is still to come
    """
    plain = line.rstrip(" |")
    noticed = {
        "cerita": counted(line) > FEW,
        "tangis": _TEARS.fullmatch(text) is not None,
        "polisi": _POLICE.search(line) is not None,
        "dari_awal": _FROM_THE_START.fullmatch(plain) is not None,
        "aman": only_safe(line),
        "mau_ubah": asks_how(text),
        "mau_tanya": topics.wants_to_ask(line),
        "damai": at_peace(line),
        "membaca": _READS.search(line) is not None,
        "tentang_dia": _OF_THE_OTHER.match(plain) is not None,
        "menyangkal": _DENIES.search(line) is not None,
        "sepotong": _PIECE.fullmatch(plain) is not None,
    }
    return tuple(name for name, seen in noticed.items() if seen)


def at_peace(line: str) -> bool:
    """
    'Udah baikan sama suami', 'dia udah minta maaf kok': peace is told, and no violence with it.

    udah damai kok -> yes | dia minta maaf tapi mukul lagi -> no | disuruh damai -> no | mau cabut laporan, udah damai -> no, that is a wish
    """
    return counted(line) <= _PEACE_WORDS and _PEACE.search(line) is not None and not _NO_PEACE.search(line) and not asks(line)


def counted(line: str) -> int:
    """The words of a plain line."""
    return len([word for word in line.split() if word != "|"])
