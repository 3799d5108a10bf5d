"""Filters of the queue. What a filter hides is counted, and a person whom nobody attends to is never hidden by it."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from urllib.parse import urlencode

from damping.casework.message import Channel
from damping.console.shared_queue import Snapshot
from damping.store.desk import Viewer, Waiting
from rules.levels import Level

MINE, NOBODY, BOT = "saya", "kosong", "asisten"
_TYPED_AT_MOST = 64


@dataclass(frozen=True)
class Filter:
    """What is asked for; empty: anything."""

    tingkat: str = ""
    kanal: str = ""
    pemegang: str = ""
    label: str = ""
    kecamatan: str = ""

    @property
    def query(self) -> str:
        """As the end of an address, with its question mark; empty where nothing is asked for."""
        asked = {field.name: value for field in fields(self) if (value := getattr(self, field.name))}
        return f"?{urlencode(asked)}" if asked else ""


@dataclass(frozen=True)
class Filtered:
    """The rows that are shown, and how many are not."""

    rows: tuple[Waiting, ...]
    more: int
    hidden: int


def asked(query: Mapping[str, str]) -> Filter:
    """From an address; what makes no sense is left out."""
    told = {field.name: query.get(field.name, "")[:_TYPED_AT_MOST] for field in fields(Filter)}
    known = {"tingkat": {level.value for level in Level}, "kanal": {channel.value for channel in Channel}, "pemegang": {MINE, NOBODY, BOT}}
    return Filter(**{name: value if name not in known or value in known[name] else "" for name, value in told.items()})


def sift(snapshot: Snapshot, wanted: Filter, viewer: Viewer) -> Filtered:
    """Keep what fits, and whoever rings."""
    queue = snapshot.queue
    if wanted == Filter():
        return Filtered(queue.rows, queue.more, 0)
    rows = tuple(row for row in queue.rows if row.ringing_since is not None or _fits(snapshot, wanted, viewer, row))
    return Filtered(rows, queue.more, len(queue.rows) - len(rows))


def places(snapshot: Snapshot) -> tuple[str, ...]:
    """The kecamatan that are in the queue."""
    return tuple(sorted({row.kecamatan for row in snapshot.queue.rows if row.kecamatan}))


def _fits(snapshot: Snapshot, wanted: Filter, viewer: Viewer, row: Waiting) -> bool:
    held_as_asked = {
        "": True,
        MINE: row.holder == viewer.officer,
        NOBODY: row.unattended,
        BOT: row.holder is None and not row.unattended,
    }[wanted.pemegang]
    return (
        held_as_asked
        and wanted.tingkat in ("", row.level.value)
        and wanted.kanal in ("", row.channel.value)
        and wanted.kecamatan in ("", row.kecamatan)
        and (not wanted.label or wanted.label in {label.id for label in snapshot.on.get(row.conversation, ())})
    )
