"""Readers of single answers in the person's own words: consent, the read-back, danger questions, who, when, whom to ask for.

Each gives the fact or None; what cannot be read for sure is left to be asked again.
"""

import re
from collections.abc import Callable

from rules import relations
from rules.signs import compiled
from rules.text import clean
from rules.yes_or_no import DOUBT, asks, bare, fact, thumb, yes_or_no


def consent(line: str, text: str) -> dict[str, object] | None:
    """A yes must be a yes; 'jangan', 'jangan dicatat' is a no."""
    if _NOT_RECORDED.fullmatch(line.rstrip(" |")):
        return {"consent": "tidak"}
    if _RECORDED.fullmatch(line.rstrip(" |")) or _ON_CONDITION.fullmatch(line.rstrip(" |")):
        return {"consent": "ya"}
    said = thumb(text) if thumb(text) is not None else bare(line)
    if "aman" in line.split():
        return None  # an answer to the question before
    return None if said is None else {"consent": "ya" if said else "tidak"}


_NOT_RECORDED = compiled(
    r"(?:jangan|tidak usah|tidak (?:mau|boleh|setuju))(?: (?:dicatat|disimpan|direkam|catat"
    r"|simpan))?(?: (?:dulu|ya|kak|kakak|bu|pak))*"
)
_RECORDED = compiled(
    r"(?:silakan|silahkan|monggo|oleh|angsal|catat|dicatat|simpan|setuju|tidak apa2|gapapa|gpp|tidak masalah|tidak keberatan)"
    r"(?: (?:aja|saja|ya|kak|kakak|bu|pak|dicatat|boleh))*"
)
_ON_CONDITION = compiled(
    r"(?:iya |ya |oke |ok )?(?:boleh|silakan|mau|setuju|oke|ok) (?:\| )?(?:asal|asalkan|tapi) {2}(?:nama|identitas|rahasia)"
    r"(?: \S+){0,5}"
)
_RIGHT = compiled(
    r"(?:iya |ya |udah |sudah )?(?:benar|betul|bener|cocok|pas|sesuai)(?: (?:kak|kakak|bu|pak|semua"
    r"|sekali|kok|itu|banget))*"
)
_WRONG = compiled(
    r"(?:ada yang |ada yg |itu |masih |kurang |tidak )?(?:salah|keliru|bukan|tidak (?:benar|betul|tepat|pas)|kurang (?:tepat|pas)|benar"
    r"|tepat)(?: (?:kak|kakak|bu|pak|itu|sedikit|dikit))*"
)


def readback(line: str, text: str) -> dict[str, object] | None:
    """'Benar', 'ada yang salah'; what is wrong is read by `rules.corrections`."""
    plain = line.rstrip(" |")
    if _RIGHT.fullmatch(plain):
        return {"readback": "benar"}
    if _WRONG.fullmatch(plain):
        return {"readback": "salah"}
    if plain.startswith("belum"):
        return None
    said = thumb(text) if thumb(text) is not None else bare(line)
    return None if said is None else {"readback": "benar" if said else "salah"}


_EVER = compiled(
    r"(?:sudah |udah |dulu |emang )?(?:pernah|sering|selalu|kadang2?|beberapa kali|sekali|dua kali|banyak|banget|punya|ada)(?: (?:sih|kok"
    r"|kak|kakak|bu|pak|banget|dulu|sekali|juga|dua kali))*"
)
_NEVER_EVER = compiled(
    r"(?:sejauh ini |selama ini |alhamdulillah )?(?:tidak|belum)(?: (?:pernah|sampai|ada|punya|sih|kok|kak|kakak|bu|pak"
    r"|juga|begitu|gitu|sampai segitunya))*"
)


_NEVER_DID = {  # 'ga pernah ngancem bunuh', to just that question
    slot: compiled(
        rf"(?:kalau itu |itu )?(?:tidak|belum) (?:pernah |sampai |ada ){{1,2}}(?:[^| ]\S* ){{0,2}}(?:{words})(?: [^| ]\S*){{0,2}}"
    )
    for slot, words in {
        "risk_weapon": r"senjata|sajam|pisau|golok|parang|benda|_pisau_|pakai \S+",
        "risk_kill": r"threat:\S+|kill:\S+",
        "risk_choke": r"choke:\S+",
    }.items()
}


def risk(slot: str) -> Callable[[str, str], dict[str, object] | None]:
    """A danger question: yes, no, or neither; 'pernah' and 'kadang' are yes."""

    def read_it(line: str, text: str) -> dict[str, object] | None:
        plain = line.rstrip(" |")
        if _NEVER_EVER.fullmatch(plain) or (slot in _NEVER_DID and _NEVER_DID[slot].fullmatch(plain)):
            return {slot: "tidak"}
        if _EVER.fullmatch(plain):
            return {slot: "ya"}
        said = thumb(text) if thumb(text) is not None else fact(line)
        return None if said is None else {slot: "ya" if said else "tidak"}

    return read_it


def relation(line: str, text: str) -> dict[str, object] | None:
    """Who it was, as said, where the word tells."""
    words = clean(text).lower()
    return {"relation": words[:40]} if len(line.split()) <= 6 and relations.kind_of(words) and not asks(line) else None


_RECENT = compiled(
    r"(?:barusan|tadi|kemarin|semalam|hari ini|sekarang|baru (?:aja|saja|kemarin|tadi)|(?:\d|satu|dua|tiga"
    r"|se) ?hari(?: (?:yang )?lalu)?|malam tadi|lusa)"
)
_WEEKS = compiled(
    r"(?:minggu|bulan|seminggu|sebulan|\d+ (?:minggu|bulan)|(?:dua|tiga|empat|lima|enam) (?:minggu|bulan))"
    r"(?: (?:yang )?(?:lalu|kemarin|ini))?"
)
_LONG = compiled(r"(?:lama|dulu|tahun|setahun|bertahun2?|\d+ tahun|waktu kecil|sejak \S+)(?: (?:yang )?(?:lalu|sekali|banget))?")


def when(line: str, text: str) -> dict[str, object] | None:
    """The person's own words; whether it was within days is read by `rules.advice`."""
    said = any(pattern.search(line) for pattern in (_RECENT, _WEEKS, _LONG))
    return {"when": clean(text)[:40].lower()} if said and len(line.split()) <= 8 and not asks(line) else None


def contact_name(line: str, text: str) -> dict[str, object] | None:
    """A name of up to four words; not necessarily the true one."""
    words = re.sub(r"(?i)^(?:panggil|nama(?: saya|ku)?|sebut|bilang|pakai nama|pake nama)(?: (?:aja|saja))?\W+", "", clean(text)).strip(
        " .,!"
    )
    plain = 1 <= len(words.split()) <= 4 and not asks(line) and not DOUBT.search(line) and yes_or_no(line) is None
    return {"contact_name": words[:40]} if plain and re.search(r"[a-zA-Z]{2}", words) else None


_COVER = compiled(
    r"(?:bilang|ngaku|sebut|jawab|ngomong)(?: aja| saja)? (?:\S+ )?dari|dari (?:kantor|bank|arisan|sekolah|kelurahan|toko|kurir)"
)


def contact_cover(line: str, text: str) -> dict[str, object] | None:
    """A sentence to say if somebody else answers."""
    told = _COVER.search(line) is not None
    plain = 1 <= len(line.split()) <= 14 and not asks(line) and not DOUBT.search(line) and (told or yes_or_no(line) is None)
    return {"contact_cover": clean(text)[:120]} if plain and re.search(r"[a-zA-Z]{3}", text) else None


_NAMED_IN = 8  # words; a longer message tells something else
_GROWN_UP = compiled(r"ibu|bapak|nenek|kakek|paman|guru\S*|ustad|saudara|tetangga|bibi|tante|bu {1}\S+|(?<!\S )kakak|teman ibu|wali kelas")
_NOT_TRUSTED = compiled(r"galak|jahat|marah\S*|takut|jangan|tidak (?:mau|percaya|boleh)|\w+:\S+")
_THANKS = compiled(r"makasih|terima kasih|thanks|suwun|halo|hai|permisi|maaf")


def trusted(line: str, text: str) -> dict[str, object] | None:
    """A grown-up whom a child trusts, or that there is none."""
    if len([word for word in line.split() if word != "|"]) > _NAMED_IN:
        return None
    named = _GROWN_UP.search(line.rstrip(" |")) is not None and not _THANKS.search(line)
    if named and _NOT_TRUSTED.search(line):
        return None
    if not named and (yes_or_no(line) is False or re.search(r"(?<!\S)tidak (?:ada|punya)", line)):
        return {"trusted_adult": "belum ada"}
    found = company(line, text) if named else None
    return {"trusted_adult": found["company"]} if found else None


_AWAY = compiled(r"(?:sedang |di )?(?:kerja|luar|pergi|keluar|jauh)")
_PEOPLE = compiled(
    r"sendiri\S*|ibu|bapak|kakak|adik|nenek|kakek|paman|teman|guru|ustad|dia|orang|saudara|tidak ada|tetangga|pacar|suami|bibi|tante"
)


def company(line: str, text: str) -> dict[str, object] | None:
    """Who is there, in the person's own few words."""
    words = [word for word in line.split() if word != "|"]
    if not words or len(words) > 12 or words[0] in {"jangan", "takut"} or any(p.search(line) for p in (DOUBT, _AWAY, _THANKS)):
        return None
    return {"company": clean(text)[:80]} if _PEOPLE.search(line) else None
