"""Ten thousand texts that nobody would write, through the trained model: always an answer, never a slow one, never a yes from nothing.

The texts are the same every time. Beside `test_properties.py`, which tries the toy model on what hypothesis thinks up, this
one tries the model that serves, in bulk.
"""

import random
import time
import warnings
from collections.abc import Callable, Iterator

import pytest

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from engine import models, train
    from engine.evaluate import model as evaluated
    from engine.golden import NEVER_FROM_NOTHING
    from engine.processor import TurnProcessor
    from engine.understanding import LONGEST, parse

COUNT = 10_000
AT_ONCE = 250
BATCH_S, FLOOD_S = 10.0, 2.0  # seconds of this process, whatever else the machine does; generous: a batch takes about half a second
LEVELS = {"hijau", "kuning", "merah"}

WORDS = ["saya", "takut", "tolong", "dia", "mukul", "gak", "ya", "iya", "setuju", "tidak", "jangan", "kak", "pulang", "anak", "0812"]
WORDS += ["/restart", "{nama}", "<b>", "\\n", "${X}", "NULL"]
EMOJI = "🙂😭🙏🏽👨‍👩‍👧❤️‍🩹🇮🇩🐈‍⬛👍🏿😱"
HIDDEN = "\u200b\u200c\u200d\u2060\ufeff\u00ad\u180e\u034f"
DIRECTIONS = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f"
MARKS = "".join(chr(n) for n in range(0x300, 0x370))
CONTROLS = "".join(chr(n) for n in range(32)) + "\x7f\x85\u2028\u2029"
RTL = "سلام عليكم ﷺ ﷽ שלום"

Maker = Callable[[random.Random], str]


def some(letters: str, most: int) -> Maker:
    return lambda chance: "".join(chance.choices(letters, k=chance.randint(1, most)))


def any_unicode(chance: random.Random) -> str:
    return "".join(chr(chance.randrange(0x110000)) for _ in range(chance.randint(1, 60)))


def broken_words(chance: random.Random) -> str:
    """Real words with anything strewn between their letters."""
    text = list(" ".join(chance.choices(WORDS, k=chance.randint(1, 12))))
    for _ in range(chance.randint(0, 12)):
        text.insert(chance.randrange(len(text) + 1), chance.choice(HIDDEN + DIRECTIONS + CONTROLS + MARKS + EMOJI + "\ud800\udfffﷺ"))
    return "".join(text)


def stacked(chance: random.Random) -> str:
    return "".join(letter + "".join(chance.choices(MARKS, k=chance.randint(1, 12))) for letter in chance.choice(WORDS))


def endless(chance: random.Random) -> str:
    """A word without a space, or a run of one sign."""
    piece = chance.choice([chance.choice(WORDS), chance.choice("a0.ﷺ𝔞-/'\"🙂"), "tolong", "di-", "x.y"])
    return piece * chance.randint(2, max(2, 300 // len(piece)))


MAKERS: list[tuple[Maker, int]] = [
    (any_unicode, 20),
    (broken_words, 30),
    (some(EMOJI, 60), 8),
    (some(HIDDEN + DIRECTIONS, 40), 6),
    (some(CONTROLS + "\ud800\udfff", 40), 6),
    (some(RTL, 60), 6),
    (some("0123456789 +-./", 60), 8),
    (some(" \t\n.,!?/\\\"'()[]{}<>$%&*#@", 60), 8),
    (stacked, 4),
    (endless, 4),
]
FLOODS = [
    "ﷺ",
    "a",
    "saya takut ",
    "🙂",
    "\u0301",
    "e\u0301\u0302",
    "\u200b",
    "\u202e",
    "/",
    "0812",
    "tolong",
    "\ud800",
    "\x00",
    "dia mukul. ",
    "a b ",
    "{[(<",
]


def fuzzed() -> Iterator[str]:
    chance = random.Random(2026)
    makers, weights = zip(*MAKERS, strict=True)
    for _ in range(COUNT - len(FLOODS)):
        yield chance.choices(makers, weights)[0](chance)


@pytest.fixture(scope="module")
def processor() -> TurnProcessor:
    """The understanding of the current model."""
    folder = models.current(train.Project().models)
    if folder is None:
        pytest.skip("no model is trained: make train")
    processor = evaluated.load(folder / "model.tar.gz")
    parse(processor, ["halo"])
    return processor


def check(text: str, found: dict) -> None:
    """What must be true of any text."""
    told = f"{text[:80]!r} -> {found['intent']}, {found['danger']}"
    assert text == found["text"]
    assert found["intent"]["name"], told
    assert 0.0 <= found["intent"]["confidence"] <= 1.0, told
    assert found["danger"] in LEVELS, told
    assert all(0 <= entity["start"] < entity["end"] <= min(len(text), LONGEST) for entity in found["entities"]), told
    if not any(sign.isalpha() for sign in text):
        assert found["intent"]["name"] not in NEVER_FROM_NOTHING, told


def test_ten_thousand_texts_are_each_answered_in_time(processor: TurnProcessor):
    texts = list(fuzzed())
    for start in range(0, len(texts), AT_ONCE):
        batch = texts[start : start + AT_ONCE]
        began = time.process_time()

        found = parse(processor, batch)

        assert time.process_time() - began < BATCH_S
        for text, one in zip(batch, found, strict=True):
            check(text, one)


@pytest.mark.parametrize("piece", FLOODS, ids=ascii)
def test_a_hundred_thousand_signs_are_answered_in_time(processor: TurnProcessor, piece: str):
    text = (piece * (100_000 // len(piece) + 1))[:100_000]
    began = time.process_time()

    [found] = parse(processor, [text])

    assert time.process_time() - began < FLOOD_S
    check(text, found)


def test_the_texts_are_the_same_every_time():
    assert list(fuzzed()) == list(fuzzed())
    assert COUNT == len(list(fuzzed())) + len(FLOODS)
