"""A model's comparison as its page shows it: few figures, each with what it was before, and the messages behind them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from damping.store.models import Model

_WEAKEST = 12
_LEVELS = ("merah", "kuning")
_SHOWN = 200


@dataclass(frozen=True)
class Share:
    """How many of how many, with its interval; `before`: the same of the model that serves."""

    what: str
    set: str
    hits: int
    of: int
    low: float
    high: float
    before: int | None

    @property
    def share(self) -> float:
        """From 0 to 1."""
        return self.hits / self.of if self.of else 0.0

    @property
    def share_before(self) -> float | None:
        """From 0 to 1."""
        return None if self.before is None or not self.of else self.before / self.of


@dataclass(frozen=True)
class Shown:
    """What the page draws."""

    made_at: str
    before: str
    trouble: str
    messages: int
    grave: tuple[Share, ...]  # danger found, by level and set
    grave_intents: tuple[Share, ...]
    meaning: tuple[Share, ...]  # intents right, by set
    missed: Sequence[Mapping[str, Any]]
    never_miss: int
    false: Sequence[Mapping[str, Any]]
    look_alike: int
    false_before: int | None
    worse: Sequence[Mapping[str, Any]]
    better: Sequence[Mapping[str, Any]]
    other: Sequence[Mapping[str, Any]]
    weakest: Sequence[Mapping[str, Any]]  # intents, with what they were before
    confused: Sequence[Mapping[str, Any]]
    bins: Sequence[Mapping[str, Any]]  # certainty against truth
    error: float
    failed: Sequence[Mapping[str, Any]]
    conversations: int
    wording: Sequence[Mapping[str, Any]]
    learnt: Sequence[Mapping[str, Any]]  # on writers whom training had not seen


def shown(model: Model) -> Shown | None:
    """None where it was never compared."""
    if model.report is None:
        return None
    told, about = model.report["compared"], model.report["about"]
    recalls = [_share(one) for one in told["recalls"]]
    changes = told["changes"]
    return Shown(
        made_at=about["made_at"],
        before=about["before"],
        trouble=about["trouble"],
        messages=sum(about["messages"].values()),
        grave=tuple(one for one in recalls if one.what in _LEVELS),
        grave_intents=tuple(one for one in recalls if one.what not in _LEVELS),
        meaning=tuple(_meaning(name, told[key], told[f"{key}_before"]) for name, key in (("emas", "golden"), ("rusak", "spoiled"))),
        missed=told["never_miss"]["wrong"],
        never_miss=told["never_miss"]["of"],
        false=told["look_alike"]["wrong"],
        look_alike=told["look_alike"]["of"],
        false_before=told["look_alike"]["wrong_before"],
        **{verdict: [one for one in changes if one["verdict"] == verdict][:_SHOWN] for verdict in ("worse", "better", "other")},
        weakest=_weakest(told["golden"]["by_intent"], (told["golden_before"] or {}).get("by_intent") or ()),
        confused=told["golden"]["confused"],
        bins=told["golden"]["calibration"]["bins"],
        error=told["golden"]["calibration"]["error"],
        failed=model.report["plays"]["failed"],
        conversations=model.report["plays"]["of"],
        wording=model.report["wording"],
        learnt=_learnt(model.report),
    )


def _share(one: Mapping[str, Any]) -> Share:
    after, before = one["after"], one["before"]
    return Share(one["what"], one["set"], after["hits"], after["of"], after["low"], after["high"], before["hits"] if before else None)


def _meaning(name: str, after: Mapping[str, Any], before: Mapping[str, Any] | None) -> Share:
    right = after["accuracy"]
    return Share("maksud", name, right["hits"], right["of"], right["low"], right["high"], before["accuracy"]["hits"] if before else None)


def _weakest(after: Sequence[Mapping[str, Any]], before: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    was = {one["name"]: one for one in before}
    return [{**one, "was": was.get(one["name"])} for one in sorted(after, key=lambda one: float(one["f1"]))[:_WEAKEST]]


def _learnt(report: Mapping[str, Any]) -> list[dict[str, Any]]:
    found = []
    for name, key in (("intent", "accuracy"), ("merah", "recall"), ("kuning", "recall")):
        now, was = report["held_out"].get(name) or {}, report["held_out_before"].get(name) or {}
        if now.get(key) is not None:
            found.append({"name": name, "now": now[key], "was": was.get(key), "of": now.get("held_out")})
    return found
