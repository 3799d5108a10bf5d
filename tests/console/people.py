"""What people do at the desk, as methods: officers' browsers, and the office that invites them. All invented."""

import html
import re

from httpx import AsyncClient, Response
from sqlalchemy import select, update

from damping.casework.ids import ConversationId, OfficerId
from damping.casework.message import Channel
from damping.store import inbox, officers
from damping.store.context import Store, seal_json
from damping.store.officers import NewAccount, Role
from damping.store.tables import Audit, Conversation
from rules.levels import Level
from tests.support import a_line

ORIGIN = "https://meja.test"
PASSWORD = "kopi pahit tengah malam"  # invented


class Browser:
    """One browser of one officer."""

    def __init__(self, client: AsyncClient) -> None:
        self.client = client
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
        """By the form."""
        await self.get("/masuk")
        answer = await self.post("/masuk", nama=login, sandi=password, lanjut="/")
        if answer.status_code == 303:
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
        """Signed in, or the test stops."""
        assert (await self.sign_in(login)).status_code == 303
        return self


class Office:
    """Makes accounts and conversations straight in the store."""

    def __init__(self, store: Store) -> None:
        self.store = store

    def officer(self, login: str, role: Role = Role.PETUGAS) -> OfficerId:
        """An account with the password that all tests use."""
        return officers.add(self.store, NewAccount(login, login.title(), PASSWORD), role)

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


def tell_facts(store: Store, conversation: ConversationId, **facts: object) -> None:
    """The dialogue has learnt something."""
    with store.database.write() as connection:
        sealed = seal_json(store.sealer(connection, conversation), "conversation.facts", conversation, facts)
        connection.execute(update(Conversation).where(Conversation.id == conversation).values(facts=sealed))


def said(page: Response) -> str:
    """The page's text without tags, blanks run together."""
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", page.text)))
