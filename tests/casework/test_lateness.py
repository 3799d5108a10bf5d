"""A person whom an officer keeps waiting hears a measured time, or none."""

import pytest

from damping.casework.fixed import FixedTexts
from damping.casework.lateness import late_words
from damping.casework.message import Body

_SOME = Body(text="x")
TEXTS = FixedTexts(
    _SOME, _SOME, _SOME, _SOME, _SOME, _SOME, _SOME,
    officer_late=Body(text="lebih lama"),
    officer_late_minutes=Body(text="dalam {angka} menit"),
    officer_late_hours=Body(text="dalam {angka} jam"),
)  # fmt: skip


@pytest.mark.parametrize(
    ("minutes", "said"),
    [
        (None, "lebih lama"),
        (3, "dalam 3 menit"),
        (90, "dalam 90 menit"),
        (120, "dalam 2 jam"),
        (150, "dalam 3 jam"),
        (1440, "lebih lama"),
    ],
)
def test_the_figure_is_said_as_one_says_it(minutes: int | None, said: str) -> None:
    assert Body(text=said) == late_words(TEXTS, minutes)


def test_without_words_nothing_is_said() -> None:
    bare = FixedTexts(_SOME, _SOME, _SOME, _SOME, _SOME, _SOME, _SOME)

    assert late_words(bare, 5) is None
    assert late_words(bare, None) is None


def test_an_office_without_the_measured_words_still_says_that_it_is_late() -> None:
    plain = FixedTexts(_SOME, _SOME, _SOME, _SOME, _SOME, _SOME, _SOME, officer_late=Body(text="lebih lama"))

    assert Body(text="lebih lama") == late_words(plain, 5)
