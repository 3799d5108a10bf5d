"""Misspells a message as hurried people do, so that the encoder learns to look through it; the offsets of marks follow."""

import random
import re

_VOWEL = set("aiueo")
_NEAR = {
    "a": "sq", "i": "uo", "u": "yi", "e": "wr", "o": "ip", "n": "mb", "k": "jl", "t": "ry", "s": "ad", "r": "et",
    "g": "fh", "d": "sf",
}  # fmt: skip
_SHORT = {
    "yang": "yg", "tidak": "tdk", "nggak": "gk", "enggak": "ngga", "sudah": "udh", "dengan": "dgn", "saya": "sy",
    "karena": "krn", "sama": "sm", "tapi": "tp", "dari": "dr", "kalau": "klo", "kalo": "klw", "bisa": "bs",
    "sampai": "smpe", "orang": "org", "terus": "trs", "banget": "bgt", "belum": "blm", "rumah": "rmh", "suami": "swami",
    "anak": "ank", "malam": "mlm", "kemarin": "kmrn", "sekarang": "skrg", "takut": "tkut", "pukul": "pkul",
    "dipukul": "dpukul", "aku": "aq", "dia": "dy", "juga": "jg", "lagi": "lg", "mau": "mo", "jangan": "jgn",
    "untuk": "utk", "gak": "ga", "udah": "dah", "tolong": "tlong", "bapak": "bpk", "bagaimana": "gmn", "apa": "ap",
    "ini": "ni", "itu": "tu", "pakai": "pk",
}  # fmt: skip
_SPLIT = re.compile(r"(\s+)")


def misspelt(text: str, luck: random.Random, strength: float) -> tuple[str, list[int]]:
    """The changed text, and for each of its characters the place in the raw text it stands for."""
    out: list[str] = []
    places: list[int] = []
    start = 0
    for word in _SPLIT.split(text):
        changed = _word(word, luck) if word.strip() and luck.random() < strength else word
        for i, letter in enumerate(changed):
            out.append(letter)
            places.append(start + min(i * max(len(word), 1) // max(len(changed), 1), max(len(word) - 1, 0)))
        start += len(word)
    return "".join(out), places


def _word(word: str, luck: random.Random) -> str:
    lower = word.lower()
    if lower in _SHORT and luck.random() < 0.6:
        return _SHORT[lower]
    if len(word) < 4 or not word.isalpha():
        return word
    place = luck.randrange(1, len(word) - 1)
    kind = luck.random()
    if kind < 0.35:
        inner = [i for i in range(1, len(word)) if word[i].lower() in _VOWEL]
        at = luck.choice(inner) if inner else place
        return word[:at] + word[at + 1 :]
    if kind < 0.55:
        return word[:place] + word[place + 1] + word[place] + word[place + 2 :]
    if kind < 0.75:
        near = _NEAR.get(word[place].lower())
        return word[:place] + luck.choice(near) + word[place + 1 :] if near else word
    if kind < 0.9:
        return word[:place] + word[place] * 2 + word[place:]
    return word + word[-1] * luck.randrange(1, 4)
