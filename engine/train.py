"""python -m engine.train [--if-needed]: trains from data/, tries the model out, writes models/<name>/ and points `current` to it.

Runs as a process of its own, needs no secret and no network. What a model was made from is hashed, so that `--if-needed`
can tell in a moment that there is nothing to do. The last ten models are kept.
"""

import argparse
import contextlib
import hashlib
import importlib.metadata
import io
import json
import logging
import os
import shutil
import sys
import tarfile
import tempfile
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from engine import ROOT, quiet
from engine.mislaid import mislaid

KEPT = 10
_PACKAGES = ("rasa", "rasa-sdk", "spacy", "scikit-learn", "numpy", "scipy", "onnxruntime", "tokenizers", "python-crfsuite")
_STEPS = (
    "IndonesianTokenizer",
    "NgramFeaturizer",
    "SentenceEncoder",
    "LinearIntentClassifier",
    "DangerClassifier",
    "TaggerEntityExtractor",
    "RulePolicy",
)


@dataclass(frozen=True)
class Project:
    """Where the assistant's files stand; the tests train a tiny one of their own."""

    config: Path = ROOT / "config.yml"
    domain: Path = ROOT / "domain.yml"
    data: Path = ROOT / "data"
    actions: str = "actions"
    models: Path = ROOT / "models"

    def sources(self) -> list[Path]:
        """Everything that a model is made from or that changes what it does."""
        parts = [self.config, self.domain, self.data, ROOT / "components", ROOT / "rules"]
        return [*parts, ROOT / self.actions.replace(".", "/")]


def data_hash(project: Project) -> str:
    """SHA-256 over the sources and the versions of the libraries that train."""
    digest = hashlib.sha256()
    for path in sorted(_files(project.sources())):
        digest.update(os.path.relpath(path, ROOT).encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    for name in _PACKAGES:
        digest.update(f"{name}=={importlib.metadata.version(name)}".encode())
    return digest.hexdigest()


def _files(paths: Iterable[Path]) -> Iterable[Path]:
    for path in paths:
        if path.is_file():
            yield path
        else:
            yield from (p for p in path.rglob("*") if p.is_file() and p.suffix in {".py", ".yml", ".tsv", ".json"})


def up_to_date(project: Project, wanted: str) -> bool:
    """Whether the current model was made from exactly these files."""
    pointer = project.models / "current"
    try:
        folder = project.models / pointer.read_text(encoding="utf-8").strip()
        content = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
        return bool(content["data_hash"] == wanted and (folder / "model.tar.gz").is_file())
    except (OSError, ValueError, KeyError):
        return False


def made_from(project: Project, wanted: str) -> str:
    """The newest model that is kept and was made from exactly these files; empty where there is none."""
    for manifest in sorted(project.models.glob("*/manifest.json"), reverse=True):
        try:
            content = json.loads(manifest.read_text(encoding="utf-8"))
            if content["data_hash"] == wanted and (manifest.parent / "model.tar.gz").is_file():
                return manifest.parent.name
        except (OSError, ValueError, KeyError):
            continue
    return ""


def train(project: Project, progress: "Progress", aside: bool = False) -> Path:
    """Trains, tries out and shelves a model; returns its folder. With `aside` the current model stays the current one.

    Raises RuntimeError in words for the trainer."""
    from engine import absent

    absent.install()
    quiet.quiet_rasa()
    from engine import bookkeeping, reading

    reading.install()
    bookkeeping.install()
    wanted = data_hash(project)
    with tempfile.TemporaryDirectory(prefix="damping-train-") as workplace:
        progress.follow()
        archive = _trained(project, Path(workplace))
        progress.step("percobaan")
        folder = _shelved(project, archive, wanted)
    try:
        _tried(project, folder)
    except Exception:
        shutil.rmtree(folder)
        raise
    if not aside:
        _point(project.models, folder.name)
    _prune(project.models)
    progress.done()
    return folder


def _trained(project: Project, aside: Path) -> Path:
    import rasa.model_training

    with contextlib.redirect_stdout(io.StringIO()):  # Rasa tells the trainer where its temporary file lies
        result = rasa.model_training.train(
            domain=str(project.domain),
            config=str(project.config),
            training_files=[str(project.data)],
            output=str(aside),
            fixed_model_name="model",
        )
    if result.code != 0 or not result.model:
        raise RuntimeError("pelatihan tidak menghasilkan model")
    return Path(result.model)


def _shelved(project: Project, archive: Path, wanted: str) -> Path:
    """The archive and its manifest, moved into place as one folder."""
    name = time.strftime("%Y%m%d-%H%M%S", time.gmtime())
    about = {
        "name": name,
        "trained_at": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
        "sha256": hashlib.sha256(archive.read_bytes()).hexdigest(),
        "data_hash": wanted,
        "rasa": importlib.metadata.version("rasa"),
        "report": report(archive),
        "mislaid": mislaid(project.data),
    }
    project.models.mkdir(parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(prefix=".new-", dir=project.models))
    shutil.move(str(archive), fresh / "model.tar.gz")
    (fresh / "manifest.json").write_text(json.dumps(about, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    folder = project.models / name
    fresh.rename(folder)
    return folder


def report(archive: Path) -> dict[str, Any]:
    """What the classifiers measured on held-out writers while they were trained."""
    found: dict[str, Any] = {}
    with tarfile.open(archive) as tar:
        for member in tar.getmembers():
            name = Path(member.name).stem
            if name in {"intent", "merah", "kuning"} and member.name.endswith(".json"):
                found[name] = json.load(tar.extractfile(member) or sys.stdin)["report"]
    return found


def _tried(project: Project, folder: Path) -> None:
    """As the engine would take it: hash, load, golden sentences, responses, one turn."""
    import asyncio

    from engine import faster, inside, models, office

    faster.install()
    try:
        serving = models.load(folder, models.manifest(folder)["sha256"], inside.InsideEndpoint(project.actions, 5.0), office.placeholders())
        asyncio.run(models.answers(serving))
    except models.ModelRefused as refusal:
        raise RuntimeError(f"model tidak lulus percobaan: {refusal}") from refusal


def _point(models: Path, name: str) -> None:
    pointer = models / ".current"
    pointer.write_text(name + "\n", encoding="utf-8")
    pointer.replace(models / "current")


def _prune(models: Path) -> None:
    """The last ten stay, and the one that serves however old it is."""
    pointer = models / "current"
    serving = pointer.read_text(encoding="utf-8").strip() if pointer.is_file() else ""
    folders = sorted(p for p in models.iterdir() if p.is_dir() and (p / "manifest.json").is_file())
    for old in folders[:-KEPT]:
        if old.name != serving:
            shutil.rmtree(old)


def _say(line: str) -> None:
    sys.stderr.write(line + "\n")
    sys.stderr.flush()


class Progress(logging.Handler):
    """A bar on a terminal, a line a step elsewhere; follows Rasa's own log of the training graph."""

    def __init__(self) -> None:
        super().__init__(logging.INFO)
        self._began = time.monotonic()
        self._bar: Any = None
        if sys.stderr.isatty():
            from tqdm import tqdm

            self._bar = tqdm(total=len(_STEPS) + 2, bar_format="{desc:<28} {bar} {n_fmt}/{total_fmt} {elapsed}", leave=True)

    def follow(self) -> None:
        """Listens to Rasa's training hooks, whose lines name components and nothing else."""
        hooks = logging.getLogger("rasa.engine.training.hooks")
        hooks.setLevel(logging.INFO)
        hooks.propagate = False
        hooks.handlers[:] = [self]
        self.step("membaca data")

    def emit(self, record: logging.LogRecord) -> None:
        """A component of the graph is done."""
        message = record.getMessage()
        if message.startswith(("Finished training", "Restored component")):
            self.step(next((name for name in _STEPS if name in message), "komponen"))

    def step(self, name: str) -> None:
        """One more step."""
        if self._bar is not None:
            self._bar.set_description(name)
            self._bar.update(1)
        else:
            _say(f"pelatihan: {name} ({time.monotonic() - self._began:.0f} s)")

    def done(self) -> None:
        """Ends the bar."""
        if self._bar is not None:
            self._bar.update(self._bar.total - self._bar.n)
            self._bar.close()


def main() -> int:
    """0 trained or nothing to do, 1 failed, 3 with --check where there is something to do."""
    parser = argparse.ArgumentParser(prog="python -m engine.train", description=__doc__)
    parser.add_argument("--if-needed", action="store_true", help="do nothing where the current model was made from the same files")
    parser.add_argument("--check", action="store_true", help="train nothing; 0 where the current model was made from these files, else 3")
    parser.add_argument("--aside", action="store_true", help="leave the current model the current one: the new one is to be compared first")
    arguments = parser.parse_args()
    quiet.silence()
    project = Project()
    if arguments.check:
        return 0 if up_to_date(project, data_hash(project)) else 3
    if arguments.if_needed:
        wanted = data_hash(project)
        ready = made_from(project, wanted) if arguments.aside else ""
        if ready or up_to_date(project, wanted):
            _say("model sudah sesuai dengan data" + (f": {ready}" if ready else ""))
            return 0
    os.chdir(ROOT)
    sys.path.insert(0, str(ROOT))
    try:
        folder = train(project, Progress(), arguments.aside)
    except Exception as error:  # noqa: BLE001  # the outermost loop: in words for the trainer, with the class for the developer
        _say(f"pelatihan gagal: {error} ({type(error).__name__})")
        return 1
    _tell(json.loads((folder / "manifest.json").read_text(encoding="utf-8")))
    return 0


def _tell(about: dict[str, Any]) -> None:
    intent, merah = about["report"].get("intent", {}), about["report"].get("merah", {})
    _say(f"model {about['name']} siap")
    if intent:
        whom = "penulis yang belum dikenal" if intent["held_out_by"] == "penulis" else "contoh yang belum dikenal"
        _say(f"  maksud: {intent['accuracy']:.1%} tepat pada {whom} ({intent['examples']} contoh)")
    if merah.get("recall"):
        _say(f"  merah:  {merah['recall']:.1%} ditemukan, {merah['false_alarms']:.1%} pesan hijau salah dianggap merah")


if __name__ == "__main__":
    sys.exit(main())
