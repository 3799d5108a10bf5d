"""Indonesian verbs with their prefixes and suffixes, formal and as people type them, from a list of roots.

Forms are generated once from roots that we wrote down and then looked up exactly: nothing is guessed about an unknown
word, because a wrong guess on a safety word ("menangis" read as "menang") costs more than a missed one.
"""

from collections.abc import Iterator

ACTIVE = "me-"
PASSIVE = "di-"
_SUFFIXES = ("", "i", "in", "kan", "an")
_VOWELS = "aiueo"


def active_stems(root: str) -> tuple[str, ...]:
    """
    root      | formal    | as typed
    pukul     | memukul   | mukul, ngepukul
    tendang   | menendang | nendang, ngetendang
    kurung    | mengurung | ngurung, ngekurung
    siksa     | menyiksa  | nyiksa, ngesiksa
    cekik     | mencekik  | nyekik, ncekik, ngecekik
    bunuh     | membunuh  | mbunuh, ngebunuh
    ancam     | mengancam | ngancam
    lapor     | melapor   | nglapor, ngelapor
    """
    first, rest = root[0], root[1:]
    if first in _VOWELS:
        return "meng" + root, "ng" + root, "nge" + root
    loose = "nge" + root
    nasal = {"p": "m", "t": "n", "k": "ng", "s": "ny"}.get(first)
    if nasal:
        return "me" + nasal + rest, nasal + rest, loose
    if first == "c":
        return "men" + root, "ny" + rest, "n" + root, loose
    if first in "bfv":
        return "mem" + root, "m" + root, loose
    if first in "djz":
        return "men" + root, "n" + root, loose
    if first in "gh":
        return "meng" + root, "ng" + root, loose
    return "me" + root, "ng" + root, loose


def forms(root: str, meaning: str) -> Iterator[tuple[str, str]]:
    """Every form of the root with its canonical wording: voice and meaning as two words, so that they can be told apart."""
    for suffix in _SUFFIXES:
        yield root + suffix, meaning
        for stem in active_stems(root):
            yield stem + suffix, f"{ACTIVE} {meaning}"
        for prefix in ("di", "ke", "ter", "kena"):
            noun = prefix == "ke" and suffix == "an"  # kerahasiaan, kecelakaan
            yield prefix + root + suffix, meaning if noun else f"{PASSIVE} {meaning}"


def irregular(form: str, meaning: str) -> str:
    """The canonical wording of a form that the rules do not make, by its beginning."""
    if form.startswith(("di", "ke", "ter")):
        return f"{PASSIVE} {meaning}"
    if form.startswith(("me", "ng", "ny", "m", "n")) and not meaning.startswith(form[0]):
        return f"{ACTIVE} {meaning}"
    return meaning
