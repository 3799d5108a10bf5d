"""Small pieces that every part of the page is made of: a section, a share in words, the names that people read."""

from html import escape

from engine.evaluate.charts import Row
from engine.evaluate.figures import Rate
from engine.evaluate.gold import FALLBACK

_SLICES = {
    "child": "anak menulis",
    "english": "campur Inggris",
    "formal": "resmi",
    "javanese": "Jawa",
    "lampung": "Lampung",
    "long": "pesan panjang",
    "lookalike": "mirip tapi bukan",
    "oneword": "satu kata",
    "plain": "biasa",
    "slang": "gaul",
    "typo": "salah ketik",
    "nonsense": "asal ketik",
}


def section(title: str, reading: str, *inside: str) -> str:
    """A heading that asks or says, one plain sentence on how to read what follows, and that."""
    return f"<section><h2>{escape(title)}</h2><p>{escape(reading)}</p>{''.join(inside)}</section>"


def percent(rate: Rate) -> str:
    """With one decimal, as Indonesian writes it; a dash where there was nothing to count."""
    return "–" if rate.share is None else share(rate.share)


def share(value: float) -> str:
    """0.1234 as 12,3%."""
    return f"{value:.1%}".replace(".", ",")


def number(value: float) -> str:
    """Two decimals, as Indonesian writes them."""
    return f"{value:.2f}".replace(".", ",")


def between(rate: Rate) -> str:
    """A share and its interval."""
    return f"{percent(rate)} ({rate.low:.0%}–{rate.high:.0%})"


def row(label: str, rate: Rate) -> Row:
    """A bar with its interval and its counts."""
    return Row(label, rate.share or 0.0, f"{rate.hits} / {rate.of}", rate.low if rate.of else None, rate.high)


def slice_name(name: str) -> str:
    """A kind of writing, in words."""
    return _SLICES.get(name, name)


def intent_name(intent: str) -> str:
    """An intent, in words."""
    return "tidak paham" if intent == FALLBACK else intent.replace("_", " ")
