"""Trainings one at a time, models that this office answers for, and who switched which on."""

import json
from pathlib import Path

import pytest

from damping.casework.models import Failure, Origin, RunKind, RunState, SwitchAct, SwitchRefused
from damping.store import model_runs, model_switches, models, understood
from damping.store.context import Store
from damping.store.model_runs import SILENT, Ended
from damping.store.model_switches import Switching
from damping.store.models import NoModel, Shelf
from damping.store.sealing import Vault
from tests.support import HeldClock
from tests.workbench.model_shelf import a_model


@pytest.fixture
def shelf(tmp_path: Path, store: Store) -> Shelf:
    """An empty one."""
    (tmp_path / "models").mkdir()
    return Shelf(tmp_path / "models", store.vault)


def test_only_one_run_goes_at_a_time_and_the_oldest_first(store: Store, clock: HeldClock) -> None:
    first = model_runs.ask(store, None, Origin.COMMAND)
    clock.forward(seconds=1)
    second = model_runs.ask(store, None, Origin.COMMAND, RunKind.COMPARE, "m1")

    taken, none = model_runs.claim(store), model_runs.claim(store)

    assert taken is not None
    assert (first, None) == (taken.id, none)
    model_runs.end(store, first, Ended(RunState.DONE, "", "m1"))
    after = model_runs.claim(store)
    assert after is not None
    assert second == after.id


def test_asking_twice_is_asking_once(store: Store) -> None:
    assert model_runs.ask(store, None, Origin.NIGHT) == model_runs.ask(store, None, Origin.COMMAND)


def test_a_run_whose_process_fell_silent_is_lost_and_the_next_may_begin(store: Store, clock: HeldClock) -> None:
    lost = model_runs.ask(store, None, Origin.COMMAND)
    model_runs.claim(store)
    clock.forward(seconds=SILENT.total_seconds() + 1)
    again = model_runs.ask(store, None, Origin.COMMAND, RunKind.COMPARE, "m1")

    taken = model_runs.claim(store)

    assert taken is not None
    assert again == taken.id
    assert not model_runs.beat(store, lost, "RulePolicy", 9)  # whoever ran it is told to stop
    one = model_runs.one(store, lost)
    assert one is not None
    assert (RunState.FAILED, Failure.LOST) == (one.state, one.failure)


def test_a_lost_run_is_not_what_is_asked_for_again(store: Store, clock: HeldClock) -> None:
    lost = model_runs.ask(store, None, Origin.COMMAND)
    model_runs.claim(store)
    clock.forward(seconds=SILENT.total_seconds() + 1)

    assert lost != model_runs.ask(store, None, Origin.COMMAND)


def test_a_beat_tells_how_far_it_is_and_hears_of_a_cancel(store: Store) -> None:
    run = model_runs.ask(store, None, Origin.COMMAND)
    model_runs.claim(store)

    assert model_runs.beat(store, run, "DangerClassifier", 5)
    model_runs.cancel(store, "perintah", run)

    assert not model_runs.beat(store, run, "RulePolicy", 6)
    shown = model_runs.one(store, run)
    assert shown is not None
    assert (RunState.RUNNING, True) == (shown.state, shown.cancelled)


def test_what_a_run_said_is_sealed(store: Store) -> None:
    run = model_runs.ask(store, None, Origin.COMMAND)
    model_runs.claim(store)
    model_runs.end(store, run, Ended(RunState.FAILED, "pelatihan gagal: uji", failure=Failure.TRAINING))

    with store.database.read() as connection:
        kept = connection.exec_driver_sql("SELECT log FROM model_run").scalar_one()
    assert b"pelatihan" not in bytes(kept)
    shown = model_runs.one(store, run)
    assert shown is not None
    assert "pelatihan gagal: uji" == shown.log


def test_a_signed_model_is_whole_until_anything_of_it_changes(shelf: Shelf) -> None:
    a_model(shelf, "m1")
    assert shelf.model("m1").whole

    for name in ("model.tar.gz", "manifest.json", "report.json"):
        path = shelf.folder / "m1" / name
        before = path.read_bytes()
        path.write_bytes(before + b"\n")
        assert (True, False) == (shelf.model("m1").signed, shelf.model("m1").whole), name
        path.write_bytes(before)
    assert shelf.model("m1").whole


def test_a_signature_of_another_office_is_none(shelf: Shelf) -> None:
    a_model(shelf, "m1")
    other = Shelf(shelf.folder, Vault(b"\1" * 32))

    assert not other.model("m1").signed
    other.sign("m1")
    assert other.model("m1").whole
    assert shelf.model("m1").whole  # both answer for it, each with its own key


def test_a_signature_cannot_be_carried_to_another_model(shelf: Shelf) -> None:
    a_model(shelf, "m1")
    a_model(shelf, "m2", signed=False)
    (shelf.folder / "m2" / "manifest.sig").write_bytes((shelf.folder / "m1" / "manifest.sig").read_bytes())

    assert not shelf.model("m2").whole


def test_a_forged_signature_is_none(shelf: Shelf) -> None:
    a_model(shelf, "m1")
    path = shelf.folder / "m1" / "manifest.sig"
    content = json.loads(path.read_text())
    for entry in content.values():
        entry["data"] = "another"
    path.write_text(json.dumps(content))

    assert not shelf.model("m1").signed


def test_an_archive_that_was_never_trained_is_not_signed(shelf: Shelf) -> None:
    a_model(shelf, "m1", signed=False)
    (shelf.folder / "m1" / "model.tar.gz").write_bytes(b"something else")

    with pytest.raises(NoModel):
        shelf.sign("m1")


def test_the_first_model_is_answered_for_and_later_strangers_are_not(shelf: Shelf) -> None:
    a_model(shelf, "m1", signed=False)
    shelf.point("m1")
    shelf.adopt()
    a_model(shelf, "m2", signed=False)
    shelf.point("m2")
    shelf.adopt()

    assert (True, False) == (shelf.model("m1").signed, shelf.model("m2").signed)


@pytest.mark.parametrize("name", ["..", "../m1", "", "m1/..", "a b", "/etc"])
def test_a_name_that_leads_elsewhere_is_no_model(name: str, shelf: Shelf) -> None:
    with pytest.raises(NoModel):
        shelf.model(name)


def test_a_comparison_counts_only_beside_the_model_that_serves(shelf: Shelf) -> None:
    a_model(shelf, "m2", before="m1")

    assert () == models.against(shelf.model("m2"), "m1")
    assert ["not_compared"] == [one.code for one in models.against(shelf.model("m2"), "m3")]


def test_a_report_of_another_archive_counts_for_nothing(shelf: Shelf) -> None:
    a_model(shelf, "m1")
    a_model(shelf, "m2", signed=False)
    (shelf.folder / "m2" / "report.json").write_bytes((shelf.folder / "m1" / "report.json").read_bytes())
    shelf.sign("m2")

    assert ["not_compared"] == [one.code for one in models.against(shelf.model("m2"), "")]


def test_an_unreadable_model_is_left_out_of_the_list(shelf: Shelf) -> None:
    a_model(shelf, "m1")
    (shelf.folder / "rusak").mkdir()
    (shelf.folder / "rusak" / "manifest.json").write_text("{")

    assert ["m1"] == [model.name for model in shelf.models()]


def a_switch(model: str = "m2", before: str = "m1", act: SwitchAct = SwitchAct.ON) -> Switching:
    return Switching(None, act, model, before, "alasan yang disimpan")


def test_a_second_switch_waits_for_the_first(store: Store, clock: HeldClock) -> None:
    switch = model_switches.begin(store, a_switch())

    with pytest.raises(SwitchRefused, match="busy"):
        model_switches.begin(store, a_switch("m3"))
    model_switches.end(store, switch, a_switch(), well=True)
    clock.forward(seconds=1)
    model_switches.begin(store, a_switch("m3", "m2"))

    assert 2 == len(model_switches.latest(store))


def test_who_served_before_is_known_and_a_failed_switch_does_not_count(store: Store, clock: HeldClock) -> None:
    for model, before, well in (("m2", "m1", True), ("m3", "m2", False)):
        switch = model_switches.begin(store, a_switch(model, before))
        model_switches.end(store, switch, a_switch(model, before), well=well)
        clock.forward(seconds=1)

    assert "m1" == model_switches.before(store, "m2")
    assert {"m1", "m2"} == model_switches.served(store)
    assert "alasan yang disimpan" == model_switches.latest(store)[0].reason


def test_what_was_understood_is_counted_by_week(store: Store, clock: HeldClock) -> None:
    understood.add(store, {"sapa": 5, "nlu_fallback": 1})
    understood.add(store, {"sapa": 2})
    clock.forward(days=7)
    understood.add(store, {"nlu_fallback": 3})

    first, second = understood.weeks(store)

    assert (8, 1) == (first.messages, first.fallback)
    assert (3, 3) == (second.messages, second.fallback)
    assert {"sapa": 7, "nlu_fallback": 4} == understood.used(store)
