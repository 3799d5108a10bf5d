"""In and out at the desk's door."""

import asyncio
import re
from collections.abc import Callable

import pyotp
import pytest

from damping.console.doors import ENROLMENT, LOCK, SECOND_STEP
from damping.store import login_delay, officers
from damping.store.context import Store
from damping.store.officers import Role
from tests.console.people import PASSWORD, Browser, Office, next_code, said
from tests.support import HeldClock

Fresh = Callable[[], Browser]


@pytest.mark.parametrize(
    ("failures", "seconds"),
    [(0, 0), (4, 0), (5, 2), (6, 4), (7, 8), (8, 16), (9, 32), (10, 42), (11, 42), (10_000, 42)],
)
def test_the_delay_grows_from_the_fifth_failure_and_stays_below_45_seconds(failures: int, seconds: int) -> None:
    assert seconds == login_delay.delay_s(failures)


async def test_the_right_password_opens_the_desk(browser: Fresh, office: Office) -> None:
    office.officer("rina")
    rina = browser()

    answer = await rina.sign_in("rina")

    assert (303, "/") == (answer.status_code, answer.headers["location"])
    assert "Antrean" in said(await rina.get("/"))
    assert ["signed_in"] == [act for _, act, _ in office.acts("signed_in")]


async def test_the_session_cookie_is_bound_to_host_tls_and_site(browser: Fresh, office: Office) -> None:
    office.officer("rina")

    cookies = (await browser().sign_in("rina")).headers.get_list("set-cookie")

    session = next(cookie for cookie in cookies if cookie.startswith("__Host-damping_meja="))
    for wanted in ("HttpOnly", "Secure", "SameSite=strict", "Path=/"):
        assert wanted in session
    assert "Domain" not in session
    assert "Max-Age" not in session


async def test_wrong_password_and_unknown_login_look_alike(browser: Fresh, office: Office) -> None:
    office.officer("rina")

    wrong = await browser().sign_in("rina", "salah salah salah")
    unknown = await browser().sign_in("rani", "salah salah salah")

    assert wrong.status_code == unknown.status_code == 401
    assert said(wrong) == said(unknown)
    assert "tidak cocok" in said(wrong)


async def test_failures_are_slowed_down_alike_for_a_login_that_does_not_exist(browser: Fresh, office: Office, paused: list[float]) -> None:
    office.officer("rina")

    for login in ("rina", "rani"):
        paused.clear()
        for _ in range(8):
            await browser().sign_in(login, "salah salah salah")
        assert [2, 4, 8] == paused


async def test_nobody_is_ever_locked_out(browser: Fresh, office: Office, paused: list[float]) -> None:
    office.officer("rina")
    for _ in range(30):
        await browser().sign_in("rina", "salah salah salah")

    answer = await browser().sign_in("rina")

    assert 303 == answer.status_code
    assert 42 == paused[-1] == max(paused)
    paused.clear()
    assert 303 == (await browser().sign_in("rina")).status_code
    assert [] == paused, "success forgets the failures"


async def test_failures_are_forgotten_after_an_hour(browser: Fresh, office: Office, paused: list[float], clock: HeldClock) -> None:
    office.officer("rina")
    for _ in range(12):
        await browser().sign_in("rina", "salah salah salah")
    paused.clear()

    clock.forward(minutes=61)
    await browser().sign_in("rina", "salah salah salah")

    assert [] == paused


async def test_a_strangers_guesses_do_not_delay_a_browser_that_was_in_before(browser: Fresh, office: Office, paused: list[float]) -> None:
    office.officer("rina")
    known = browser()
    await known.sign_in("rina")
    await known.post("/keluar")
    for _ in range(20):
        await browser().sign_in("rina", "salah salah salah")
    paused.clear()

    assert 303 == (await known.sign_in("rina")).status_code

    assert [] == paused


def test_the_sign_of_a_known_browser_counts_for_its_own_login_only(store: Store, clock: HeldClock) -> None:
    sign = login_delay.sign(store, "rina")

    plain = login_delay.lane(store, "budi")
    assert login_delay.lane(store, "rina", sign) != login_delay.lane(store, "rina")
    assert plain == login_delay.lane(store, "budi", sign)
    assert plain == login_delay.lane(store, "budi", "x.1.y")
    assert plain == login_delay.lane(store, "budi", "\xff\udcff..")
    clock.forward(days=31)
    assert login_delay.lane(store, "rina", sign) == login_delay.lane(store, "rina")


async def test_of_many_guesses_at_the_same_moment_few_are_looked_at(
    browser: Fresh, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.officer("rina")
    looked_at: list[str] = []
    real = officers.verify

    def counted(store: Store, login: str, password: str) -> object:
        looked_at.append(login)
        return real(store, login, password)

    monkeypatch.setattr(officers, "verify", counted)
    guesser = browser()
    await guesser.get("/masuk")

    answers = await asyncio.gather(*(guesser.post("/masuk", nama="rina", sandi="salah salah salah") for _ in range(40)))

    found = [answer.status_code for answer in answers]
    assert len(looked_at) == found.count(401) < 40
    assert 40 - len(looked_at) == found.count(429)
    assert 303 == (await browser().sign_in("rina")).status_code


async def test_a_planted_session_cookie_is_not_taken_over(browser: Fresh, office: Office) -> None:
    office.officer("rina")
    rina = browser().brings("ditanam-orang-lain")

    assert 303 == (await rina.sign_in("rina")).status_code

    assert rina.token not in ("", "ditanam-orang-lain")
    assert 303 == (await browser().brings("ditanam-orang-lain").get("/")).status_code


async def test_one_who_is_in_needs_no_form(browser: Fresh, office: Office) -> None:
    office.officer("rina")
    rina = await browser().as_("rina")

    assert "/" == (await rina.get("/masuk")).headers["location"]


async def test_signing_in_again_ends_the_earlier_session_of_the_browser(browser: Fresh, office: Office, clock: HeldClock) -> None:
    office.officer("rina")
    rina = await browser().as_("rina")
    first = rina.token
    clock.forward(minutes=16)

    await rina.sign_in("rina")

    thief = browser()
    thief.brings(first)
    assert rina.token != first
    assert 200 == (await rina.get("/")).status_code
    assert "/masuk" == (await thief.get("/")).headers["location"]


async def test_signing_out_ends_the_session_for_every_copy_of_its_cookie(browser: Fresh, office: Office) -> None:
    office.officer("rina")
    rina = await browser().as_("rina")
    token = rina.token

    assert "/masuk" == (await rina.post("/keluar")).headers["location"]

    copy = browser()
    copy.brings(token)
    assert 303 == (await copy.get("/")).status_code
    assert 1 == len(office.acts("signed_out"))


async def test_a_link_cannot_sign_anybody_out(browser: Fresh, office: Office) -> None:
    office.officer("rina")
    rina = await browser().as_("rina")

    assert 404 == (await rina.get("/keluar")).status_code

    assert 200 == (await rina.get("/")).status_code


async def test_an_idle_session_opens_nothing_and_activity_keeps_it(browser: Fresh, office: Office, clock: HeldClock) -> None:
    office.officer("rina")
    rina = await browser().as_("rina")

    for _ in range(4):
        clock.forward(minutes=4)
        assert 204 == (await rina.post("/hadir")).status_code
    for _ in range(2):
        clock.forward(minutes=3)
        await rina.get("/antrean")  # a page that asks by itself is no officer

    assert "/masuk/terkunci" == (await rina.get("/")).headers["location"]
    assert 401 == (await rina.get("/antrean", **{"HX-Request": "true"})).status_code


async def test_no_session_outlives_a_shift(browser: Fresh, office: Office, clock: HeldClock) -> None:
    office.officer("rina")
    rina = await browser().as_("rina")

    for _ in range(120):
        clock.forward(minutes=4)
        await rina.post("/hadir")

    assert "/masuk" == (await rina.get("/")).headers["location"]


@pytest.mark.parametrize(
    ("asked", "led_to"),
    [
        ("/percakapan/" + "0" * 32, "/percakapan/" + "0" * 32),
        ("/pesan-gagal", "/pesan-gagal"),
        ("/kaca/dibuka", "/kaca/dibuka"),
        ("//jahat.test/", "/"),
        ("https://jahat.test/", "/"),
        ("/\\jahat.test", "/"),
        ("/percakapan/../keluar", "/"),
        ("", "/"),
    ],
)
async def test_after_signing_in_one_lands_on_the_desk_only(browser: Fresh, office: Office, asked: str, led_to: str) -> None:
    office.officer("rina")
    rina = browser()
    await rina.get("/masuk")

    half = (await rina.post("/masuk", nama="rina", sandi=PASSWORD, lanjut=asked)).headers["location"]
    await rina.get(half)
    answer = await rina.post(SECOND_STEP, kode=next_code(rina.store, "rina"), lanjut=asked)

    assert f"{SECOND_STEP}?lanjut={led_to}" == half
    assert led_to == answer.headers["location"]


@pytest.mark.parametrize("by", ["password", "code"])
async def test_a_locked_page_opens_again_without_losing_itself(by: str, browser: Fresh, office: Office, clock: HeldClock) -> None:
    office.officer("rina")
    rina = await browser().as_("rina")
    token = rina.token
    clock.forward(minutes=5)
    piecewise = {"HX-Request": "true"}
    proof = {"password": PASSWORD, "code": next_code(rina.store, "rina")}[by]

    wrong = await rina.post(LOCK, piecewise, kode="salah salah salah", lanjut="/pesan-gagal")
    right = await rina.post(LOCK, piecewise, kode=proof, lanjut="/pesan-gagal")

    assert (401, "#kabar-masuk") == (wrong.status_code, wrong.headers["hx-retarget"])
    assert "<html" not in wrong.text
    assert (200, "/pesan-gagal") == (right.status_code, right.headers["hx-location"])
    assert token == rina.token
    assert 200 == (await rina.get("/")).status_code
    assert 1 == len(office.acts("unlocked"))


async def test_a_locked_page_does_not_open_for_another_officers_password(browser: Fresh, office: Office, clock: HeldClock) -> None:
    office.officer("rina")
    office.officer("budi")
    rina = await browser().as_("rina")
    clock.forward(minutes=5)

    assert 401 == (await rina.post(LOCK, kode=next_code(rina.store, "budi"))).status_code


async def test_many_wrong_tries_at_a_locked_page_end_its_session(browser: Fresh, office: Office, clock: HeldClock) -> None:
    office.officer("rina")
    rina = await browser().as_("rina")
    clock.forward(minutes=5)

    answers = [(await rina.post(LOCK, kode="salah salah salah")).status_code for _ in range(5)]
    last = await rina.post(LOCK, kode=PASSWORD)

    assert [401] * 5 == answers
    assert "/masuk" == last.headers["location"]
    assert "/masuk" == (await rina.get("/")).headers["location"]


async def test_the_invitation_link_makes_the_first_account_and_asks_for_a_second_factor(browser: Fresh, store: Store) -> None:
    link = f"/undangan/{officers.invite(store, Role.SUPERVISOR)}"
    first = browser()
    assert "supervisor" in said(await first.get(link))

    assert 422 == (await first.post(link, panggilan="Rina", nama="rina", sandi="pendek")).status_code
    answer = await first.post(link, panggilan="Rina", nama="rina", sandi=PASSWORD)
    page = await first.get(answer.headers["location"])
    secret = re.search(r'rahasia">([A-Z2-7 ]+)<', page.text).group(1).replace(" ", "")  # type: ignore[union-attr]
    assert ENROLMENT == (await first.get("/")).headers["location"], "nothing else opens before"
    await first.get(ENROLMENT)
    codes = await first.post(f"{ENROLMENT}/kode", kode=pyotp.TOTP(secret).at(store.now()), perangkat="HP saya")

    assert 10 == len(re.findall(r"\d-[A-Z2-9]{5}-[A-Z2-9]{5}", codes.text))
    assert "Rina supervisor" in said(await first.get("/"))
    assert 404 == (await browser().get(link)).status_code


async def test_used_old_and_invented_invitations_look_alike(browser: Fresh, store: Store, clock: HeldClock) -> None:
    used = officers.invite(store, Role.PETUGAS)
    officers.accept(store, used, officers.NewAccount("rina", "Rina", PASSWORD))
    old = officers.invite(store, Role.PETUGAS)
    clock.forward(days=2)

    answers = [await browser().get(f"/undangan/{token}") for token in (used, old, "x" * 43)]

    assert [404] * 3 == [answer.status_code for answer in answers]
    assert 1 == len({answer.text for answer in answers})
