"""What kind of person the one who harms is: partner, former partner, family, a stranger; from the person's own word.

The word itself stays as it was said; this only tells which questions fit and what an officer must not offer first.
"""

import re

from rules.text import folded
from rules.vocabulary import WORDS

PARTNER = "pasangan"
FORMER = "mantan"
FAMILY = "keluarga"
OTHER = "orang lain"
KINDS = (PARTNER, FORMER, FAMILY, OTHER)

_WORDS = (
    (FORMER, re.compile(r"\bmantan\w*|\bex\b|\beks\b|\bbekas\b")),
    (PARTNER, re.compile(r"\b(?:suami|istri|bini|pacar|tunangan|pasangan|bojo)\w*|\bcalon\b|\bnikah siri\b|\blaki gue\b")),
    (
        FAMILY,
        re.compile(
            r"\b(?:bapak|ayah|papa|papi|ibu|mama|mami|kakak|abang|adik|paman|om|bibi|tante|bude|pakde|kakek|nenek|mertua|ipar|sepupu"
            r"|anak|menantu|keluarga|saudara|wali)\w*"
        ),
    ),
    (
        OTHER,
        re.compile(
            r"\b(?:orang lain|orang asing|tetangga|guru|dosen|ustad\w*|majikan|bos|atasan|teman|rekan|pelatih|tukang|sopir|satpam"
            r"|orang tak dikenal|tidak kenal|kenalan|polisi|tentara)\w*"
        ),
    ),
)  # fmt: skip


def kind_of(relation: object) -> str | None:
    """
    'suami', 'pacar saya' -> pasangan | 'mantan suami' -> mantan | 'bapak tiri' -> keluarga | 'majikan' -> orang lain | 'x' -> None
    """
    plain = " ".join(WORDS.get(word, word) for word in folded(str(relation or "")).split())
    return next((kind for kind, pattern in _WORDS if pattern.search(plain)), None)


def close(relation: object) -> bool:
    """Whether it is a partner, a former one, or family: the people whom the danger questions are about."""
    return kind_of(relation) in {PARTNER, FORMER, FAMILY}
