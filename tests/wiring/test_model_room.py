"""Another model in every engine: all of them or none, only what the gate lets through, and the way back."""

from dataclasses import dataclass, field
from pathlib import Path

import pytest

from damping.casework.dialogue import EngineUnavailable
from damping.casework.models import SwitchAct, SwitchRefused
from damping.store import audit, model_switches
from damping.store.context import Store
from damping.store.models import Shelf
from damping.store.tables import Audit
from damping.wiring.engine_client import Health, ModelRejected
from damping.wiring.model_room import Room
from tests.workbench.model_shelf import a_model


@dataclass
class Engine:
    """One engine; `wrong` is what it answers instead of taking the model."""

    model: str = "lama"
    wrong: Exception | None = None
    loaded: list[str] = field(default_factory=list)

    async def serve(self, model: str, sha256: str) -> None:
        if self.wrong is not None:
            raise self.wrong
        self.loaded.append(model)
        self.model = model

    async def health(self) -> Health:
        if self.wrong is not None:
            raise EngineUnavailable("down")
        return Health(ready=True, model=self.model)


@pytest.fixture
def shelf(tmp_path: Path, store: Store) -> Shelf:
    """`lama` serves, `baru` was compared with it."""
    (tmp_path / "models").mkdir()
    made = Shelf(tmp_path / "models", store.vault)
    a_model(made, "lama")
    made.point("lama")
    a_model(made, "baru", before="lama")
    return made


def a_room(store: Store, shelf: Shelf, *engines: Engine) -> Room:
    return Room(store, shelf, engines)  # type: ignore[arg-type]


async def test_every_engine_takes_it_and_a_restart_too(store: Store, shelf: Shelf) -> None:
    one, two = Engine(), Engine()
    room = a_room(store, shelf, one, two)

    await room.switch("baru", None, "lebih baik", SwitchAct.ON)

    assert ("baru", "baru", "baru") == (one.model, two.model, shelf.current())
    assert "baru" == await room.serving()
    assert [("baru", "lama", True)] == [(one.model, one.before, one.well) for one in model_switches.latest(store)]


async def test_one_that_refuses_sends_all_back(store: Store, shelf: Shelf) -> None:
    one, two = Engine(), Engine(wrong=ModelRejected("golden sentence 1"))

    with pytest.raises(SwitchRefused, match="rejected"):
        await a_room(store, shelf, one, two).switch("baru", None, "coba", SwitchAct.ON)

    assert ["baru", "lama"] == one.loaded
    assert "lama" == shelf.current()
    assert [False] == [one.well for one in model_switches.latest(store)]


async def test_one_that_answers_too_late_sends_all_back(store: Store, shelf: Shelf) -> None:
    one, two = Engine(), Engine(wrong=EngineUnavailable("ReadTimeout"))

    with pytest.raises(SwitchRefused, match="engine"):
        await a_room(store, shelf, one, two).switch("baru", None, "coba", SwitchAct.ON)

    assert "lama" == one.model


async def test_one_that_does_not_run_takes_it_when_it_starts(store: Store, shelf: Shelf) -> None:
    one, two = Engine(), Engine(wrong=EngineUnavailable("down"))

    await a_room(store, shelf, one, two).switch("baru", None, "coba", SwitchAct.ON)

    assert ("baru", "baru") == (one.model, shelf.current())


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        ("manifest.sig", "unsigned"),
        ("model.tar.gz", "altered"),
        ("report.json", "altered"),
    ],
)
async def test_no_engine_hears_of_a_model_that_the_office_does_not_answer_for(spoil: str, code: str, store: Store, shelf: Shelf) -> None:
    (shelf.folder / "baru" / spoil).write_bytes(b"{}")
    engine = Engine()

    with pytest.raises(SwitchRefused, match=code) as refused:
        await a_room(store, shelf, engine).switch("baru", None, "coba", SwitchAct.ON)

    assert [] == engine.loaded
    assert 1 == len(refused.value.sentences)


async def test_a_refusal_stands_in_the_record(store: Store, shelf: Shelf) -> None:
    a_model(shelf, "buruk", before="lama", missed=2)

    with pytest.raises(SwitchRefused, match="missed"):
        await a_room(store, shelf, Engine()).switch("buruk", None, "coba", SwitchAct.ON)

    with store.database.read() as connection:
        acts = [tuple(row) for row in connection.execute(Audit.__table__.select().with_only_columns(Audit.act, Audit.object_id))]
    assert [("model_refused", "buruk")] == acts
    assert None is audit.first_broken(store)


async def test_the_way_back_needs_no_comparison(store: Store, shelf: Shelf) -> None:
    engine = Engine()
    room = a_room(store, shelf, engine)
    await room.switch("baru", None, "coba", SwitchAct.ON)

    await room.switch(model_switches.before(store, "baru"), None, "", SwitchAct.BACK)

    assert ("lama", "lama") == (engine.model, shelf.current())


async def test_there_is_no_way_back_to_where_nobody_was(store: Store, shelf: Shelf) -> None:
    with pytest.raises(SwitchRefused, match="never_served"):
        await a_room(store, shelf, Engine()).switch("baru", None, "", SwitchAct.BACK)


async def test_a_model_that_served_before_but_was_changed_stays_out(store: Store, shelf: Shelf) -> None:
    room = a_room(store, shelf, Engine())
    await room.switch("baru", None, "coba", SwitchAct.ON)
    (shelf.folder / "lama" / "model.tar.gz").write_bytes(b"swapped by somebody")

    with pytest.raises(SwitchRefused, match="altered"):
        await room.switch("lama", None, "", SwitchAct.BACK)


async def test_what_is_not_on_the_shelf_is_gone(store: Store, shelf: Shelf) -> None:
    with pytest.raises(SwitchRefused, match="gone"):
        await a_room(store, shelf, Engine()).switch("../lama", None, "", SwitchAct.ON)
