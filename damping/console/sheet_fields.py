"""The fields of the assessment sheet, and how each stands in a conversation: its value, who wrote it, from which message, what differs."""

from dataclasses import dataclass
from typing import Any

from damping.casework.doubt import CONSENT
from damping.store.desk import Opened
from damping.store.sheet import Change
from rules.place_names import CITY


@dataclass(frozen=True)
class Field:
    """One fact that an officer may write. Without choices it is free text; `many`: several choices at once."""

    name: str
    choices: tuple[str, ...] = ()
    many: bool = False


_YES_NO = ("ya", "tidak", "tidak_tahu")
FIELDS: tuple[Field, ...] = (
    Field("safe_now", ("aman", "tidak", "tidak_tahu")),
    Field("abuser_near", _YES_NO),
    Field("kind", ("fisik", "psikis", "seksual", "kbgo", "penelantaran", "anak", "tppo"), many=True),
    Field("victim", ("diri", "anak", "dewasa_lain")),
    Field("age"),
    Field("relation"),
    Field("weapon"),
    Field("injury"),
    Field("when"),
    Field("children", _YES_NO),
    Field("kecamatan", tuple(sorted(CITY))),
    Field("kelurahan"),
    Field("company"),
    Field("help_wanted", ("petugas", "psikolog", "hukum", "medis", "rumah_aman", "sosial", "saran"), many=True),
    Field("contact_way", ("chat", "telepon", "jangan")),
    Field("contact_number"),
    Field("contact_hours"),
    Field(CONSENT, ("ya", "tidak")),
)
BY_NAME = {field.name: field for field in FIELDS}


@dataclass(frozen=True)
class Row:
    """One field as the page shows it. `base` goes back with an edit: the number of the value that was seen."""

    field: Field
    value: Any
    base: int
    by: str  # an officer's name; empty: the assistant, or nobody
    source: int | None
    differing: tuple[tuple[Change, str], ...]  # other values with the name of their officer


def rows(opened: Opened) -> tuple[Row, ...]:
    """All fields in the order of the sheet."""
    sheet, names = opened.work.sheet, opened.work.names
    found = []
    for field in FIELDS:
        standing = sheet.standing.get(field.name)
        others = tuple((one, names.get(one.officer or "", "")) for one in sheet.differing if one.name == field.name)
        by = names.get(standing.officer or "", "") if standing else ""
        found.append(
            Row(field, opened.facts.get(field.name), standing.seq if standing else 0, by, standing.source if standing else None, others)
        )
    return tuple(found)
