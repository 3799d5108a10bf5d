"""Which conversation an officer may read, and the glass that is broken to read another."""

from collections.abc import Callable

import pytest

from damping.casework.ids import ConversationId
from damping.store import desk, glass, labels, review, takeover
from damping.store.context import Store
from damping.store.desk import NotFound, Viewer
from damping.store.officers import Role
from damping.store.search import search
from rules.levels import Level
from tests.console.people import Browser, Office, said
from tests.support import HeldClock

Fresh = Callable[[], Browser]
WHY = "pelapor menelepon kantor dan menyebut chat minggu lalu"


def gone_by(office: Office, clock: HeldClock) -> ConversationId:
    """A harmless conversation of the day before yesterday: the queue shows it no more."""
    conversation = office.hears("cerita lama")
    clock.forward(hours=48)
    return conversation


def may(store: Store, viewer: Viewer, conversation: ConversationId) -> bool:
    try:
        desk.read(store, viewer, conversation)
    except NotFound:
        return False
    return True


def test_who_may_read_what(store: Store, office: Office, clock: HeldClock) -> None:
    rina, budi, sari = office.officer("rina"), office.officer("budi"), office.officer("sari", Role.SUPERVISOR)
    old = gone_by(office, clock)
    present = office.hears("baru saja", sender="2")
    urgent = office.hears("tolong", Level.MERAH, ("dicekik",), sender="3")
    petugas, supervisor = Viewer(rina, Role.PETUGAS), Viewer(sari, Role.SUPERVISOR)

    assert [False, True, True] == [may(store, petugas, one) for one in (old, present, urgent)]
    assert [True, True, True] == [may(store, supervisor, one) for one in (old, present, urgent)]
    for role in (Role.PELATIH, Role.ADMIN):
        assert [False, False, False] == [may(store, Viewer(budi, role), one) for one in (old, present, urgent)]


def test_who_wrote_in_a_conversation_may_read_it_later(store: Store, office: Office, clock: HeldClock) -> None:
    rina, budi = office.officer("rina"), office.officer("budi")
    conversation = office.hears("halo")
    takeover.note(store, conversation, rina, "sudah ditelepon")
    clock.forward(hours=48)

    assert may(store, Viewer(rina, Role.PETUGAS), conversation)
    assert not may(store, Viewer(budi, Role.PETUGAS), conversation)


def test_acting_is_forbidden_where_reading_is(store: Store, office: Office, clock: HeldClock) -> None:
    viewer = Viewer(office.officer("rina"), Role.PETUGAS)
    conversation = gone_by(office, clock)

    with pytest.raises(NotFound):
        desk.reach(store, viewer, conversation)


def test_the_glass_opens_one_conversation_to_one_officer_for_an_hour(store: Store, office: Office, clock: HeldClock) -> None:
    rina, budi = (Viewer(office.officer(login), Role.PETUGAS) for login in ("rina", "budi"))
    old = gone_by(office, clock)

    assert old == glass.break_it(store, rina.officer, rina.role, f" {old[:5].upper()} ", WHY)

    assert may(store, rina, old)
    assert not may(store, budi, old)
    clock.forward(minutes=61)
    assert not may(store, rina, old)
    assert [(rina.officer, "glass_broken", old)] == office.acts("glass_broken")


@pytest.mark.parametrize("sign", ["", "abcd", "%%%%%", "_____", "zzzzz", "0" * 40, "'or 1"])
def test_a_sign_that_names_no_conversation_opens_none(sign: str, store: Store, office: Office, clock: HeldClock) -> None:
    rina = office.officer("rina")
    gone_by(office, clock)

    assert glass.break_it(store, rina, Role.PETUGAS, sign, WHY) is None

    assert [] == glass.listed(store)


@pytest.mark.parametrize("role", [Role.PELATIH, Role.ADMIN])
def test_no_glass_for_those_who_never_see_a_persons_words(role: Role, store: Store, office: Office, clock: HeldClock) -> None:
    other = office.officer("tari", role)
    old = gone_by(office, clock)

    assert glass.break_it(store, other, role, old, WHY) is None


async def test_the_supervisor_reads_the_reason_in_the_morning(browser: Fresh, office: Office, clock: HeldClock) -> None:
    office.officer("rina")
    office.officer("sari", Role.SUPERVISOR)
    old = gone_by(office, clock)
    rina = await browser().as_("rina")
    assert 404 == (await rina.get(f"/percakapan/{old}")).status_code

    short = await rina.post("/kaca", kode=old[:5], alasan="ingin tahu")
    missing = await rina.post("/kaca", kode="fffff0", alasan=WHY)
    opened = await rina.post("/kaca", kode=old[:5], alasan=WHY)

    assert [422, 404] == [short.status_code, missing.status_code]
    assert WHY in missing.text, "what was typed stays"
    assert f"/percakapan/{old}" == opened.headers["location"]
    assert "cerita lama" in said(await rina.get(f"/percakapan/{old}"))

    clock.forward(hours=10)
    sari = await browser().as_("sari")
    assert "Akses luar tugas (1)" in said(await sari.get("/"))
    page = await sari.get("/kaca/dibuka")
    assert WHY in said(page)
    assert "Rina" in said(page)
    [broken] = glass.listed(office.store)
    assert 303 == (await sari.post(f"/kaca/dibuka/{broken.id}")).status_code
    assert 404 == (await sari.post(f"/kaca/dibuka/{broken.id}")).status_code
    assert "Akses luar tugas (" not in said(await sari.get("/"))
    assert "Diperiksa Sari" in said(await sari.get("/kaca/dibuka"))


async def test_missing_and_beyond_ones_right_look_alike(browser: Fresh, office: Office, clock: HeldClock) -> None:
    office.officer("rina")
    old = gone_by(office, clock)
    rina = await browser().as_("rina")

    answers = [await rina.get(f"/percakapan/{one}") for one in (old, "0" * 32)]

    assert [404, 404] == [answer.status_code for answer in answers]
    assert answers[0].text == answers[1].text
    assert [] == office.acts("conversation_read")


def test_ids_that_are_guessed_give_nothing(store: Store, office: Office, clock: HeldClock) -> None:
    viewer = Viewer(office.officer("rina"), Role.PETUGAS)
    old = gone_by(office, clock)
    tried = [old] + [f"{number:032x}" for number in range(200)]

    assert not any(may(store, viewer, ConversationId(one)) for one in tried)


def test_a_search_shows_only_what_its_officer_may_read(store: Store, office: Office, clock: HeldClock) -> None:
    rina, sari = Viewer(office.officer("rina"), Role.PETUGAS), Viewer(office.officer("sari", Role.SUPERVISOR), Role.SUPERVISOR)
    old = gone_by(office, clock)
    present = office.hears("cerita baru", sender="2")

    assert [present] == [one.conversation for one in search(store, rina, "cerita").found]
    assert [] == office.acts("conversation_found")[1:]
    assert [present, old] == [one.conversation for one in search(store, sari, "cerita").found]
    assert () == search(store, rina, old[:8]).found, "nor by its code"
    glass.break_it(store, rina.officer, rina.role, old[:8], WHY)
    assert [present, old] == [one.conversation for one in search(store, rina, "cerita").found]


def test_labels_and_levels_are_changed_only_where_one_may_read(store: Store, office: Office, clock: HeldClock) -> None:
    rina, sari = Viewer(office.officer("rina"), Role.PETUGAS), Viewer(office.officer("sari", Role.SUPERVISOR), Role.SUPERVISOR)
    labels.add(store, sari, "Visum")
    [label] = labels.every(store, sari)
    old = gone_by(office, clock)

    with pytest.raises(NotFound):
        labels.put(store, rina, old, label.id, on=True)
    with pytest.raises(NotFound):
        review.rate_urgent(store, rina, old, "alasan")

    assert {} == labels.of(store, sari, [old])
    assert Level.HIJAU is desk.reach(store, sari, old)
    labels.put(store, sari, old, label.id, on=True)
    assert [label] == list(labels.of(store, sari, [old])[old])
