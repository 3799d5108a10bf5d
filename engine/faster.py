"""Four places where Rasa 3.6.21 does the same work over and over, done once: two thirds of a turn's cost.

Each is guarded by the release it was written for and by a test; the results are the same as Rasa's own.
"""

import copy
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import rasa
from jsonschema import Draft7Validator
from jsonschema.exceptions import best_match
from rasa.core.actions.action import RemoteAction
from rasa.engine.graph import GraphNode
from rasa.engine.runner.dask import DaskGraphRunner
from rasa.shared.core.events import Event
from rasa.shared.core.slots import Slot

from engine import RASA
from engine.failure import note

_SCALARS = (str, int, float, bool, type(None))


def install() -> None:
    """Raises RuntimeError under any other Rasa."""
    if rasa.__version__ != RASA:
        raise RuntimeError(f"Rasa {RASA} is what these patches are made for, this is {rasa.__version__}")
    _check_the_schema_once()
    found = getattr(Event.resolve_by_type, "__wrapped__", Event.resolve_by_type)
    Event.resolve_by_type = staticmethod(lru_cache(maxsize=256)(found))  # was: all subclasses, per event
    Slot.__copy__ = _copied  # a tracker copies all slots some ten times a turn


def _check_the_schema_once() -> None:
    """Rasa validates the schema of action answers itself, and compiles it, at every single action."""
    schema = RemoteAction.action_response_format_spec()
    Draft7Validator.check_schema(schema)
    validator = Draft7Validator(schema)
    valid: set[object] = set()

    def check(self: RemoteAction, result: Any) -> bool:
        shape = _shape(result)
        if shape is not None and shape in valid:
            return True
        error = best_match(validator.iter_errors(result))
        if error is not None:
            note("action", f"{self.name()}: ValidationError")
            raise error
        if shape is not None and len(valid) < 10_000:
            valid.add(shape)
        return True

    RemoteAction._validate_action_result = check


def _shape(result: Any) -> object | None:
    """What the schema can see of slot events: names and types. None where anything else is in it, which is then checked in full."""
    if not isinstance(result, dict) or set(result) != {"events", "responses"}:
        return None
    if not isinstance(result["events"], list) or not isinstance(result["responses"], list):
        return None
    shapes = []
    for event in result["events"]:
        if not isinstance(event, dict) or event.get("event") != "slot":
            return None
        if not all(isinstance(value, _SCALARS) for key, value in event.items() if key != "value"):
            return None
        shapes.append(frozenset((key, type(value)) for key, value in event.items()))
    return frozenset(shapes), all(isinstance(response, dict) for response in result["responses"])


def _copied(slot: Slot) -> Slot:
    made = object.__new__(type(slot))
    made.__dict__.update(slot.__dict__)
    return made


class InOrder:
    """Rasa's graph run node by node; the order is worked out once, where Rasa asks a task scheduler each time."""

    def __init__(self, runner: DaskGraphRunner) -> None:
        self._schema = runner._graph_schema
        self.nodes: dict[str, GraphNode] = runner._instantiated_nodes
        self._orders: dict[tuple[str, ...], list[tuple[str, tuple[str, ...]]]] = {}

    def run(self, inputs: dict[str, Any], targets: Sequence[str]) -> dict[str, Any]:
        """The targets' outputs, as Rasa's own runner gives them."""
        values: dict[str, Any] = {name: (name, value) for name, value in inputs.items()}
        for name, needs in self._order(tuple(targets)):
            values[name] = self.nodes[name](*(values.get(need, need) for need in needs))
        return {target: values[target][1] for target in targets}

    def _order(self, targets: tuple[str, ...]) -> list[tuple[str, tuple[str, ...]]]:
        if targets not in self._orders:
            schema = self._schema.minimal_graph_schema(list(targets))
            waiting = {name: tuple(node.needs.values()) for name, node in schema.nodes.items()}
            order: list[tuple[str, tuple[str, ...]]] = []
            while waiting:
                ready = sorted(name for name, needs in waiting.items() if not set(needs) & set(waiting))
                if not ready:
                    raise ValueError("the graph has a circle")
                order += [(name, waiting.pop(name)) for name in ready]
            self._orders[targets] = order
        return copy.copy(self._orders[targets])
