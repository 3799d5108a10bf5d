"""What the office's figures teach the trainers: meanings that are confused or never come up, new words, messages not understood."""

from collections.abc import Iterable
from typing import Any

from litestar import Response
from rapidfuzz import fuzz

from damping.store import understood
from damping.store.models import NoModel
from damping.workbench.bench import Bench
from damping.workbench.guest import Guest
from rules.new_words import new_words

_OUTSIDE = ("di_luar_topik", "nlu_fallback")
_ALIKE = 60  # of 100: half of the words are the same
_LEAST = 3  # sentences, before a cluster is one
_MOST_SENTENCES = 400
_MOST_CLUSTERS = 6


async def page(bench: Bench, guest: Guest) -> Response[Any]:
    """All of it, each with a sentence that says what it means."""
    return await guest.page("model_wawasan.html", kabar="", **await guest.run(_read, bench))


def _read(bench: Bench) -> dict[str, Any]:
    doubts = understood.doubted(bench.store)
    used = understood.used(bench.store)
    report = _report(bench)
    known = [one["name"] for one in report["compared"]["golden"]["by_intent"]] if report else []
    outside = [one.sentence for one in doubts if one.lately and one.intent in _OUTSIDE]
    return {
        "confused": report["compared"]["golden"]["confused"] if report else [],
        "confused_rough": report["compared"]["spoiled"]["confused"][:8] if report else [],
        "words": new_words((one.sentence for one in doubts if one.lately), (one.sentence for one in doubts if not one.lately)),
        "doubted": sum(one.lately for one in doubts),
        "unused": sorted(name for name in known if not used.get(name)) if used else [],
        "used": sum(used.values()),
        "clusters": clusters(outside),
        "weeks": understood.weeks(bench.store),
    }


def _report(bench: Bench) -> dict[str, Any] | None:
    """Of the model that serves, else of the newest that was compared."""
    shelf = bench.models.shelf
    for name in [shelf.current(), *shelf.names()]:
        try:
            report = shelf.model(name).report
        except NoModel:
            continue
        if report is not None:
            return report
    return None


def clusters(sentences: Iterable[str]) -> list[list[str]]:
    """Sentences that say much the same, largest group first: what people ask for that nobody has taught yet."""
    groups: list[list[str]] = []
    for sentence in list(sentences)[:_MOST_SENTENCES]:
        near = next((group for group in groups if fuzz.token_set_ratio(sentence, group[0]) >= _ALIKE), None)
        if near is None:
            groups.append([sentence])
        else:
            near.append(sentence)
    return sorted((group for group in groups if len(group) >= _LEAST), key=len, reverse=True)[:_MOST_CLUSTERS]
