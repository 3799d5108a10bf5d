"""Neutral texts that a channel has approved: the only words that may reach a phone after the window has closed. Pure.

They show on a locked screen, perhaps to somebody else: nothing in them tells what the chat is about.
"""

import re
from dataclasses import dataclass

LONGEST = 160  # signs: what a locked screen shows
_TELLING = re.compile(
    r"kekerasan|korban|lapor|polisi|petugas|pelaku|damping|uptd|ppa\b|perlindungan|perempuan|anak\b|kasus|visum|aduan|pengaduan|konseling"
    r"|ancam|pukul|perkosa|leceh|kdrt|darurat|bantuan hukum|psikolog",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Template:
    """One approved text. `name` and `language` as the channel knows them; `title` for the officer."""

    name: str
    language: str
    title: str
    text: str
    category: str = "utility"


def telling(text: str) -> str:
    """The first word that would tell a stranger what the chat is about, or an empty string."""
    found = _TELLING.search(text)
    return found.group(0) if found else ""
