"""The timers of duty with every part real but the calls: alarm to call, the hourly test, waits; nothing sleeps."""

from datetime import timedelta
from pathlib import Path

import pytest

from damping.casework.duty import DutyRules, Message, NotCalled, Way
from damping.store import drills, ladder, reaches, takeover, waits
from damping.store.context import Store
from damping.wiring import duty_rules, settings
from damping.wiring.duty_timers import DutyTimers
from damping.wiring.settings import WrongSetting
from rules.ladder import Duty
from tests.store.duty import Office
from tests.support import HeldClock


class FakeCaller:
    """Remembers whom it called; fails where told."""

    def __init__(self) -> None:
        self.called: list[tuple[str, Message]] = []
        self.fails: NotCalled | None = None

    async def call(self, address: str, message: Message) -> None:
        if self.fails:
            raise self.fails
        self.called.append((address, message))

    async def check(self) -> bool:
        return self.fails is None


@pytest.fixture
def office(store: Store) -> Office:
    return Office(store)


@pytest.fixture
def mail() -> FakeCaller:
    return FakeCaller()


@pytest.fixture
def telegram() -> FakeCaller:
    return FakeCaller()


@pytest.fixture
def timers(store: Store, mail: FakeCaller, telegram: FakeCaller) -> DutyTimers:
    return DutyTimers(store, DutyRules(), {Way.EMAIL: mail, Way.TELEGRAM: telegram})


async def test_an_alarm_that_nobody_takes_climbs_to_the_supervisor_and_stops_with_a_claim(
    store: Store, clock: HeldClock, office: Office, timers: DutyTimers, mail: FakeCaller, telegram: FakeCaller
) -> None:
    tuti, rina = office.supervisor(), office.officer("Rina")
    office.shift(tuti, Duty.ON_CALL, rina)
    office.reach(rina, Way.TELEGRAM, "1001")
    office.reach(tuti, Way.EMAIL, "tuti@kantor.example")
    conversation = office.hears()

    for _ in range(13):  # six minutes and a half, a look each half minute
        await timers.climb()
        clock.forward(seconds=30)
    takeover.claim(store, conversation, rina.officer)
    for _ in range(20):
        await timers.climb()
        clock.forward(seconds=30)

    assert [("1001", Message.ALARM)] == telegram.called
    assert [("tuti@kantor.example", Message.ALARM)] == mail.called
    assert {"done"} == {step.state for step in ladder.steps(store, rina, conversation)}


async def test_a_way_that_fails_brings_the_supervisor_before_the_time_and_is_marked(
    store: Store, clock: HeldClock, office: Office, timers: DutyTimers, mail: FakeCaller, telegram: FakeCaller
) -> None:
    tuti, rina = office.supervisor(), office.officer("Rina")
    office.shift(tuti, Duty.ON_CALL, rina)
    office.reach(rina, Way.TELEGRAM, "1001")
    office.reach(tuti, Way.EMAIL, "tuti@kantor.example")
    telegram.fails = NotCalled(500)
    office.hears()
    clock.forward(seconds=180)

    await timers.climb()
    await timers.climb()

    assert ["tuti@kantor.example"] == [address for address, _ in mail.called]
    assert reaches.own(store, rina)[0].doubtful


async def test_an_address_that_is_gone_is_forgotten(
    store: Store, clock: HeldClock, office: Office, timers: DutyTimers, mail: FakeCaller
) -> None:
    tuti = office.supervisor()
    office.reach(tuti, Way.EMAIL, "lama@kantor.example")
    mail.fails = NotCalled(550, gone=True)
    office.hears()
    clock.forward(seconds=360)

    await timers.climb()

    assert () == reaches.own(store, tuti)


async def test_a_way_that_the_office_has_not_set_up_counts_as_failed(
    store: Store, clock: HeldClock, office: Office, timers: DutyTimers
) -> None:
    tuti = office.supervisor()
    office.reach(tuti, Way.WHATSAPP, "+6281200000000")
    conversation = office.hears()
    clock.forward(seconds=360)

    await timers.climb()

    assert "failed" == ladder.steps(store, tuti, conversation)[0].state


async def test_the_ladder_is_proven_each_hour_without_calling_anybody(
    store: Store, clock: HeldClock, office: Office, timers: DutyTimers, mail: FakeCaller
) -> None:
    tuti = office.supervisor()
    office.reach(tuti)

    await timers.drill()
    drills.desk_heard(store)
    clock.forward(seconds=30)
    await timers.drill()
    with store.database.read() as connection:
        assert drills.last(connection, store) is None, "a desk has a minute"
    clock.forward(seconds=31)
    await timers.drill()

    with store.database.read() as connection:
        tested = drills.last(connection, store)
    assert tested is not None
    assert (True, True, 1, 1) == (tested.well, tested.desk_heard, tested.on_call, tested.reachable)
    assert [] == mail.called
    assert not drills.begin(store), "once an hour"
    clock.forward(minutes=76)
    with store.database.read() as connection:
        assert drills.last(connection, store).stale  # type: ignore[union-attr]


async def test_a_test_that_fails_is_told_to_supervisors_once(
    store: Store, clock: HeldClock, office: Office, timers: DutyTimers, mail: FakeCaller
) -> None:
    tuti = office.supervisor()
    office.reach(tuti)

    for _ in range(3):
        await timers.drill()
        clock.forward(seconds=61)
        await timers.drill()
        clock.forward(hours=1)

    assert [("orang@kantor.example", Message.LADDER)] == mail.called, "no desk heard it; told when it began, not each hour"
    await timers.drill()
    drills.desk_heard(store)
    clock.forward(seconds=61)
    await timers.drill()
    with store.database.read() as connection:
        assert drills.last(connection, store).well  # type: ignore[union-attr]


async def test_waits_are_measured(store: Store, office: Office, timers: DutyTimers) -> None:
    office.hears()

    await timers.measure()

    assert 0 == waits.sweep(store, DutyRules()), "measured already"


def test_the_offices_own_files_make_sense() -> None:
    duty = duty_rules.load(settings.load({}))

    assert timedelta(minutes=5) == duty.rules.times.merah
    assert duty.words.alarm
    assert "http://127.0.0.1:8081" == duty.words.desk


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("on_call_minutes: 3", "on_call_minutes: 30"),
        ("every_minutes: 3", "every_minutes: 0"),
        ("merah_minutes: 5", "merah_minutes: segera"),
        ("  alarm:", "  gawat:"),
        ("service_times:", "tenggat:"),
    ],
)
def test_a_file_that_makes_no_sense_refuses_to_start(tmp_path: Path, old: str, new: str) -> None:
    root = settings.load({}).root
    (tmp_path / "config").mkdir()
    for name in ("office.yml", "jaga.yml"):
        text = (root / "config" / name).read_text(encoding="utf-8")
        (tmp_path / "config" / name).write_text(text.replace(old, new), encoding="utf-8")

    with pytest.raises(WrongSetting, match=r"config/"):
        duty_rules.load(settings.load({}, tmp_path))


@pytest.mark.parametrize(
    ("given", "wrong"),
    [
        ({"DAMPING_SMTP_HOST": "mail.example"}, "SENDER"),
        ({"DAMPING_SMTP_HOST": "m", "DAMPING_SMTP_SENDER": "a", "DAMPING_SMTP_TLS": "x"}, "TLS"),
    ],
)
def test_half_a_mail_server_refuses_to_start(given: dict[str, str], wrong: str) -> None:
    with pytest.raises(WrongSetting, match=wrong):
        settings.load(given)
