"""The paths of the assessment: for whom which questions are put, in which order. The picture in docs/dialogue.md is drawn from here.

The first path that fits the facts is the way on; a fact told later may lead over to another, and what was asked stays asked.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from rules import relations
from rules.levels import Level
from rules.risk_items import GRAVE, REST

Facts = Mapping[str, object]

_SAFETY = ("safe_now", "abuser_near")
_CONTACT = ("contact_way", "contact_number", "contact_hours", "contact_name", "contact_cover")
_AFTERWARDS = ("kecamatan", "help_wanted", *_CONTACT)


@dataclass(frozen=True)
class Path:
    """One path: whom it is for, the questions in their order, and how it ends. `doubt` is what the officer should look at."""

    name: str
    title: str  # for the picture, English
    order: tuple[str, ...]
    fits: Callable[[Facts], bool]
    ends: str  # for the picture


def _kinds(facts: Facts) -> set[str]:
    kinds = facts.get("kind")
    return {str(kind) for kind in kinds} if isinstance(kinds, (list, tuple)) else set()


def _own(facts: Facts) -> bool:
    return facts.get("victim") in (None, "diri")


def _red(facts: Facts) -> bool:
    return facts.get("level") == Level.MERAH.value


PATHS: tuple[Path, ...] = (
    Path(
        "tanpa_catatan",
        "no consent to a record",
        (*_SAFETY,),
        lambda facts: facts.get("consent") == "tidak" and not _red(facts),
        "questions answered, nothing recorded; danger to life still rings",
    ),
    Path(
        "pelaku",
        "the writer is the one who hits",
        ("safe_now", "consent", *_CONTACT),
        lambda facts: facts.get("writer") == "pelaku",
        "responsibility, counsel, everybody's safety",
    ),
    Path(
        "anak",
        "a child writes",
        ("safe_now", "company", "trusted_adult", "kecamatan"),
        lambda facts: facts.get("writer") == "anak",
        "an officer is called; parents are never told by the assistant",
    ),
    Path(
        "krisis",
        "the writer thinks of dying",
        ("safe_now", "kecamatan"),
        lambda facts: _red(facts) and facts.get("crisis") == "diri",
        "119 / Healing119, an officer at once",
    ),
    Path(
        "darurat",
        "level merah",
        (*_SAFETY, "kecamatan"),
        _red,
        "an officer is called; stay safe, 110 / 119 / 129",
    ),
    Path(
        "lama",
        "violence that is over",
        ("safe_now", "consent", "help_wanted", *_CONTACT),
        lambda facts: facts.get("ended") == "ya",
        "counsel and law, no haste",
    ),
    Path(
        "saksi_anak",
        "an adult about a child",
        (*_SAFETY, "consent", "readback", "kind", "victim", "relation", "kecamatan", *_CONTACT),
        lambda facts: facts.get("victim") == "anak",
        "an officer decides how to reach the child safely",
    ),
    Path(
        "saksi",
        "a third person is hurt",
        (*_SAFETY, "consent", "readback", "kind", "victim", "relation", "kecamatan", *_CONTACT),
        lambda facts: facts.get("victim") == "dewasa_lain",
        "an officer decides how to reach the victim safely",
    ),
    Path(
        "seksual",
        "sexual violence against the writer",
        (*_SAFETY, "consent", "readback", "kind", "victim", "when", "relation", *GRAVE, "kecamatan", *REST, "help_wanted", *_CONTACT),
        lambda facts: "seksual" in _kinds(facts) and _own(facts),
        "legal limit told first; evidence and doctor only where safe; never mediation",
    ),
    Path(
        "pasangan",
        "violence by partner or family",
        (*_SAFETY, "consent", "readback", "kind", "victim", "relation", *GRAVE, "kecamatan", *REST, "help_wanted", *_CONTACT),
        lambda facts: bool({"fisik", "psikis"} & _kinds(facts)) and relations.close(facts.get("relation")) and _own(facts),
        "merah on any of the gravest or four of the rest",
    ),
    Path(
        "online",
        "pictures, accounts, blackmail",
        (*_SAFETY, "consent", "readback", "kind", "victim", "relation", *_AFTERWARDS),
        lambda facts: "kbgo" in _kinds(facts) and _own(facts),
        "keep evidence, report to the platform, do not pay",
    ),
    Path(
        "penelantaran",
        "neglect and economic violence",
        (*_SAFETY, "consent", "readback", "kind", "victim", "relation", *_AFTERWARDS),
        lambda facts: {"penelantaran"} == _kinds(facts) and _own(facts),
        "needs first, then advice on maintenance and debt",
    ),
    Path(
        "umum",
        "anybody else",
        (*_SAFETY, "consent", "readback", "kind", "victim", "relation", *_AFTERWARDS),
        lambda _facts: True,
        "next steps and the office's hours",
    ),
)


def path_of(facts: Facts) -> Path:
    """The path that the facts lead to; trafficking is merah by its kind, so it follows 'darurat'."""
    return next(path for path in PATHS if path.fits(facts))
