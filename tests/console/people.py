"""What people do at the desk, as methods: officers' browsers, and the office that invites them. All invented."""

import base64
import hashlib
import html
import re

import pyotp
from httpx import AsyncClient, Response
from sqlalchemy import func, insert, select, update

from damping.casework.ids import ConversationId, OfficerId, new_id
from damping.casework.message import Channel
from damping.console.doors import SECOND_STEP
from damping.store import inbox, officer_sessions, officers
from damping.store.context import Store, seal_json
from damping.store.officers import NewAccount, Role
from damping.store.tables import Audit, Conversation, Officer
from damping.store.tables_accounts import Factor
from rules.levels import Level
from tests.support import HeldClock, a_line

ORIGIN = "https://meja.test"
PASSWORD = "kopi pahit tengah malam"  # invented


class Browser:
    """One browser of one officer."""

    def __init__(self, client: AsyncClient, store: Store) -> None:
        self.client = client
        self.store = store
        self.csrf = ""

    async def get(self, path: str, **headers: str) -> Response:
        """Go to a page; redirects are shown, not followed."""
        answer = await self.client.get(path, headers=headers, follow_redirects=False)
        found = re.search(r'name="csrf" value="([0-9a-f]+)"', answer.text)
        self.csrf = found.group(1) if found else self.csrf
        return answer

    async def post(self, path: str, headers: dict[str, str] | None = None, **fields: str) -> Response:
        """Send a form of the page that is open."""
        told = {"Origin": ORIGIN, "Sec-Fetch-Site": "same-origin", **(headers or {})}
        return await self.client.post(path, data={"csrf": self.csrf, **fields}, headers=told, follow_redirects=False)

    async def sign_in(self, login: str, password: str = PASSWORD) -> Response:
        """By the forms: the password, then a code of the officer's app."""
        await self.get("/masuk")
        answer = await self.post("/masuk", nama=login, sandi=password, lanjut="/")
        if answer.status_code != 303:
            return answer
        await self.get(answer.headers["location"])
        answer = await self.post(SECOND_STEP, kode=next_code(self.store, login), lanjut="/")
        await self.get("/")
        return answer

    @property
    def token(self) -> str:
        """The session cookie's value."""
        return next((cookie.value or "" for cookie in self.client.cookies.jar if cookie.name == "__Host-damping_meja"), "")

    def brings(self, token: str) -> "Browser":
        """With a session cookie from elsewhere."""
        self.client.cookies.set("__Host-damping_meja", token, domain="meja.test", path="/")
        return self

    async def as_(self, login: str) -> "Browser":
        """Signed in already."""
        with self.store.database.read() as connection:
            found = select(Officer.id).where(Officer.login_hash == officers.login_hash(self.store, login))
            officer = OfficerId(connection.execute(found).scalar_one())
        self.brings(officer_sessions.begin(self.store, officer))
        await self.get("/")
        return self


class Office:
    """Makes accounts and conversations straight in the store."""

    def __init__(self, store: Store) -> None:
        self.store = store

    def officer(self, login: str, role: Role = Role.PETUGAS) -> OfficerId:
        """An account with the password that all tests use, and an authenticator app."""
        officer = officers.add(self.store, NewAccount(login, login.title(), PASSWORD), role)
        an_app(self.store, officer, login)
        return officer

    def hears(
        self,
        text: str = "halo kak",
        level: Level = Level.HIJAU,
        reasons: tuple[str, ...] = (),
        sender: str = "6280000000001",
        channel: Channel = Channel.WHATSAPP,
    ) -> ConversationId:
        """A person writes."""
        line = a_line(text, sender=sender, level=level, reasons=reasons, channel=channel, sent_at=self.store.now())
        return inbox.receive(self.store, [line])[0]

    def acts(self, act: str | None = None) -> list[tuple[str, str, str | None]]:
        """The audit rows: actor, act, object."""
        with self.store.database.read() as connection:
            rows = connection.execute(select(Audit.actor, Audit.act, Audit.object_id).order_by(Audit.seq))
            return [tuple(row) for row in rows if act is None or row.act == act]


def secret_of(login: str) -> str:
    """What the app of an invented officer holds."""
    return base64.b32encode(hashlib.sha1(login.strip().casefold().encode()).digest()).decode()


def an_app(store: Store, officer: OfficerId, login: str) -> None:
    """The officer's phone is set up."""
    factor, office = new_id(), store.vault.office
    row = {
        "id": factor,
        "officer_id": officer,
        "kind": "totp",
        "name": office.seal_text("factor.name", factor, "HP"),
        "secret": office.seal_text("factor.secret", factor, secret_of(login)),
        "created_at": store.now(),
        "confirmed_at": store.now(),
    }
    with store.database.write() as connection:
        connection.execute(insert(Factor).values(**row))


def next_code(store: Store, login: str) -> str:
    """A code of the officer's app that was not used yet; a held clock moves on where all of this minute's were."""
    with store.database.read() as connection:
        whose = select(Officer.id).where(Officer.login_hash == officers.login_hash(store, login))
        used = connection.execute(select(func.max(Factor.last_count)).where(Factor.officer_id.in_(whose))).scalar() or 0
    now = int(store.now().timestamp()) // 30
    step = max(used + 1, now - 1)
    if step > now + 1 and isinstance(store.clock, HeldClock):
        store.clock.forward(seconds=30)
    return str(pyotp.TOTP(secret_of(login)).generate_otp(step))


def tell_facts(store: Store, conversation: ConversationId, **facts: object) -> None:
    """The dialogue has learnt something."""
    with store.database.write() as connection:
        sealed = seal_json(store.sealer(connection, conversation), "conversation.facts", conversation, facts)
        connection.execute(update(Conversation).where(Conversation.id == conversation).values(facts=sealed))


def said(page: Response) -> str:
    """The page's text without tags, blanks run together."""
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", page.text)))
