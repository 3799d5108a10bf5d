"""Whether a short line says yes or no, or asks something instead; what is not for sure is neither.

Nothing is read out of a story, and doubt is never turned into an answer.
"""

import re

from rules.signs import compiled
from rules.text import word_set

_YES = word_set(
    "iya ya y blh bole yes yup yap iyah iyaa iy ho'oh hooh he'eh betul benar bener bnr ok oke okey okay boleh inggih nggih yo yoi"
    " iyo yoyoi iye ye sip yess siap"
)
_PARTICLES = frozenset({"ya", "yo", "iye", "ok", "oke"})  # 'nanti dulu ya', 'makasih ya' agree to nothing
_YES_AT_FIRST = word_set("bisa emang memang")  # 'polisi bisa nangkep ga' is a question
_WANTS_NOT = compiled(r"tidak (?:mau|usah|perlu) \S+|jangan \S+|yang")  # 'ga mau polisi' does not say whether it is safe
_ASKS = compiled(r"apa|apakah|gimana|bagaimana|berapa|kapan|siapa|mana|dimana|kenapa|mengapa")
_SUBJECTS = word_set("saya aku kami dia sudah sekarang masih juga memang tapi ya")
_NO = frozenset({"tidak", "belum", "bukan", "no", "nope", "tidaklah"})
_FILLERS = word_set(
    "kok sih kak kakak bu pak min mbak mas | sekali banget deh dong ya lah saya ada sekarang insyaallah insya allah alhamdulillah untuk"
    " saat ini sementara di sini sudah masih sangat kan nih ko"
)
_THUMBS = {"👍": True, "✅": True, "👌": True, "👎": False, "❌": False, "🙅": False}
DOUBT = compiled(
    r"(?:tidak|kurang|belum) (?:tahu|yakin|jelas|ngerti|paham)|entah\S*|bingung|mungkin|rasanya|sepertinya"
    r"|seperti (?=aman|sudah|tidak|belum|iya|masih)|kelihatannya|ragu|\?|"
    r"apa ya|gimana ya|duka|embuh|mbuh"
)
BUT = compiled(r"tapi|cuma|asal")
FEAR = compiled(
    r"takut|{kekerasan}|bahaya|khawatir|was2|waswas|deg2an|gemetar|sembunyi|marah|mabuk|pulang|datang|dekat|dengar|denger|nanti|sebentar"
)


def yes_or_no(line: str) -> bool | None:
    """
    Whether a plain line says yes or no; None where it is not for sure.

    iya -> yes | gak -> no | blm -> no | iya tp udah kering -> yes | 👍 -> yes | iya tapi takut -> None | ga tau -> None | . -> None
    """
    if DOUBT.search(line) or _ASKS.search(line) or _tag(line):
        return None
    words = [word for word in line.split() if word != "|"]
    yes = [word for place, word in enumerate(words[:3]) if word in _YES and (place == 0 or word not in _PARTICLES)]
    said = {True for _ in yes} | {False for word in words[:3] if word in _NO}
    if words and words[0] in _YES_AT_FIRST:
        said.add(True)
    if len(said) != 1 or len(words) > 12:
        return None
    if True in said and BUT.search(line) and FEAR.search(line):
        return None
    return said.pop()


def _tag(line: str) -> bool:
    """'Bayar ga', 'gratis ga sih': a question, while 'aku engga' is a no."""
    words = [word for word in line.split() if word not in {"|", "sih", "ya", "kakak", "kah"}]
    if len(words) < 2 or words[-1] != "tidak" or words[0] in _NO:
        return False
    return words[-2] not in _SUBJECTS | _FILLERS | _NO | _YES


def asks(line: str) -> bool:
    """'Polisi bisa nangkep ga', 'prosesnya gimana': a question, and no answer to ours."""
    return _ASKS.search(line) is not None or re.search(r"(?:bisa|boleh) (?:\S+ ){0,3}tidak(?: \||$)", line) is not None or _tag(line)


def thumb(text: str) -> bool | None:
    """A thumb up or down and nothing else."""
    shown = {meaning for sign, meaning in _THUMBS.items() if sign in text}
    return shown.pop() if len(shown) == 1 and not re.search(r"\w", text) else None


def bare(line: str) -> bool | None:
    """Yes or no only where little else was said: a safety answer is not read out of a story."""
    said = None if _WANTS_NOT.search(line) else yes_or_no(line)
    rest = [word for word in line.split() if word not in _YES | _YES_AT_FIRST | _NO | _FILLERS]
    return said if len(rest) <= 2 else None


_PERMITS = frozenset({"boleh", "blh", "bole", "silakan", "silahkan", "oke", "okey", "okay", "ok", "siap", "sip", "setuju"})


def fact(line: str) -> bool | None:
    """As `bare`, for a question of fact: 'boleh' and 'oke' permit something, and say nothing of whether it is so."""
    words = [word for word in line.split() if word != "|"]
    return None if words and words[0] in _PERMITS else bare(line)
