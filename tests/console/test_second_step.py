"""The second step at the desk's door, with codes, passkeys and paper; and one's own account page."""

import re
from collections.abc import Callable

import pytest

from damping.console.doors import ENROLMENT, LOCK, SECOND_STEP
from damping.store import factors, officer_sessions, officers
from damping.store.context import Store
from damping.store.officer_sessions import Stage
from damping.store.officers import NewAccount, Role
from tests.console.people import PASSWORD, Browser, Office, next_code, said
from tests.console.softkey import SoftKey
from tests.support import HeldClock

Fresh = Callable[[], Browser]


async def half_way(visitor: Browser, login: str, password: str = PASSWORD) -> Browser:
    """The password is given, the second factor is not."""
    await visitor.get("/masuk")
    answer = await visitor.post("/masuk", nama=login, sandi=password, lanjut="/")
    await visitor.get(answer.headers["location"])
    return visitor


async def register(visitor: Browser, key: SoftKey) -> int:
    """Keep a passkey on the signed-in officer's account."""
    await visitor.get(ENROLMENT)
    options = (await visitor.post(f"{ENROLMENT}/tantangan")).text
    return (await visitor.post(f"{ENROLMENT}/kunci-sandi", jawaban=key.made(options), perangkat="kunci")).status_code


async def test_a_stolen_password_alone_opens_nothing(browser: Fresh, office: Office) -> None:
    office.officer("rina")
    conversation = office.hears("rahasia")
    thief = await half_way(browser(), "rina")

    answers = [await thief.get(path) for path in ("/", f"/percakapan/{conversation}", "/saya", "/antrean", ENROLMENT)]

    assert {SECOND_STEP} == {answer.headers["location"].partition("?")[0] for answer in answers}
    assert [] == office.acts("signed_in")
    stream = await thief.get("/arus", accept="text/event-stream")
    assert "selesai" in stream.text
    assert "keadaan" not in stream.text


async def test_a_code_seen_over_the_shoulder_opens_no_second_browser(browser: Fresh, office: Office) -> None:
    office.officer("rina")
    rina, thief = await half_way(browser(), "rina"), await half_way(browser(), "rina")
    code = next_code(office.store, "rina")

    assert 303 == (await rina.post(SECOND_STEP, kode=code)).status_code
    again = await thief.post(SECOND_STEP, kode=code)

    assert 401 == again.status_code
    assert "hanya berlaku sekali" in said(again)


async def test_after_five_wrong_codes_the_password_is_asked_for_again(browser: Fresh, office: Office) -> None:
    office.officer("rina")
    guesser = await half_way(browser(), "rina")

    tries = [(await guesser.post(SECOND_STEP, kode="000000")).status_code for _ in range(5)]
    right = await guesser.post(SECOND_STEP, kode=next_code(office.store, "rina"))

    assert [401] * 5 == tries
    assert "/masuk" == right.headers["location"]
    assert [] == office.acts("signed_in")


async def test_wrong_codes_are_slowed_down_over_all_sign_ins(browser: Fresh, office: Office, paused: list[float]) -> None:
    office.officer("rina")

    for _ in range(3):
        guesser = await half_way(browser(), "rina")
        for _ in range(3):
            await guesser.post(SECOND_STEP, kode="000000")

    assert [2, 4, 8, 16] == paused


async def test_a_sign_in_that_stops_half_way_ends_by_itself(browser: Fresh, office: Office, clock: HeldClock) -> None:
    office.officer("rina")
    rina = await half_way(browser(), "rina")

    clock.forward(minutes=10)

    assert "/masuk" == (await rina.post(SECOND_STEP, kode=next_code(office.store, "rina"))).headers["location"]


async def test_the_session_changes_its_cookie_when_it_becomes_whole(browser: Fresh, office: Office) -> None:
    office.officer("rina")
    rina = await half_way(browser(), "rina")
    half = rina.token

    await rina.post(SECOND_STEP, kode=next_code(office.store, "rina"))

    assert rina.token != half
    assert "/masuk" == (await browser().brings(half).get("/")).headers["location"]


async def test_a_recovery_code_lets_in_once_and_leads_to_ones_own_account(browser: Fresh, office: Office) -> None:
    rina_id = office.officer("rina")
    code = factors.make_codes(office.store, rina_id)[4]
    rina, thief = await half_way(browser(), "rina"), await half_way(browser(), "rina")

    first = await rina.post(SECOND_STEP, kode=code)
    second = await thief.post(SECOND_STEP, kode=code)

    assert "/saya?kabar=kode_terpakai" == first.headers["location"]
    assert "Tersisa 9 dari 10" in said(await rina.get("/saya"))
    assert 401 == second.status_code


async def test_an_account_without_a_second_factor_can_do_nothing_but_get_one(browser: Fresh, store: Store) -> None:
    officers.add(store, NewAccount("rina", "Rina", PASSWORD), Role.PETUGAS)
    rina = await half_way(browser(), "rina")

    assert {ENROLMENT} == {(await rina.get(path)).headers["location"] for path in ("/", "/saya", "/antrean")}
    assert 303 == (await rina.post("/saya/kode-pemulihan")).status_code
    await rina.get(ENROLMENT)
    key = SoftKey()
    options = (await rina.post(f"{ENROLMENT}/tantangan")).text
    page = await rina.post(f"{ENROLMENT}/kunci-sandi", jawaban=key.made(options), perangkat="laptop meja")

    assert "Simpan sepuluh kode" in said(page)
    assert 200 == (await rina.get("/")).status_code
    assert ["laptop meja"] == [one.name for one in factors.kept(store, factors_owner(store, "rina"))]


def factors_owner(store: Store, login: str) -> officers.OfficerId:
    found = officers.verify(store, login, PASSWORD)
    assert found is not None
    return found


async def test_a_passkey_opens_the_second_step_and_a_locked_desk(browser: Fresh, office: Office, clock: HeldClock) -> None:
    office.officer("rina")
    key = SoftKey()
    assert 303 == await register(await browser().as_("rina"), key)
    rina = await half_way(browser(), "rina")
    assert "Pakai kunci sandi" in said(await rina.get(SECOND_STEP))

    options = (await rina.post(f"{SECOND_STEP}/tantangan")).text
    answer = await rina.post(SECOND_STEP, jawaban=key.signed(options), lanjut="/")
    assert (303, "/") == (answer.status_code, answer.headers["location"])
    await rina.get("/")

    clock.forward(minutes=5)
    options = (await rina.post(f"{LOCK}/tantangan")).text
    assert (303, "/") == (
        (locked := await rina.post(LOCK, jawaban=key.signed(options), lanjut="/")).status_code,
        locked.headers["location"],
    )
    assert 200 == (await rina.get("/")).status_code


@pytest.mark.parametrize("wrong", ["replayed", "other challenge", "other origin", "other key", "cloned", "rubbish", "none asked"])
async def test_a_passkeys_answer_that_does_not_fit_opens_nothing(wrong: str, browser: Fresh, office: Office) -> None:
    office.officer("rina")
    key = SoftKey()
    await register(await browser().as_("rina"), key)
    rina = await half_way(browser(), "rina")
    options = (await rina.post(f"{SECOND_STEP}/tantangan")).text
    answer = key.signed(options)
    if wrong == "replayed":
        await rina.post(SECOND_STEP, jawaban=answer)
        rina = await half_way(browser(), "rina")
        await rina.post(f"{SECOND_STEP}/tantangan")
    elif wrong == "other challenge":
        await rina.post(f"{SECOND_STEP}/tantangan")
    elif wrong == "other origin":
        answer = key.signed(options, "https://meja-palsu.test")
    elif wrong == "other key":
        stranger = SoftKey()
        stranger.id = key.id
        answer = stranger.signed(options)
    elif wrong == "cloned":
        key.count = 0
        answer = key.signed(options)
    elif wrong == "rubbish":
        answer = '{"id": "x", "rawId": ["x"], "type": 3}'
    elif wrong == "none asked":
        rina = await half_way(browser(), "rina")

    assert 401 == (await rina.post(SECOND_STEP, jawaban=answer)).status_code


async def test_a_colleagues_passkey_opens_only_their_own_account(browser: Fresh, office: Office) -> None:
    office.officer("rina")
    office.officer("budi")
    budis = SoftKey()
    await register(await browser().as_("budi"), budis)
    await register(await browser().as_("rina"), SoftKey())
    rina = await half_way(browser(), "rina")

    options = (await rina.post(f"{SECOND_STEP}/tantangan")).text

    assert 401 == (await rina.post(SECOND_STEP, jawaban=budis.signed(options))).status_code


async def test_a_passkey_is_asked_for_only_where_browsers_make_them(browser: Fresh, office: Office) -> None:
    office.officer("rina")
    rina = await browser().as_("rina")

    assert "Daftarkan kunci sandi" in said(await rina.get(ENROLMENT))
    assert 200 == (await rina.post(f"{ENROLMENT}/tantangan")).status_code
    assert 422 == (await rina.post(f"{ENROLMENT}/kunci-sandi", jawaban="x")).status_code


async def test_changing_how_one_signs_in_asks_again_who_one_is(browser: Fresh, office: Office, clock: HeldClock) -> None:
    office.officer("rina")
    rina = await browser().as_("rina")
    for _ in range(3):
        clock.forward(minutes=4)
        await rina.post("/hadir")

    asked = await rina.get(ENROLMENT)
    refused = await rina.post("/saya/sandi", sandi="kata sandi yang baru sekali")
    await rina.get(asked.headers["location"])
    proved = await rina.post(LOCK, kode=PASSWORD, lanjut=ENROLMENT)

    assert f"{LOCK}?lanjut={ENROLMENT}" == asked.headers["location"]
    assert LOCK == refused.headers["location"].partition("?")[0]
    assert ENROLMENT == proved.headers["location"]
    assert 200 == (await rina.get(ENROLMENT)).status_code
    assert officers.verify(office.store, "rina", PASSWORD)


async def test_ones_own_devices_are_listed_and_can_be_signed_out(browser: Fresh, office: Office) -> None:
    rina_id = office.officer("rina")
    office.officer("budi")
    phone, desk, budi = browser(), browser(), await browser().as_("budi")
    phone.client.headers["user-agent"] = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/130.0 Mobile Safari/537.36"
    await phone.sign_in("rina")
    await desk.as_("rina")

    page = await desk.get("/saya")
    handle = re.search(r"/saya/perangkat/([0-9a-f]{64})", page.text).group(1)  # type: ignore[union-attr]
    stranger = await budi.post(f"/saya/perangkat/{handle}")
    assert "Chrome · Android" in said(page)
    assert 404 == stranger.status_code
    assert 200 == (await phone.get("/")).status_code
    assert 303 == (await desk.post(f"/saya/perangkat/{handle}")).status_code

    assert "/masuk" == (await phone.get("/")).headers["location"]
    assert 200 == (await desk.get("/")).status_code
    assert 404 == (await desk.post(f"/saya/perangkat/{handle}")).status_code
    assert handle not in [one.handle for one in officer_sessions.open_ones(office.store, rina_id, officer_sessions.Limits())]


async def test_a_new_password_signs_out_every_other_browser(browser: Fresh, office: Office) -> None:
    office.officer("rina")
    here, there = await browser().as_("rina"), await browser().as_("rina")

    assert 422 == (await here.post("/saya/sandi", sandi="pendek")).status_code
    assert 303 == (await here.post("/saya/sandi", sandi="kata sandi yang baru sekali")).status_code

    assert 200 == (await here.get("/")).status_code
    assert "/masuk" == (await there.get("/")).headers["location"]
    assert officers.verify(office.store, "rina", PASSWORD) is None


async def test_a_factor_of_a_colleague_cannot_be_taken_off(browser: Fresh, office: Office) -> None:
    """The first finding of SecureDrop's last audit: changing the second factor of another account by its id."""
    rina_id = office.officer("rina")
    office.officer("budi")
    await register(await browser().as_("rina"), SoftKey())
    budi = await browser().as_("budi")

    answers = [(await budi.post(f"/saya/faktor/{one.id}")).status_code for one in factors.kept(office.store, rina_id)]

    assert [404, 404] == answers
    assert 2 == len(factors.kept(office.store, rina_id))


async def test_half_sessions_are_no_devices(store: Store, office: Office) -> None:
    rina = office.officer("rina")
    officer_sessions.begin(store, rina, stage=Stage.PASSWORD)

    assert [] == officer_sessions.open_ones(store, rina, officer_sessions.Limits())
