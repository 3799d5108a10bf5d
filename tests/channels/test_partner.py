"""The city's app at the partner API, with a real store behind it."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest
from litestar import Litestar
from litestar.testing import AsyncTestClient
from sqlalchemy import select, update
from sqlalchemy.exc import OperationalError

from damping.casework.message import Author, Body, Channel, Choice, Kind
from damping.casework.pacing import Patience
from damping.channels.partner.rates import Rates
from damping.channels.partner.routes import BODY_AT_MOST, OPENAPI, PATH, router
from damping.channels.partner.sending import PartnerSender
from damping.store import erasure, inbox, outbox, partners, takeover
from damping.store.context import Store
from damping.store.partners import NewKey, Scope
from damping.store.tables import Audit, Conversation, Escalation, Message, Outbox
from damping.store.tables_partner import Partner, PartnerKey, PartnerLetter, PartnerThread
from damping.wiring.worker import Worker
from tests.channels.invented import conversations, intake, rows, transcript
from tests.contracts.test_turns import TEXTS, an_officer
from tests.support import HeldClock, ScriptedDialogue

ANA, BUDI = "orang-0000001", "orang-0000002"


class App:
    """A partner's server: asks with its key."""

    def __init__(self, http: Any, key: str) -> None:
        self.http = http
        self.headers = {"Authorization": f"Bearer {key}"}

    async def post(self, path: str, body: Any, **more: Any) -> Any:
        return await self.http.post(PATH + path, json=body, headers=self.headers | more.pop("headers", {}), **more)

    async def get(self, path: str, **params: Any) -> Any:
        return await self.http.get(PATH + path, params=params, headers=self.headers)

    async def opens(self, reference: str = ANA) -> dict[str, str]:
        answer = await self.post("/conversations", {"reference": reference})
        assert answer.status_code in (200, 201), answer.text
        return dict(answer.json())

    async def says(self, thread: str, text: str, own: str = "pesan-0001") -> int:
        return int((await self.post(f"/conversations/{thread}/messages", {"id": own, "text": text})).status_code)

    async def replies(self, thread: str, after: int = 0) -> list[str]:
        return [one["text"] for one in (await self.get(f"/conversations/{thread}/replies", after=after)).json()["replies"]]


@pytest.fixture
def made(store: Store) -> NewKey:
    return partners.add(store, "Lampung Digital")


@pytest.fixture
def api(store: Store) -> Litestar:
    return Litestar([router(intake(store))], openapi_config=OPENAPI)


@pytest.fixture
async def http(api: Litestar) -> Any:
    async with AsyncTestClient(api) as opened:
        yield opened


@pytest.fixture
def app(http: Any, made: NewKey) -> App:
    return App(http, made.key)


@pytest.fixture
def engine() -> ScriptedDialogue:
    return ScriptedDialogue()


@pytest.fixture
def worker(store: Store, engine: ScriptedDialogue) -> Worker:
    return Worker(store, engine, {Channel.PARTNER: PartnerSender(store)}, TEXTS, Patience())


async def settled(clock: HeldClock, worker: Worker, seconds: float = 5) -> None:
    clock.forward(seconds=seconds)
    await worker.settle()


async def test_a_person_writes_and_is_answered(app: App, store: Store, clock: HeldClock, worker: Worker) -> None:
    thread = (await app.opens())["conversation"]

    assert 202 == await app.says(thread, "saya takut pulang")
    await settled(clock, worker)
    answer = (await app.get(f"/conversations/{thread}/replies")).json()

    [reply] = answer["replies"]
    assert ("jawaban: saya takut pulang", "assistant") == (reply["text"], reply["sender"])
    assert answer["cursor"] == reply["number"]
    assert [("text", "saya takut pulang"), ("text", "jawaban: saya takut pulang")] == transcript(store)


async def test_the_same_message_again_and_at_once_is_stored_once(app: App, store: Store) -> None:
    thread = (await app.opens())["conversation"]

    assert {202} == set(await asyncio.gather(*(app.says(thread, "halo") for _ in range(8))))

    assert [("text", "halo")] == transcript(store)


async def test_opening_again_and_at_once_is_one_conversation_with_one_code(app: App, store: Store) -> None:
    opened = await asyncio.gather(*(app.opens() for _ in range(6)))

    assert 1 == len({one["conversation"] for one in opened})
    assert 1 == len({one["code"] for one in opened})
    assert opened[0]["conversation"] != (await app.opens(BUDI))["conversation"]
    assert 0 == conversations(store), "nothing stands on the desk before something was written"


async def test_what_was_received_is_gone_and_what_was_not_comes_again(app: App, store: Store, clock: HeldClock, worker: Worker) -> None:
    thread = (await app.opens())["conversation"]
    await app.says(thread, "satu", "pesan-0001")
    await settled(clock, worker)
    await app.says(thread, "dua", "pesan-0002")
    await settled(clock, worker)

    assert ["jawaban: satu", "jawaban: dua"] == await app.replies(thread)
    assert ["jawaban: satu", "jawaban: dua"] == await app.replies(thread)
    first = (await app.get(f"/conversations/{thread}/replies", limit=1)).json()["cursor"]
    assert ["jawaban: dua"] == await app.replies(thread, first)
    assert ["jawaban: dua"] == await app.replies(thread, 0)
    with store.database.read() as connection:
        assert ["delivered", "sent"] == list(connection.execute(select(Outbox.state).order_by(Outbox.seq)).scalars())


async def test_danger_rings_before_it_is_thanked(app: App, store: Store) -> None:
    await app.says((await app.opens())["conversation"], "dia bawa golok")

    with store.database.read() as connection:
        assert "merah" == connection.execute(select(Conversation.level)).scalar()
        assert 1 == len(connection.execute(select(Escalation)).all())


async def test_nobody_reaches_another_partners_person(http: Any, app: App, store: Store) -> None:
    thread = (await app.opens())["conversation"]
    await app.says(thread, "rahasia")
    other = App(http, partners.add(store, "Lain").key)
    before = rows(store)

    answers = [
        await other.post(f"/conversations/{thread}/messages", {"id": "pesan-0009", "text": "x"}),
        await other.post(f"/conversations/{thread}/location", {"id": "pesan-0009", "latitude": 0, "longitude": 0, "consent": True}),
        await other.get(f"/conversations/{thread}/replies"),
    ]
    unknown = await other.get(f"/conversations/{'0' * 32}/replies")

    assert {404} == {answer.status_code for answer in answers}
    assert {unknown.text} == {answer.text for answer in answers}, "missing and forbidden are alike"
    assert before == rows(store)
    assert thread != (await other.opens())["conversation"], "the same name at another partner is another person"


async def test_no_answer_holds_what_a_person_wrote_or_what_the_office_noted(
    app: App, store: Store, clock: HeldClock, worker: Worker
) -> None:
    opened = await app.opens()
    thread = opened["conversation"]
    await app.says(thread, "nama saya Melati Invensi")
    with store.database.write() as connection:
        conversation = connection.execute(select(Conversation.id)).scalar_one()
        connection.execute(update(Conversation).values(level="merah"))
        outbox.put(connection, store, conversation, Author.OFFICER, Body(text="Kami di sini."), an_officer_in(connection, store))

    await settled(clock, worker, 0)
    told = [
        (await app.get(f"/conversations/{thread}/replies")).text,
        (await app.post("/reports/status", {"code": opened["code"]})).text,
        (await app.post("/conversations", {"reference": ANA})).text,
    ]

    assert "Kami di sini." in told[0]
    for word in ("Melati", "merah", "petugas-satu", conversation):
        assert all(word not in one for one in told)


def an_officer_in(connection: Any, store: Store) -> Any:
    from damping.store.tables import Officer

    values = {"id": "petugas-satu", "login_hash": b"l", "login": b"-", "name": b"-", "role": "petugas", "password_hash": "-"}
    connection.execute(Officer.__table__.insert().values(**values, created_at=store.now()))
    return "petugas-satu"


async def test_a_choice_that_was_shown_can_be_pressed_and_no_other(app: App, store: Store, clock: HeldClock, worker: Worker) -> None:
    thread = (await app.opens())["conversation"]
    await app.says(thread, "halo")
    with store.database.write() as connection:
        conversation = connection.execute(select(Conversation.id)).scalar_one()
        outbox.put(connection, store, conversation, Author.BOT, Body(text="Aman?", choices=(Choice("ya", "Ya"), Choice("lain", "/Lain"))))

    answers = [
        (await app.post(f"/conversations/{thread}/messages", {"id": f"pilih-{n}000", "choice": choice})).status_code
        for n, choice in enumerate(("ya", "lain", "petugas"))
    ]

    assert [202, 202, 409] == answers
    with store.database.read() as connection:
        kinds = connection.execute(select(Message.kind).where(Message.author == Author.PERSON).order_by(Message.seq)).scalars().all()
    assert [Kind.TEXT, Kind.BUTTON, Kind.TEXT] == list(kinds)


async def test_a_place_is_taken_only_with_consent(app: App, store: Store) -> None:
    thread = (await app.opens())["conversation"]
    place = {"id": "tempat-0001", "latitude": -5.39, "longitude": 105.26}

    assert 422 == (await app.post(f"/conversations/{thread}/location", place | {"consent": False})).status_code
    assert 400 == (await app.post(f"/conversations/{thread}/location", place)).status_code
    assert [] == transcript(store)
    assert 202 == (await app.post(f"/conversations/{thread}/location", place | {"consent": True})).status_code
    assert [("location", "")] == transcript(store)


async def test_the_code_tells_only_how_the_report_stands(app: App, http: Any, store: Store, clock: HeldClock, worker: Worker) -> None:
    opened = await app.opens()

    async def stands(code: str = opened["code"], asking: App = app) -> Any:
        answer = await asking.post("/reports/status", {"code": code})
        return answer.json().get("status") if answer.status_code == 200 else answer.status_code

    assert 404 == await stands(), "nothing was written yet"
    await app.says(opened["conversation"], "tolong")
    assert "diterima" == await stands()
    assert "diterima" == await stands(opened["code"].replace("-", " ").upper())
    assert 404 == await stands("aaaa-aaaa-aaaa")
    assert 404 == await stands(asking=App(http, partners.add(store, "Lain").key))

    with store.database.write() as connection:
        connection.execute(update(Conversation).values(word="officer"))
    assert "ditangani" == await stands()
    with store.database.write() as connection:
        connection.execute(update(Conversation).values(word="bot", closed_at=store.now()))
    assert "selesai" == await stands()


async def test_what_was_erased_is_nowhere_to_fetch_and_its_code_is_unknown(
    app: App, store: Store, clock: HeldClock, worker: Worker
) -> None:
    opened = await app.opens()
    await app.says(opened["conversation"], "halo")
    await settled(clock, worker)

    with store.database.write() as connection:
        erasure.erase_words(connection, store, connection.execute(select(Conversation.id)).scalar_one())

    assert [] == await app.replies(opened["conversation"])
    assert 404 == (await app.post("/reports/status", {"code": opened["code"]})).status_code


async def test_what_a_stop_word_hid_is_not_handed_out(app: App, store: Store, clock: HeldClock, worker: Worker) -> None:
    thread = (await app.opens())["conversation"]
    await app.says(thread, "halo")
    await settled(clock, worker)
    with store.database.write() as connection:
        newest = connection.execute(select(Message.seq).order_by(Message.seq.desc()).limit(1)).scalar_one()
        connection.execute(update(Conversation).values(shown_from=newest))

    assert [] == await app.replies(thread)


async def test_an_officer_takes_over_in_the_app_too(app: App, store: Store, clock: HeldClock, worker: Worker) -> None:
    thread = (await app.opens())["conversation"]
    await app.says(thread, "halo")
    with store.database.read() as connection:
        conversation = connection.execute(select(Conversation.id)).scalar_one()
    rina = an_officer(store, "rina")
    takeover.claim(store, conversation, rina)
    with store.database.write() as connection:
        outbox.put(connection, store, conversation, Author.OFFICER, Body(text="Saya Rina."), rina)
    await settled(clock, worker)

    assert ["Saya Rina."] == await app.replies(thread)


@pytest.mark.parametrize("key", ["", "Bearer", "Bearer x", "Basic abc", "Bearer damping_000000000000_" + "a" * 43, "Bearer é"])
async def test_without_a_key_that_works_nothing_opens(http: Any, store: Store, key: str) -> None:
    before = rows(store)

    answer = await http.post(f"{PATH}/conversations", json={"reference": ANA}, headers={"Authorization": key.encode()})

    assert (401, "application/problem+json") == (answer.status_code, answer.headers["content-type"])
    assert "Bearer" == answer.headers["www-authenticate"]
    assert before == rows(store)


async def test_a_key_does_only_what_it_is_for(http: Any, store: Store) -> None:
    reader = App(http, partners.add(store, "Pembaca", scopes=frozenset({Scope.READ})).key)

    answer = await reader.post("/conversations", {"reference": ANA})

    assert (403, "scope") == (answer.status_code, answer.json()["title"])


async def test_a_rotated_key_works_until_its_time_and_the_new_one_at_once(
    http: Any, store: Store, clock: HeldClock, app: App, made: NewKey
) -> None:
    fresh = App(http, partners.rotate(store, made.partner, timedelta(hours=24)).key)
    thread = (await app.opens())["conversation"]

    assert thread == (await fresh.opens())["conversation"]
    clock.forward(hours=23)
    assert 200 == (await app.get(f"/conversations/{thread}/replies")).status_code
    clock.forward(hours=2)
    assert 401 == (await app.get(f"/conversations/{thread}/replies")).status_code
    assert 200 == (await fresh.get(f"/conversations/{thread}/replies")).status_code


async def test_a_revoked_partner_and_a_revoked_key_are_out_at_once(http: Any, store: Store, app: App, made: NewKey) -> None:
    second = partners.rotate(store, made.partner, timedelta(hours=24))
    partners.revoke(store, made.key.split("_")[1])
    assert 401 == (await app.post("/conversations", {"reference": ANA})).status_code
    assert 201 == (await App(http, second.key).post("/conversations", {"reference": ANA})).status_code

    partners.revoke(store, made.partner)

    assert 401 == (await App(http, second.key).post("/conversations", {"reference": ANA})).status_code
    with pytest.raises(partners.NoSuchPartner):
        partners.rotate(store, made.partner, timedelta(0))
    with pytest.raises(partners.NoSuchPartner):
        partners.revoke(store, made.partner)


async def test_the_database_holds_no_key_no_code_and_no_reference(app: App, store: Store, made: NewKey) -> None:
    opened = await app.opens()
    await app.says(opened["conversation"], "halo")

    with store.database.read() as connection:
        held = str([connection.execute(select(table)).all() for table in (Partner, PartnerKey, PartnerThread, PartnerLetter, Audit)])
    for secret in (made.key, made.signing, opened["code"], ANA):
        assert secret not in held


async def test_too_many_requests_are_told_when_to_come_back(store: Store) -> None:
    now = [0.0]
    key = partners.add(store, "Ramai", per_minute=60).key
    async with AsyncTestClient(Litestar([router(intake(store), Rates(lambda: now[0]))], openapi_config=None)) as http:
        app = App(http, key)
        codes = [(await app.post("/reports/status", {"code": "aaaa-aaaa-aaaa"})).status_code for _ in range(11)]
        late = await app.post("/reports/status", {"code": "aaaa-aaaa-aaaa"})
        now[0] = 1.1
        again = await app.post("/reports/status", {"code": "aaaa-aaaa-aaaa"})

    assert [404] * 10 + [429] == codes
    assert (429, "1") == (late.status_code, late.headers["retry-after"])
    assert 404 == again.status_code


async def test_what_cannot_be_stored_is_not_thanked(app: App, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    def locked(*_args: Any) -> None:
        raise OperationalError("INSERT", {}, Exception("database is locked"))

    thread = (await app.opens())["conversation"]
    with monkeypatch.context() as while_locked:
        while_locked.setattr(inbox, "receive", locked)
        answer = await app.post(f"/conversations/{thread}/messages", {"id": "pesan-0001", "text": "halo"})

    assert (503, "2", "application/problem+json") == (
        answer.status_code,
        answer.headers["retry-after"],
        answer.headers["content-type"],
    )
    assert 202 == await app.says(thread, "halo")
    assert [("text", "halo")] == transcript(store)


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (b"[" * 100_000, 400),
        (b'{"reference":' * 9_000, 400),
        (b'{"reference": "' + b"a" * BODY_AT_MOST + b'"}', 413),
        (b"\x1f\x8b" + b"\0" * 1_000, 400),
        (b"bukan json", 400),
        (b'{"reference": "orang 1"}', 400),
        (b'{"reference": "orang-0000001", "lain": 1}', 400),
        (b'{"reference": "0812"}', 400),
        (b"", 400),
    ],
)
async def test_bombs_and_odd_bodies_are_refused_as_problems_and_leave_no_row(app: App, store: Store, raw: bytes, expected: int) -> None:
    await app.get("/conversations/x/replies")  # the key was used: that is written once an hour
    before = rows(store)

    answer = await app.http.post(f"{PATH}/conversations", content=raw, headers=app.headers | {"Content-Type": "application/json"})

    assert (expected, "application/problem+json") == (answer.status_code, answer.headers["content-type"])
    assert before == rows(store)
    assert "orang 1" not in answer.text


async def test_a_long_text_is_kept_whole_and_an_endless_one_is_refused(app: App, store: Store) -> None:
    thread = (await app.opens())["conversation"]

    assert 202 == await app.says(thread, "kata " * 3_000)
    assert 400 == await app.says(thread, "a" * 20_001, "pesan-0002")
    assert 422 == await app.says(thread, " \u200b ", "pesan-0003")
    assert 3_000 == len(" ".join(text for _, text in transcript(store)).split())


async def test_the_description_names_every_address_and_how_to_come_in(http: Any) -> None:
    told = (await http.get(f"{PATH}/openapi.json")).json()

    assert {
        f"{PATH}/conversations",
        f"{PATH}/conversations/{{conversation}}/messages",
        f"{PATH}/conversations/{{conversation}}/location",
        f"{PATH}/conversations/{{conversation}}/replies",
        f"{PATH}/reports/status",
    } == set(told["paths"])
    assert all(operation["security"] == [{"key": []}] for path in told["paths"].values() for operation in path.values())
