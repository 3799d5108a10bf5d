"""Templates of the desk. All Indonesian wording of the desk lives in `templates/`; Python hands over keys and numbers."""

from datetime import datetime, timedelta, timezone
from importlib.resources import files
from typing import Any

from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined

from damping.design.assets import Assets, shared
from damping.store.numbers import masked
from rules.marking import marked

WIB = timezone(timedelta(hours=7), "WIB")  # Bandar Lampung; Indonesia knows no summer time
ASSETS = "/aset"


class Pages:
    """Renders the desk's templates; everything that comes from outside is escaped."""

    def __init__(self, *annexes: str) -> None:
        """`annexes`: packages that bring templates and static files of their own, under other names."""
        packages = ("damping.console", *annexes)
        self.assets = Assets(ASSETS, shared(), *(files(package) / "static" for package in packages))
        self._templates = Environment(
            loader=ChoiceLoader([PackageLoader(package) for package in packages]),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._templates.filters |= {
            "wib": wib,
            "seconds_since": seconds_since,
            "code": code,
            "marked": marked,
            "masked": masked,
            "seconds_until": seconds_until,
        }
        self._templates.globals |= {"asset": self.assets.address}

    def render(self, template: str, **context: Any) -> str:
        """The finished text of a page or a piece of one."""
        return self._templates.get_template(template).render(**context)


def wib(at: datetime) -> datetime:
    """The office's local time."""
    return at.astimezone(WIB)


def seconds_since(at: datetime | None, now: datetime) -> int:
    """Whole seconds, never below zero (two machines' clocks may differ a little)."""
    return 0 if at is None else max(0, int((now - at).total_seconds()))


def seconds_until(at: datetime, now: datetime) -> int:
    """Whole seconds, never below zero."""
    return max(0, int((at - now).total_seconds()))


def code(conversation: str) -> str:
    """A short sign by which two officers can speak of a conversation; it has no name of its own."""
    return conversation[:5].upper()
