"""What masking has to know of the office: the everyday words of its examples, and its landmarks."""

from collections.abc import Mapping, Sequence

from damping.workbench.example import Example
from damping.workbench.landmark_file import Landmark
from rules.masking import Masker, everyday


def a_masker(intents: Mapping[str, Sequence[Example]], landmarks: Sequence[Landmark]) -> Masker:
    """A masker that takes the examples' words for everyday ones, and landmarks for places."""
    words = everyday(example.plain for examples in intents.values() for example in examples)
    return Masker(words, [spelling for one in landmarks for spelling in (one.name, *one.spellings)])
