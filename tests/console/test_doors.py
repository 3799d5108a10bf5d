"""Every route against everybody: generated from the route table, so that a new line is tested by standing there."""

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any, cast

import pytest
from litestar import Litestar, Response

from damping.console import app as desk_app
from damping.console import guarding
from damping.console.doors import Door, Route
from damping.console.routes import ROUTES as DESK_ROUTES
from damping.console.visit import Visit
from damping.store import officer_sessions
from damping.store.officer_sessions import Limits, Stage
from damping.store.officers import Role
from damping.wiring import workbench
from damping.workbench.bench import Bench
from tests.console.people import ORIGIN, Browser, Office, said
from tests.support import HeldClock

Fresh = Callable[[], Browser]
ID = "0" * 32
NO_BENCH = cast(Bench, None)  # the table alone; nothing is called
ROUTES = (*DESK_ROUTES, *workbench.annex(NO_BENCH).routes)

# What a door answers: 'in' reached the handler, 'sign in' was sent there or to the next step, 'not found' as if nothing were there.
_ALL_OUT = dict.fromkeys(("nobody", "ended", "half", "new", "asleep", "petugas", "supervisor", "pelatih", "admin", "stale"), "sign in")
_STAFF = dict.fromkeys(("petugas", "supervisor", "pelatih", "admin", "stale"), "in")
EXPECTED: dict[Door, dict[str, str]] = {
    Door.OPEN: dict.fromkeys(_ALL_OUT, "in"),
    Door.SECOND: {**_ALL_OUT, **dict.fromkeys(_STAFF, "to the desk"), "asleep": "to the desk", "half": "in"},
    Door.ENROL: {**_ALL_OUT, **_STAFF, "new": "in", "stale": "sign in"},
    Door.FRESH: {**_ALL_OUT, **_STAFF, "stale": "sign in"},
    Door.LISTEN: {**_ALL_OUT, **_STAFF, "asleep": "in"},
    Door.SIGNED: {**_ALL_OUT, **_STAFF},
    Door.DUTY: {**_ALL_OUT, **_STAFF, "pelatih": "not found", "admin": "not found"},
    Door.LEAD: {**_ALL_OUT, **_STAFF, "pelatih": "not found", "admin": "not found", "petugas": "not found", "stale": "not found"},
    Door.ACCOUNTS: {**_ALL_OUT, **_STAFF, "pelatih": "not found", "petugas": "not found", "stale": "not found"},
    Door.LESSONS: {**_ALL_OUT, **_STAFF, "admin": "not found", "petugas": "not found", "stale": "not found"},
    Door.TRAINER: {**_ALL_OUT, **dict.fromkeys(_STAFF, "not found"), "pelatih": "in"},
}
PEOPLE = sorted(EXPECTED[Door.OPEN])


def name(route: Route) -> str:
    return f"{route.method} {route.path}"


def address(route: Route) -> str:
    return re.sub(r"\{(\w+):str\}", lambda found: ID if found.group(1) == "conversation" else "hush", route.path)


async def reached(_visit: Visit) -> Response[Any]:
    return Response("reached", status_code=200, media_type="text/plain")


@pytest.fixture
def bare_handlers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Doors as they are, with nothing behind them: an answer says only who came through."""
    made = desk_app._handler
    monkeypatch.setattr(desk_app, "_handler", lambda desk, route: made(desk, replace(route, handler=reached)))


async def person(who: str, browser: Browser, office: Office, clock: HeldClock) -> Browser:
    """half: password only; new: no second factor yet; stale: signed in long ago, at work since."""
    if who == "nobody":
        return browser
    officer = office.officer(who, Role(who) if who in set(Role) else Role.PETUGAS)
    stage = {"half": Stage.PASSWORD, "new": Stage.ENROL}.get(who, Stage.FULL)
    token = officer_sessions.begin(office.store, officer, stage=stage)
    browser.brings(token)
    browser.csrf = guarding.csrf_token(token)
    if who == "asleep":
        clock.forward(minutes=5)
    if who == "stale":
        for _ in range(3):
            clock.forward(minutes=4)
            officer_sessions.look(office.store, token, Limits(), touch=True)
    if who == "ended":
        officer_sessions.end(office.store, token, officer)
    return browser


@pytest.mark.parametrize("who", PEOPLE)
@pytest.mark.usefixtures("bare_handlers")
async def test_every_door_lets_in_whom_it_should(who: str, browser: Fresh, office: Office, clock: HeldClock) -> None:
    visitor = await person(who, browser(), office, clock)
    if who in ("nobody", "ended"):
        visitor.client.cookies.set("__Host-damping_pintu", "x" * 43, domain="meja.test", path="/")
        visitor.csrf = guarding.csrf_token("x" * 43)

    found: dict[str, str] = {}
    for route in ROUTES:
        answer = await (visitor.post(address(route)) if route.method == "POST" else visitor.get(address(route)))
        if answer.text == "reached":
            found[name(route)] = "in"
        elif answer.status_code == 303 and answer.headers["location"].startswith("/masuk"):
            found[name(route)] = "sign in"
        elif answer.status_code == 303 and answer.headers["location"] == "/":
            found[name(route)] = "to the desk"
        else:
            found[name(route)] = {404: "not found"}.get(answer.status_code, str(answer.status_code))

    assert {name(route): EXPECTED[route.door][who] for route in ROUTES} == found


def test_the_app_has_the_routes_of_the_table_and_no_other(app: Litestar) -> None:
    built = {
        f"{method} {handler_path}"
        for route in app.routes
        for handler in route.route_handlers  # type: ignore[union-attr]
        for handler_path in handler.paths
        for method in handler.http_methods
        if method != "OPTIONS"
    }

    assert {name(route) for route in ROUTES} == built
    assert len(ROUTES) == len({name(route) for route in ROUTES})


def test_what_changes_something_is_asked_for_by_post_and_what_refreshes_itself_by_get() -> None:
    assert {"GET", "POST"} == {route.method for route in ROUTES}
    assert all(route.method == "GET" for route in ROUTES if route.by_itself)


CHANGES = [route for route in ROUTES if route.method == "POST"]


@pytest.mark.parametrize(
    ("headers", "token"),
    [
        ({}, ""),
        ({}, "0" * 48),
        ({"Origin": "https://jahat.test"}, "good"),
        ({"Origin": "http://meja.test"}, "good"),
        ({"Origin": "null", "Sec-Fetch-Site": "cross-site"}, "good"),
        ({"Sec-Fetch-Site": "same-site"}, "good"),
        ({"Sec-Fetch-Site": "none"}, "good"),
    ],
)
@pytest.mark.usefixtures("bare_handlers")
async def test_a_change_that_does_not_come_from_our_page_is_refused(
    headers: dict[str, str], token: str, browser: Fresh, office: Office, clock: HeldClock
) -> None:
    insiders = {who: await person(who, browser(), office, clock) for who in ("supervisor", "half", "pelatih")}
    answers = {}
    for route in CHANGES:
        visitor = insiders[{Door.SECOND: "half", Door.TRAINER: "pelatih"}.get(route.door, "supervisor")]
        good = visitor.csrf
        assert "reached" == (await visitor.post(address(route))).text, "the same request with the right token passes"
        visitor.csrf = good if token == "good" else token
        answers[name(route)] = await visitor.post(address(route), headers)
        visitor.csrf = good

    assert {name(route): 403 for route in CHANGES} == {told: answer.status_code for told, answer in answers.items()}


@pytest.mark.usefixtures("bare_handlers")
async def test_our_own_forms_pass_although_browsers_say_null_for_their_origin(browser: Fresh, office: Office, clock: HeldClock) -> None:
    """`Referrer-Policy: no-referrer` makes them say so."""
    visitor = await person("petugas", browser(), office, clock)

    assert "reached" == (await visitor.post("/hadir", {"Origin": "null"})).text
    assert 403 == (await visitor.post("/hadir", {"Origin": "null", "Sec-Fetch-Site": ""})).status_code


async def test_another_officers_token_is_no_good(browser: Fresh, office: Office) -> None:
    office.officer("rina")
    office.officer("budi")
    rina, budi = await browser().as_("rina"), await browser().as_("budi")

    budi.csrf = rina.csrf

    assert 403 == (await budi.post("/hadir")).status_code


async def test_missing_and_forbidden_look_alike(browser: Fresh, office: Office) -> None:
    office.officer("rina")
    office.officer("tari", Role.PELATIH)
    there = office.hears()
    rina, tari = await browser().as_("rina"), await browser().as_("tari")

    missing = await rina.get(f"/percakapan/{ID}")
    forbidden = await tari.get(f"/percakapan/{there}")
    unknown = await rina.get("/tidak-pernah-ada")

    assert [404] * 3 == [answer.status_code for answer in (missing, forbidden, unknown)]
    assert missing.text == forbidden.text == unknown.text
    assert 200 == (await rina.get(f"/percakapan/{there}")).status_code
    assert 1 == len(office.acts("conversation_read"))


@pytest.mark.parametrize("act", ["ambil", "serahkan", "balas", "catatan", "tingkat", "pemberitahuan/hush", "pemberitahuan/lain"])
async def test_acts_on_a_conversation_that_is_not_there_change_nothing(act: str, browser: Fresh, office: Office) -> None:
    office.officer("rina")
    rina = await browser().as_("rina")
    before = office.acts()

    assert 404 == (await rina.post(f"/percakapan/{ID}/{act}", teks="halo", tingkat="hijau", alasan="x")).status_code

    assert before == office.acts()


async def test_a_trainer_is_told_kindly_and_sees_no_queue(browser: Fresh, office: Office) -> None:
    office.officer("tari", Role.PELATIH)
    office.hears("dia bawa golok", reasons=("menyebut golok",))

    page = await (await browser().as_("tari")).get("/")

    assert "Antrean hanya untuk petugas" in said(page)
    assert "golok" not in page.text


async def test_errors_say_what_happened_and_what_was_kept(browser: Fresh, office: Office) -> None:
    office.officer("rina")
    conversation = office.hears()
    rina = await browser().as_("rina")
    rina.csrf = "0" * 48

    piece = await rina.post(f"/percakapan/{conversation}/balas", {"HX-Request": "true"}, teks="halo")
    huge = await rina.client.post(
        "/hadir", content=b"x" * 70_000, headers={"Content-Type": "application/x-www-form-urlencoded", "Origin": ORIGIN}
    )

    assert (403, "#kabar") == (piece.status_code, piece.headers["hx-retarget"])
    assert "terbuka terlalu lama" in said(piece)
    assert 413 == huge.status_code
