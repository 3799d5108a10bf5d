"""The accounts page: who may do what to whom, and how fast a lost phone is locked out."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest

from damping.console import stream
from damping.store import accounts, factors, officer_sessions, officers
from damping.store.accounts import LastManager
from damping.store.context import Store
from damping.store.desk import NotFound, Viewer
from damping.store.officer_sessions import Limits
from damping.store.officers import NewAccount, Role
from tests.console.people import PASSWORD, Browser, Office, next_code, said
from tests.console.test_second_step import half_way
from tests.support import HeldClock

Fresh = Callable[[], Browser]
ID = "0" * 32


async def test_a_supervisor_invites_and_the_link_is_shown_once(browser: Fresh, office: Office) -> None:
    office.officer("sari", Role.SUPERVISOR)
    sari = await browser().as_("sari")
    await sari.get("/akun")

    page = await sari.post("/akun/undang", peran="petugas")
    link = re.search(r"https://meja\.test(/undangan/[\w-]{43})", page.text).group(1)  # type: ignore[union-attr]

    assert "akun petugas" in said(await browser().get(link))
    later = await sari.get("/akun")
    assert link not in later.text
    assert "Belum dipakai petugas dari Sari" in said(later)
    assert [(accounts_of(office, "sari"), "officer_invited", "petugas")] == office.acts("officer_invited")


def accounts_of(office: Office, login: str) -> str:
    found = officers.verify(office.store, login, PASSWORD)
    assert found is not None
    return found


async def test_an_invitation_can_be_withdrawn(browser: Fresh, office: Office) -> None:
    office.officer("sari", Role.SUPERVISOR)
    sari = await browser().as_("sari")
    page = await sari.post("/akun/undang", peran="petugas")
    link = re.search(r"(/undangan/[\w-]{43})", page.text).group(1)  # type: ignore[union-attr]
    handle = re.search(r"/akun/undangan/([0-9a-f]{64})", page.text).group(1)  # type: ignore[union-attr]

    assert 303 == (await sari.post(f"/akun/undangan/{handle}")).status_code

    assert 404 == (await browser().get(link)).status_code
    assert 404 == (await sari.post(f"/akun/undangan/{handle}")).status_code


@pytest.mark.parametrize("act", ["peran", "keluarkan", "kunci", "kembali"])
@pytest.mark.parametrize("whom", ["nobody there", "an admin", "oneself", "a petugas"])
async def test_a_supervisor_reaches_colleagues_but_neither_admins_nor_themselves(
    act: str, whom: str, browser: Fresh, office: Office
) -> None:
    own = office.officer("sari", Role.SUPERVISOR)
    admin, petugas = office.officer("adi", Role.ADMIN), office.officer("rina")
    sari = await browser().as_("sari")
    if act == "kembali":
        accounts.lock_out(office.store, Viewer(admin, Role.ADMIN), petugas)
    target = {"nobody there": ID, "an admin": admin, "oneself": own, "a petugas": petugas}[whom]
    before = office.acts()

    answer = await sari.post(f"/akun/{target}/{act}", peran="pelatih")

    if whom == "a petugas":
        assert answer.status_code in (200, 303)
    else:
        assert 404 == answer.status_code
        assert before == office.acts()


async def test_nobody_gives_a_role_above_their_reach(browser: Fresh, office: Office) -> None:
    office.officer("sari", Role.SUPERVISOR)
    rina = office.officer("rina")
    sari = await browser().as_("sari")

    assert 404 == (await sari.post("/akun/undang", peran="admin")).status_code
    assert 404 == (await sari.post(f"/akun/{rina}/peran", peran="admin")).status_code
    assert 404 == (await sari.post(f"/akun/{rina}/peran", peran="raja")).status_code

    assert [] == office.acts("role_changed") + office.acts("officer_invited")


async def test_a_new_role_counts_at_once(browser: Fresh, office: Office) -> None:
    office.officer("sari", Role.SUPERVISOR)
    rina_id = office.officer("rina")
    conversation = office.hears("rahasia")
    sari, rina = await browser().as_("sari"), await browser().as_("rina")
    assert 200 == (await rina.get(f"/percakapan/{conversation}")).status_code

    await sari.post(f"/akun/{rina_id}/peran", peran="pelatih")

    assert 404 == (await rina.get(f"/percakapan/{conversation}")).status_code


def test_somebody_always_stays_who_can_let_others_in(store: Store, office: Office) -> None:
    """Two admins lock each other: the second is refused."""
    adi, dewi = office.officer("adi", Role.ADMIN), office.officer("dewi", Role.ADMIN)
    accounts.lock_out(store, Viewer(adi, Role.ADMIN), dewi)

    with pytest.raises(LastManager):
        accounts.lock_out(store, Viewer(dewi, Role.ADMIN), adi)
    with pytest.raises(LastManager):
        accounts.change_role(store, Viewer(dewi, Role.ADMIN), adi, Role.PETUGAS)

    assert officers.verify(store, "adi", PASSWORD) == adi


def test_only_managers_see_accounts(store: Store, office: Office) -> None:
    rina, tari = office.officer("rina"), office.officer("tari", Role.PELATIH)

    for viewer in (Viewer(rina, Role.PETUGAS), Viewer(tari, Role.PELATIH)):
        with pytest.raises(NotFound):
            accounts.staff(store, viewer, Limits())
        with pytest.raises(NotFound):
            accounts.invite(store, viewer, Role.PETUGAS)
        with pytest.raises(NotFound):
            accounts.withdraw(store, viewer, "00")


async def test_a_lost_phone_is_out_everywhere_and_its_owner_comes_back_by_a_link(browser: Fresh, office: Office) -> None:
    office.officer("sari", Role.SUPERVISOR)
    rina_id = office.officer("rina")
    codes = factors.make_codes(office.store, rina_id)
    sari, phone, other = await browser().as_("sari"), await browser().as_("rina"), await half_way(browser(), "rina")

    assert 303 == (await sari.post(f"/akun/{rina_id}/kunci")).status_code

    assert "/masuk" == (await phone.get("/")).headers["location"]
    assert "/masuk" == (await other.post("/masuk/langkah-kedua", kode=codes[0])).headers["location"]
    assert 401 == (await browser().sign_in("rina")).status_code
    assert [] == factors.kept(office.store, rina_id)
    assert not factors.spend_totp(office.store, rina_id, next_code(office.store, "rina"))

    page = await sari.post(f"/akun/{rina_id}/kembali")
    link = re.search(r"(/undangan/[\w-]{43})", page.text).group(1)  # type: ignore[union-attr]
    rina = browser()
    assert "Masuk kembali" in said(await rina.get(link))
    answer = await rina.post(link, sandi="kata sandi baru yang panjang")
    assert "/masuk/pasang" == answer.headers["location"]
    assert 404 == (await browser().get(link)).status_code
    assert rina_id == officers.verify(office.store, "rina", "kata sandi baru yang panjang")
    assert officers.verify(office.store, "rina", PASSWORD) is None


def test_a_way_back_makes_no_new_account_and_an_invitation_opens_no_old_one(store: Store, office: Office) -> None:
    adi, rina = office.officer("adi", Role.ADMIN), office.officer("rina")
    accounts.lock_out(store, Viewer(adi, Role.ADMIN), rina)
    back = accounts.let_back(store, Viewer(adi, Role.ADMIN), rina)
    invitation = officers.invite(store, Role.PETUGAS)

    with pytest.raises(officers.InvitationClosed):
        officers.accept(store, back, NewAccount("baru", "Baru", PASSWORD))
    with pytest.raises(officers.InvitationClosed):
        officers.come_back(store, invitation, PASSWORD)

    again = accounts.let_back(store, Viewer(adi, Role.ADMIN), rina)
    with pytest.raises(officers.InvitationClosed):
        officers.look_at(store, back)
    assert rina == officers.come_back(store, again, PASSWORD)


@pytest.mark.parametrize("how", ["locked out", "sessions ended", "signed out elsewhere"])
async def test_an_open_live_stream_ends_within_a_minute(
    how: str, browser: Fresh, office: Office, app: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It looks at its session again every ten seconds; here its own clock is moved instead of waiting."""
    ticks = [0.0]
    monkeypatch.setattr(stream.time, "monotonic", lambda: ticks[0])
    adi, rina = office.officer("adi", Role.ADMIN), office.officer("rina")
    token = officer_sessions.begin(office.store, rina)
    page = stream._Page(a_visit(office, app, token))
    assert "keadaan" in {event.event for event in await page.news([])}

    match how:
        case "locked out":
            accounts.lock_out(office.store, Viewer(adi, Role.ADMIN), rina)
        case "sessions ended":
            accounts.end_sessions(office.store, Viewer(adi, Role.ADMIN), rina)
        case _:
            officer_sessions.end_all(office.store, rina, rina)
    ticks[0] += 60

    assert ["selesai"] == [event.event for event in await page.news([])]
    assert page.over


def a_visit(office: Office, app: object, token: str) -> object:
    """What the stream's handler gets, without a socket."""
    from litestar.connection import Request

    from damping.casework.ids import OfficerId
    from damping.console.config import ConsoleConfig
    from damping.console.pages import Pages
    from damping.console.strip import Strip
    from damping.console.visit import Desk, Visit
    from damping.store.live import Live
    from tests.console.conftest import TEXTS
    from tests.console.people import ORIGIN

    async def never(_seconds: float) -> None: ...

    store = office.store
    desk = Desk(ConsoleConfig(origins=(ORIGIN,)), store, Live(store), TEXTS, Pages(), Strip(store), never)
    headers = [(b"cookie", f"__Host-damping_meja={token}".encode())]
    request: Request = Request({"type": "http", "headers": headers, "method": "GET", "path": "/arus", "state": {}, "query_string": b""})  # type: ignore[typeddict-item]
    signed = officer_sessions.look(store, token, Limits(), touch=False)
    assert signed is not None
    assert OfficerId(signed.officer)
    return Visit(desk, request, signed, "", {})


def test_sessions_that_are_too_old_are_not_counted(store: Store, office: Office, clock: HeldClock) -> None:
    sari, rina = office.officer("sari", Role.SUPERVISOR), office.officer("rina")
    officer_sessions.begin(store, rina)
    viewer = Viewer(sari, Role.SUPERVISOR)

    def open_ones() -> int:
        return next(one.sessions for one in accounts.staff(store, viewer, Limits()).accounts if one.officer == rina)

    assert 1 == open_ones()
    clock.at += timedelta(hours=8)
    assert 0 == open_ones()
