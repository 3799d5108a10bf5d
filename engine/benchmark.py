"""python -m engine.benchmark --train FILE (--test FILE | --folds N) [--against stock] [--json]: this pipeline on anybody's NLU data.

Trains config.yml on a throw-away folder and measures it on messages it has not seen; `stock` is Rasa's default pipeline,
with DIET, in the same run on the same data. Each training has a process of its own, so that memory can be compared.
"""

import argparse
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
import traceback
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from engine import ROOT, quiet
from engine.evaluate import model as models
from engine.evaluate.gold import Gold, read, training_json
from engine.evaluate.measure import danger_from_intent, measure

_SEED = 20
_TIMED = 200  # messages parsed one by one for the time of a message
_OURS = "damping"
STOCK = "stock"
# As `rasa init` of Rasa 3.6 writes it, without the parts that neither intents nor entities pass through
STOCK_CONFIG: dict[str, Any] = {
    "recipe": "default.v1",
    "assistant_id": "stock",
    "language": "id",
    "pipeline": [
        {"name": "WhitespaceTokenizer"},
        {"name": "RegexFeaturizer"},
        {"name": "LexicalSyntacticFeaturizer"},
        {"name": "CountVectorsFeaturizer"},
        {"name": "CountVectorsFeaturizer", "analyzer": "char_wb", "min_ngram": 1, "max_ngram": 4},
        {"name": "DIETClassifier", "epochs": 100, "constrain_similarities": True},
    ],
}
_DANGER = "components.danger.DangerClassifier"


@dataclass(frozen=True)
class Round:
    """One training and one test."""

    train: list[Gold]
    test: list[Gold]


@dataclass(frozen=True)
class Result:
    """What a pipeline did. Shares from 0 to 1; merah is None where the data say nothing of danger."""

    name: str
    messages: int
    intent_accuracy: float
    intent_accuracy_unguarded: float
    intent_macro_f1: float
    entity_f1: float
    merah_recall: float | None
    merah_precision: float | None
    ms_a_message: float
    training_s: float
    peak_memory_mb: float


def folds(golds: Sequence[Gold], count: int) -> list[Round]:
    """Each message is tested once; every intent is spread evenly. The same every time. Raises ValueError in words."""
    if count < 2:
        raise ValueError("cross-validation needs two folds or more")
    by_intent: dict[str, list[Gold]] = defaultdict(list)
    for gold in sorted(golds, key=lambda g: (g.intent, g.text)):
        by_intent[gold.intent].append(gold)
    chance = random.Random(_SEED)  # noqa: S311  # no secret: the same folds every time
    sets: list[list[Gold]] = [[] for _ in range(count)]
    at = 0
    for name in sorted(by_intent):
        chance.shuffle(by_intent[name])
        for gold in by_intent[name]:
            sets[at % count].append(gold)
            at += 1
    return [Round([g for other in sets if other is not held for g in other], held) for held in sets if held]


def our_config(golds: Sequence[Gold]) -> dict[str, Any]:
    """config.yml without policies; without the danger classifier where nobody noted how grave the messages are."""
    from ruamel.yaml import YAML

    config = dict(YAML(typ="safe").load((ROOT / "config.yml").read_text(encoding="utf-8")))
    pipeline = [dict(step) for step in config["pipeline"]]
    noted = any(gold.danger for gold in golds)
    return {
        "recipe": config["recipe"],
        "assistant_id": "benchmark",
        "language": config["language"],
        "pipeline": [step for step in pipeline if noted or step["name"] != _DANGER],
    }


@dataclass(frozen=True)
class Trial:
    """What a child measured of one round."""

    parsed: list[dict[str, Any]]
    training_s: float
    waits_s: list[float]
    memory_mb: float


def run(name: str, rounds: Sequence[Round]) -> Result:
    """Trains and tests each round in a process of its own. Raises RuntimeError with the cause."""
    trials = [_try(name, each) for each in rounds]
    gold = [one for each in rounds for one in each.test]
    parsed = [one for trial in trials for one in trial.parsed]
    measured = measure(gold, [danger_from_intent(p) for p in parsed] if name == STOCK else parsed)
    merah = measured.danger.merah if measured.danger else None
    return Result(
        name,
        len(gold),
        measured.intents.accuracy.share or 0.0,
        measured.intents.best_guess.share or 0.0,
        measured.intents.macro_f1,
        measured.entities.strict_all.f1,
        merah.recall.share if merah else None,
        merah.precision.share if merah else None,
        round(statistics.median(wait for trial in trials for wait in trial.waits_s) * 1e3, 2),
        round(statistics.mean(trial.training_s for trial in trials), 1),
        round(max(trial.memory_mb for trial in trials)),
    )


def _try(name: str, each: Round) -> Trial:
    with tempfile.TemporaryDirectory(prefix="damping-benchmark-") as folder:
        aside = Path(folder)
        config = our_config(each.train) if name == _OURS else STOCK_CONFIG
        (aside / "config.yml").write_text(json.dumps(config), encoding="utf-8")  # JSON is YAML
        (aside / "nlu.json").write_text(training_json(each.train), encoding="utf-8")
        (aside / "texts.json").write_text(json.dumps([gold.text for gold in each.test]), encoding="utf-8")
        kept = {key: os.environ[key] for key in ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR") if key in os.environ}
        environment = {**kept, "RASA_CACHE_DIRECTORY": str(aside / "cache"), "PYTHONPATH": str(ROOT)}
        command = [sys.executable, "-m", "engine.benchmark", "--worker", name, str(aside)]
        done = subprocess.run(  # noqa: S603  # this very program
            command, cwd=aside, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, check=False
        )
        if done.returncode:
            raise RuntimeError(f"{name}: " + (done.stderr.strip().splitlines() or ["stopped"])[-1][:300])
        return Trial(**json.loads((aside / "trial.json").read_text(encoding="utf-8")))


def _working(name: str, aside: Path) -> int:
    """The child's outermost loop: a failure is told with its innermost cause, which Rasa hides behind its graph."""
    quiet.silence()
    try:
        if name == _OURS:
            from engine import absent

            absent.install()
        else:  # TensorFlow may use the machine, as stock Rasa's would
            for limit in ("TF_INTRA_OP_PARALLELISM_THREADS", "TF_INTER_OP_PARALLELISM_THREADS", "OMP_NUM_THREADS"):
                os.environ.pop(limit, None)
        (aside / "trial.json").write_text(json.dumps(_trial(aside).__dict__), encoding="utf-8")
    except Exception as error:  # noqa: BLE001  # whatever a component makes of foreign data
        while isinstance(error.__cause__, Exception):
            error = error.__cause__
        where = traceback.extract_tb(error.__traceback__)[-1]
        sys.stderr.write(f"{type(error).__name__}: {error} ({Path(where.filename).name}:{where.lineno})\n")
        return 1
    return 0


def _trial(aside: Path) -> Trial:
    """Trains on the folder's files, understands its texts: together for the figures, then some one by one for the time."""
    import rasa.model_training

    quiet.quiet_rasa()
    texts: list[str] = json.loads((aside / "texts.json").read_text(encoding="utf-8"))
    began = time.perf_counter()
    model = rasa.model_training.train_nlu(str(aside / "config.yml"), str(aside / "nlu.json"), str(aside), fixed_model_name="model")
    took = time.perf_counter() - began
    if not model:
        raise RuntimeError("training made no model")
    processor = models.load(Path(model))
    parsed = models.parse(processor, texts)
    waits = []
    for text in texts[:_TIMED]:
        began = time.perf_counter()
        models.parse(processor, [text])
        waits.append(time.perf_counter() - began)
    return Trial([_plain(one) for one in parsed], took, waits, models.peak_memory_mb())


def _plain(parsed: dict[str, Any]) -> dict[str, Any]:
    """What is measured of parse data; components may leave NumPy's numbers and more in it."""
    kept = {key: parsed[key] for key in ("intent", "intent_ranking", "entities", "danger", "danger_by", "danger_chances") if key in parsed}
    return dict(json.loads(json.dumps(kept, default=float)))


_LINES = (
    ("intent_accuracy", "intent accuracy"),
    ("intent_accuracy_unguarded", "  without the guard"),
    ("intent_macro_f1", "intent macro-F1"),
    ("entity_f1", "entity span-F1, strict"),
    ("merah_recall", "merah recall"),
    ("merah_precision", "merah precision"),
    ("ms_a_message", "ms a message"),
    ("training_s", "a training, s"),
    ("peak_memory_mb", "peak memory, MB"),
)


def table(ours: Result, stock: Result | None) -> str:
    """Figures side by side; the ratio is this project's to stock's, so above 1 is better above the line of speed, below 1 under it."""
    head = f"{ours.messages} messages{'':<14}{'this project':>14}" + (f"{'stock Rasa':>14}{'ratio':>9}" if stock else "")
    lines = [head]
    for field, words in _LINES:
        mine = getattr(ours, field)
        theirs = getattr(stock, field) if stock else None
        if mine is None:
            continue
        line = f"{words:<26}{mine:>14.4g}"
        if stock:
            line += f"{theirs:>14.4g}" if theirs is not None else f"{'':>14}"
            line += f"{mine / theirs:>9.3g}" if theirs else ""
        lines.append(line)
    return "\n".join(lines)


def main() -> int:
    """0 measured; 1 with a sentence."""
    if sys.argv[1:2] == ["--worker"]:
        return _working(sys.argv[2], Path(sys.argv[3]))
    arguments = _arguments()
    try:
        golds = read(arguments.train)
        if not golds:
            raise ValueError(f"{arguments.train.name}: no labelled message found")
        rounds = [Round(golds, read(arguments.test))] if arguments.test else folds(golds, arguments.folds)
        ours = run(_OURS, rounds)
        stock = run(STOCK, rounds) if arguments.against else None
    except (ValueError, OSError, RuntimeError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    results = [ours.__dict__] + ([stock.__dict__] if stock else [])
    sys.stdout.write((json.dumps(results) if arguments.json else table(ours, stock)) + "\n")
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m engine.benchmark", description=__doc__)
    parser.add_argument("--train", type=Path, required=True, help="Rasa NLU YAML (file or folder) or CoNLL")
    how = parser.add_mutually_exclusive_group(required=True)
    how.add_argument("--test", type=Path, help="messages of the same kind that are measured on")
    how.add_argument("--folds", type=int, help="cross-validate the training file instead")
    parser.add_argument("--against", choices=[STOCK], help="Rasa's default pipeline in the same run")
    parser.add_argument("--json", action="store_true", help="a list of results instead of a table")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
