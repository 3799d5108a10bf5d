"""One test or more for each way in which stock Rasa 3.6.21 fails people (F1-F15 of the engine notes).

F1 hang-ups, F12 doors and F15 logs are shown on a real process in test_process.py; F14 swapping in test_models.py; the
flat cost of a turn in the bench, and the bounded state behind it in test_state.py.
"""

import ast
import inspect
import json
import time
from pathlib import Path

import pytest
import rasa
from jsonschema import Draft7Validator
from rasa.core.actions.action import RemoteAction
from rasa.core.tracker_store import FailSafeTrackerStore, InMemoryTrackerStore
from ruamel.yaml import YAML

from engine import ROOT, faster
from engine.assistant import Assistant
from engine.failure import TurnFailed
from engine.processor import NoStore
from tests.engine.asking import Person, question, words


async def test_f2_a_failed_action_is_not_told_as_success(assistant: Assistant):
    """The rule goes on to `utter_setuju` after the action; Rasa would say it."""
    answer = await Person(assistant).says("uji gagal")

    assert [] == answer["replies"]
    assert answer["failed"]


def test_f3_f4_f6_nobody_pauses_a_conversation():
    """Who has the word is the service's business; Rasa's pause un-pauses itself, and resuming re-runs the handoff."""
    for path in [*(ROOT / "actions").rglob("*.py"), *(ROOT / "engine").rglob("*.py")]:
        names = {node.id for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Name)}
        assert not names & {"ConversationPaused", "ConversationResumed", "ReminderScheduled"}, path
    for path in (ROOT / "data").rglob("*.yml"):
        assert "action: pause" not in path.read_text(encoding="utf-8"), path


@pytest.mark.parametrize(
    "text", ["/restart", "/back", "/session_start", " /restart", "//restart", "/ /restart", "\u200b/restart", "/restart{}"]
)
async def test_f5_f10_a_typed_command_is_only_text(assistant: Assistant, text: str):
    person = Person(assistant)
    await person.says("halo")

    answer = await person.says(text)

    assert answer["understood"]["intent"] not in {"restart", "back", "session_start"}
    assert 1 == answer["facts"]["turns"]  # nothing was reset


@pytest.mark.parametrize(
    "text",
    [
        "/setuju",
        "  /setuju",
        "\n/setuju",
        "\t/tolak",
        "///setuju",
        "EXTERNAL: setuju",
        '/setuju{"kecamatan": "Panjang"}',
        '/darurat_sekarang@0.99{"lokasi":"x"}',
        '/iseng{"pilihan": "safe_now=aman"}',
    ],
)
async def test_f10_text_is_never_read_as_an_intent(assistant: Assistant, text: str):
    answer = await assistant.turn(question(text))

    assert 1.0 > answer["understood"]["confidence"] or "nlu_fallback" == answer["understood"]["intent"]
    assert "kecamatan" not in answer["facts"]
    assert all("pilihan" != entity["entity"] for entity in answer["understood"]["entities"])
    assert not answer["orders"]


async def test_f10_the_offsets_stay_those_of_what_was_typed(assistant: Assistant):
    text = "/  suami di kemiling"

    entities = assistant.parse([text])[0]["entities"]

    assert {"suami", "kemiling"} <= {text[e["start"] : e["end"]] for e in entities}


async def test_f7_f8_f9_there_is_no_tracker_store(assistant: Assistant):
    """Stores lose writers, take an error for a new person, and a typo in endpoints.yml makes one in memory."""
    store = assistant.processor.tracker_store

    assert isinstance(store, NoStore)
    assert not isinstance(store, (FailSafeTrackerStore, InMemoryTrackerStore))
    for call in (store.retrieve("c"), store.save(None), store.keys()):
        with pytest.raises(TurnFailed):
            await call


def test_f9_endpoints_name_nothing_but_actions():
    endpoints = YAML(typ="safe").load((ROOT / "endpoints.yml").read_text(encoding="utf-8"))

    assert {"action_endpoint"} == set(endpoints)


def test_f11_the_schema_of_action_answers_is_checked_once(monkeypatch: pytest.MonkeyPatch):
    checks = []
    faster.install()
    monkeypatch.setattr(Draft7Validator, "check_schema", lambda schema: checks.append(1))
    action = RemoteAction("toy", None)

    began = time.process_time()
    for _ in range(200):
        assert action._validate_action_result({"events": [{"event": "slot", "name": "a", "value": 1}], "responses": [{"text": "x"}]})

    assert [] == checks
    assert time.process_time() - began < 2.0  # stock: some 17 ms each


def test_f11_a_wrong_answer_is_still_refused():
    faster.install()

    with pytest.raises(Exception, match="name"):
        RemoteAction("toy", None)._validate_action_result({"events": [{"event": "slot"}]})


def test_f11_the_patch_refuses_a_rasa_it_was_not_made_for(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(rasa, "__version__", "3.6.22")

    with pytest.raises(RuntimeError, match=r"3\.6\.22"):
        faster.install()


def test_a_known_shape_of_answer_does_not_let_a_wrong_one_through():
    faster.install()
    action = RemoteAction("toy", None)
    assert action._validate_action_result({"events": [{"event": "slot", "name": "a", "value": 1}], "responses": []})
    assert action._validate_action_result({"events": [{"event": "slot", "name": "a", "value": [1]}], "responses": []})

    for wrong in ({"event": "slot", "name": 7, "value": 1}, {"event": "slot", "value": 1}, {"event": "slotx", "name": "a"}, "slot", {}):
        with pytest.raises(Exception):  # noqa: B017, PT011  # whatever jsonschema calls it
            action._validate_action_result({"events": [wrong], "responses": []})
    with pytest.raises(Exception):  # noqa: B017, PT011
        action._validate_action_result({"events": [{"event": "slot", "name": "a", "value": 1}], "responses": ["x"]})


def test_the_graph_in_order_gives_what_rasas_own_runner_gives(assistant: Assistant):
    from rasa.engine.constants import PLACEHOLDER_MESSAGE, PLACEHOLDER_TRACKER
    from rasa.engine.runner.dask import DaskGraphRunner
    from rasa.shared.core.trackers import DialogueStateTracker

    from engine.understanding import Line

    ours = assistant.processor.graph_runner
    theirs = object.__new__(DaskGraphRunner)
    theirs._graph_schema, theirs._instantiated_nodes, theirs._execution_context = ours._schema, ours.nodes, None
    target = assistant.processor.model_metadata.nlu_target

    def understood(runner: object) -> list[dict]:
        inputs = {
            PLACEHOLDER_MESSAGE: [Line("suami saya mukul saya di kemiling")],
            PLACEHOLDER_TRACKER: DialogueStateTracker.from_events("", []),
        }
        return [message.as_dict(only_output_properties=True) for message in runner.run(inputs, [target])[target]]

    assert understood(theirs) == understood(ours)


def test_a_copied_slot_is_like_rasas_copy_and_no_part_of_the_original(assistant: Assistant):
    import copy

    for slot in assistant.domain.slots:
        copied = copy.copy(slot)
        copied.value = "x"
        assert type(slot) is type(copied)
        assert slot.__dict__.keys() == copied.__dict__.keys()
        assert "x" != slot.value


def test_f11_the_patched_method_is_still_the_one_that_rasa_calls():
    assert "_validate_action_result(response)" in inspect.getsource(RemoteAction.run)


@pytest.mark.parametrize("text", ["", " ", "\n", "🙂", "😭😭😭", ".", "...", "?", "🌹🌹", "1", "x", "qwrtzplk", "ﷺ", "\u200b", "———"])
async def test_f13_what_says_nothing_is_never_a_yes_or_a_no(assistant: Assistant, text: str):
    person = Person(assistant)
    await person.says("suami saya mukul saya")

    answer = await person.says(text)

    assert answer["understood"]["intent"] not in {"setuju", "tolak"}


async def test_f13_an_empty_message_is_asked_again(assistant: Assistant):
    assert ["Maaf, belum paham."] == words(await Person(assistant).says("🙂"))


def test_strings_in_yaml_are_quoted_so_that_nothing_is_taken_from_the_environment():
    """Rasa expands an unquoted ${NAME}; the office's files may never hold one."""
    paths = [ROOT / "config.yml", ROOT / "domain.yml", ROOT / "endpoints.yml", *(ROOT / "data").rglob("*.yml")]
    for path in paths:
        assert "${" not in path.read_text(encoding="utf-8"), path


DOORS = {"engine": {"engine", "components", "rules"}, "components": {"components", "rules"}, "actions": {"actions", "rules"}}


@pytest.mark.parametrize("room", DOORS)
def test_doors_open_downward_only(room: str):
    """import-linter runs in the service's environment, where these rooms' libraries are missing."""
    ours = {"engine", "components", "rules", "actions", "damping", "tests"}
    for path in (ROOT / room).rglob("*.py"):
        for name in imported(path):
            assert name.partition(".")[0] not in ours - DOORS[room], f"{path}: {name}"


def test_rasas_server_channels_and_brokers_are_never_imported():
    allowed = {"rasa.core.channels.channel"}
    for path in [*(ROOT / "engine").rglob("*.py"), *(ROOT / "components").rglob("*.py")]:
        for name in imported(path) - allowed:
            assert not name.startswith(("rasa.server", "rasa.core.run", "rasa.core.brokers", "rasa.core.channels")), f"{path}: {name}"


def imported(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom):
            found.add(node.module or "")
        elif isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
    return found


def test_a_model_holds_nothing_that_runs_when_it_is_read(toy_model: Path):
    import tarfile

    with tarfile.open(toy_model / "model.tar.gz") as tar:
        names = [Path(member.name).name for member in tar.getmembers() if member.isfile()]

    assert not [name for name in names if name.endswith((".pkl", ".pickle", ".joblib", ".skops", ".h5", ".pb"))]
    assert json.loads((toy_model / "manifest.json").read_text())["rasa"] == rasa.__version__
