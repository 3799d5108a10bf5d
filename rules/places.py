"""Finds the kecamatan or kelurahan in what a person wrote, however spelt; never an address.

A name that several kecamatan share, or that is nobody's for sure, is reported as doubtful with its candidates and asked back. Near
spellings are accepted for names of six letters or more, by difflib, and never where two names are equally near.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

from rules.place_names import CITY, OUTSIDE, SHORT, SHORT_VILLAGES
from rules.text import clean, folded, word_set

# every kecamatan and kelurahan by name, kecamatan first
NAMES: tuple[str, ...] = tuple(dict.fromkeys((*CITY, *(village for villages in CITY.values() for village in villages))))

_NEAR = 0.86
_WORD = re.compile(r"[a-z0-9]+")
_MARKS = {"kec", "kecamatan", "kel", "kelurahan", "daerah", "didaerah", "wilayah"}
# Names that are ordinary words too: only as the whole answer, or after 'kec', 'kel', 'di', 'daerah'.
_COMMON_NAMES = """
panjang; talang; palapa; pelita; ketapang; bakung; parwata; surabaya; nusantara permai; gotong royong; kedamaian; kota baru; kampung baru
enggal; bw; kuripan; penengahan; sukamaju; karang timur; karang barat; sukaraja; sidodadi; keteguhan; pengajaran; sawah lama; tanjung raya
sumber agung; kaliawi; pesawahan; teluk barat; teluk timur; teluk utara; teluk selatan; kebon jeruk; tkp; tbt; tbs; tkt
"""
_COMMON = frozenset(name.strip() for name in re.split(r"[;\n]", _COMMON_NAMES) if name.strip())
_BEFORE = _MARKS | {
    "di",
    "ke",
    "dari",
    "dkt",
    "deket",
    "dekat",
    "arah",
    "tinggal",
    "rumah",
    "posisi",
    "lokasi",
    "ada",
    "jalan",
    "pasar",
    "kos",
    "nang",
    "neng",
}


@dataclass(frozen=True)
class Place:
    """What was found: a kecamatan, perhaps its kelurahan, or several kecamatan to choose from."""

    kecamatan: str | None = None
    kelurahan: str | None = None
    candidates: tuple[str, ...] = ()  # kecamatan, where the name is shared
    outside: str | None = None  # a place outside the city

    @property
    def known(self) -> bool:
        """Whether the kecamatan, or at least that it lies outside the city, is certain."""
        return self.kecamatan is not None or self.outside is not None


def find(text: str, asked: bool = False) -> Place | None:
    """
    The place named in the text, or None. `asked`: the text answers 'where', so common words and near spellings count.

    'kmiling' -> Kemiling | 'deket way kandis' -> Tanjung Senang / Way Kandis | 'sukarame 2' -> Telukbetung Barat / Sukarame II
    'tanjung karang' -> doubtful: Barat, Timur, Pusat, Enggal | 'teluk betung' -> doubtful: the four of Telukbetung | 'metro' -> outside
    'deket pasar koga' -> Kedaton, where the office's landmarks were learnt
    """
    words = _WORD.findall(folded(clean(text)))[:60]
    plain = [word for word in words if word not in _MARKS]
    for found in _exact(words, len(plain) <= 4 and asked):
        return found
    landmark = _landmark(words, asked and len(plain) <= 8)
    if landmark:
        return landmark
    return _near(plain) if asked and len(plain) <= 5 else None


def learn(landmarks: Mapping[str, Sequence[str]]) -> None:
    """Takes over the office's landmarks, spelling -> kecamatan (several: asked back). Whoever loads the data calls it, once, at start."""
    _LANDMARKS.clear()
    for spelling, kecamatan in landmarks.items():
        known = tuple(name for name in kecamatan if name in CITY)
        if known:
            _LANDMARKS[_key(spelling)] = Place(known[0]) if len(known) == 1 else Place(candidates=known)


_LANDMARKS: dict[str, Place] = {}
_LONGEST_LANDMARK = 5  # words


def _landmark(words: list[str], asked: bool) -> Place | None:
    """A landmark answers 'where'; unasked it tells where somebody is only after a word for nearness."""
    for length in range(_LONGEST_LANDMARK, 0, -1):
        for start in range(len(words) - length + 1):
            place = _LANDMARKS.get(" ".join(words[start : start + length]))
            if place and (asked or _NEARNESS & set(words[max(0, start - 2) : start])):
                return place
    return None


_NEARNESS = word_set("dekat deket dkt belakang blkg seberang sebrang samping sebelah depan arah cedak parek")


def narrowed(candidates: list[str], text: str) -> str | None:
    """Which of the candidates a short answer means: 'barat', 'yang pusat', 'enggal'; None where it is not one of them."""
    words = set(_WORD.findall(folded(clean(text)))[:12])
    fitting = [name for name in candidates if name.lower().split()[-1] in words]
    return fitting[0] if len(fitting) == 1 else None


def _exact(words: list[str], bare: bool) -> Iterator[Place]:
    for length in (4, 3, 2, 1):
        for start in range(len(words) - length + 1):
            name = " ".join(words[start : start + length])
            place = _table().get(name)
            if place and (name not in _COMMON or bare or _introduced(words, start)):
                yield place


def _introduced(words: list[str], start: int) -> bool:
    return start > 0 and words[start - 1] in _BEFORE


def _near(words: list[str]) -> Place | None:
    best: list[tuple[float, Place]] = []
    for length in (3, 2, 1):
        for start in range(len(words) - length + 1):
            name = " ".join(words[start : start + length])
            if 6 <= len(name) <= 24:
                best += [(ratio, _table()[known]) for known, ratio in _ratios(name) if ratio >= _NEAR]
    best.sort(key=lambda found: -found[0])
    if not best or (len(best) > 1 and best[0][0] == best[1][0] and best[0][1] != best[1][1]):
        return None
    return best[0][1]


def _ratios(name: str) -> Iterator[tuple[str, float]]:
    matcher = SequenceMatcher(autojunk=False)
    matcher.set_seq2(name)
    for known in _table():
        if abs(len(known) - len(name)) <= 2 and len(known) >= 6:
            matcher.set_seq1(known)
            if matcher.quick_ratio() >= _NEAR:
                yield known, matcher.ratio()


@lru_cache(maxsize=1)
def _table() -> dict[str, Place]:
    """Every way of writing -> place; a kecamatan's own name wins over a kelurahan of the same name elsewhere."""
    table = {_key(name): Place(outside=name) for name in OUTSIDE}
    owners: dict[str, set[tuple[str, str]]] = {}
    for kecamatan, villages in CITY.items():
        for village in villages:
            for spelling in _spellings(village, SHORT_VILLAGES):
                owners.setdefault(spelling, set()).add((kecamatan, village))
    for spelling, found in owners.items():
        (kecamatan, village), *others = sorted(found)
        table[spelling] = Place(candidates=tuple(k for k, _ in sorted(found))) if others else Place(kecamatan, village)
    for kecamatan in CITY:
        for spelling in _spellings(kecamatan, SHORT):
            table[spelling] = Place(kecamatan)
    for shared, candidates in _SHARED.items():
        table[shared] = Place(candidates=candidates)
    return table


_KARANG = ("Tanjungkarang Pusat", "Tanjungkarang Barat", "Tanjungkarang Timur", "Enggal")
_TELUK = ("Telukbetung Selatan", "Telukbetung Utara", "Telukbetung Barat", "Telukbetung Timur")
_SHARED = {
    **dict.fromkeys(("tanjungkarang", "tanjung karang", "tj karang", "tjkarang", "tjk"), _KARANG),
    **dict.fromkeys(("telukbetung", "teluk betung", "telbet", "tlk betung", "teluk"), _TELUK),
}


def _spellings(name: str, short: dict[str, str]) -> set[str]:
    key = _key(name)
    spellings = {key, key.replace(" ", ""), *(_key(other) for other in short.get(name, "").split(";") if other.strip())}
    for joined, apart in (("tanjung", "tanjung "), ("telukbetung", "teluk betung"), ("gunung", "gunung "), ("kampung", "kampung ")):
        spellings |= {re.sub(rf"^{joined}(?=[a-z])", apart, one) for one in tuple(spellings)}
    return {one for one in spellings if len(one) > 1}


def _key(name: str) -> str:
    return " ".join(_WORD.findall(name.lower()))
