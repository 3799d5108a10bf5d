"""One request to the desk, after the door: who asks, what was typed, and the ways to answer."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from litestar import Response
from litestar.datastructures import Cookie

from damping.casework.fixed import FixedTexts
from damping.console import guarding
from damping.console.config import ConsoleConfig
from damping.console.guarding import AnyRequest
from damping.console.pages import Pages
from damping.console.shared_queue import SharedQueue
from damping.console.strip import Strip
from damping.store import glass
from damping.store.context import Store
from damping.store.desk import ON_DUTY, Viewer
from damping.store.live import Live
from damping.store.officer_sessions import SignedIn, Stage
from damping.store.officers import Role
from rules.account_rights import MANAGERS

HTML = "text/html"


@dataclass(frozen=True)
class Desk:
    """What every handler works with."""

    config: ConsoleConfig
    store: Store
    live: Live
    texts: FixedTexts
    pages: Pages
    strip: Strip
    pause: Callable[[float], Awaitable[None]]
    guessing: dict[bytes, int] = field(default_factory=dict)  # guesses now waiting, by lane
    shared: SharedQueue = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "shared", SharedQueue(self.store, self.live))


class Absent(Exception):
    """The door needs an officer and there is none, or the session sleeps or is not whole yet. `where`: what to do about it."""

    def __init__(self, where: str = "/masuk", *, locked: bool = False) -> None:
        super().__init__(where)
        self.where = where
        self.locked = locked


@dataclass(frozen=True)
class Visit:
    """A request that came through its door."""

    desk: Desk
    request: AnyRequest
    signed: SignedIn | None
    csrf: str
    form: Mapping[str, str]
    told: int = 0  # the newest fact that was told before the request: its page holds at least that

    @property
    def officer(self) -> SignedIn:
        """Who asks. Raises `Absent`."""
        if self.signed is None:
            raise Absent
        return self.signed

    @property
    def viewer(self) -> Viewer:
        """Who asks, as the access functions want it."""
        return Viewer(self.officer.officer, self.officer.role)

    @property
    def query(self) -> Mapping[str, str]:
        """What stands behind the question mark; the last wins where a name repeats."""
        return dict(self.request.query_params.items())

    @property
    def path(self) -> Mapping[str, str]:
        """The changing parts of the address."""
        return self.request.path_params

    @property
    def on_duty(self) -> bool:
        """Whether conversations are open to this visitor now."""
        return self.is_in and self.officer.role in ON_DUTY

    @property
    def is_in(self) -> bool:
        """Whether an officer is signed in wholly and awake."""
        return self.signed is not None and not self.signed.asleep and self.signed.stage is Stage.FULL

    @property
    def manages_accounts(self) -> bool:
        """Whether the accounts page is this visitor's."""
        return self.is_in and self.officer.role in MANAGERS

    @property
    def token(self) -> str:
        """The session cookie's value."""
        return guarding.cookie_of(self.desk.config, self.request, guarding.SESSION)

    @property
    def piecewise(self) -> bool:
        """Whether the page's script asks for a piece instead of a page."""
        return "hx-request" in self.request.headers

    async def run[**P, R](self, act: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        """A store function, off the event loop."""
        return await self.desk.store.database.run(act, *args, **kwargs)

    async def page(self, template: str, status: int = 200, cookies: tuple[Cookie, ...] = (), **context: Any) -> Response[str]:
        """A whole page with the strip on top."""
        strip = await self.desk.strip.now() if self.signed is not None and self.signed.stage is Stage.FULL else None
        leads = self.is_in and self.officer.role is Role.SUPERVISOR
        glass_unseen = await self.run(glass.unseen, self.desk.store) if leads else 0
        text = self._render(template, {"glass_unseen": glass_unseen, **context, "strip": strip})
        return Response(text, status_code=status, media_type=HTML, cookies=list(cookies))

    def piece(self, template: str, status: int = 200, headers: Mapping[str, str] | None = None, **context: Any) -> Response[str]:
        """A part of a page."""
        return Response(self._render(template, context), status_code=status, media_type=HTML, headers=dict(headers or {}))

    def drawn(self, template: str, **context: Any) -> str:
        """A part of a page as text."""
        return self._render(template, context)

    def go(self, path: str, cookies: tuple[Cookie, ...] = ()) -> Response[str]:
        """Send the browser to another page of the desk."""
        if self.piecewise:
            return Response("", status_code=200, headers={"HX-Location": path}, cookies=list(cookies), media_type=HTML)
        return Response("", status_code=303, headers={"Location": path}, cookies=list(cookies), media_type=HTML)

    def _render(self, template: str, context: Mapping[str, Any]) -> str:
        told = {"visit": self, "csrf": self.csrf, "now": self.desk.store.now(), "office": self.desk.config.office, **context}
        return self.desk.pages.render(template, **told)
