"""Models on disk and models in service: verify, load aside, try out, then serve. The one that serves stays until then.

models/<name>/model.tar.gz + manifest.json; models/current names the one to start with.
"""

import asyncio
import hashlib
import json
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from engine import ROOT, golden
from engine.asked import TurnAsked
from engine.assistant import Assistant
from engine.failure import TurnFailed
from engine.inside import InsideEndpoint
from engine.spoken import placeholders
from rules.buttons import BUTTONS
from rules.levels import Level

MODELS = ROOT / "models"


class ModelRefused(Exception):
    """The model is not taken into service; the message says why."""


@dataclass(frozen=True)
class Serving:
    """A model in service."""

    name: str
    trained_at: str
    assistant: Assistant
    sha256: str = ""  # of the archive's bytes as they were loaded


def current(models: Path) -> Path | None:
    """The folder of the model to start with, where one was trained."""
    pointer = models / "current"
    if not pointer.is_file():
        return None
    folder = models / pointer.read_text(encoding="utf-8").strip()
    return folder if (folder / "model.tar.gz").is_file() else None


def manifest(folder: Path) -> dict[str, Any]:
    """What training wrote beside the model. Raises ModelRefused."""
    try:
        content = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
        return {"name": str(content["name"]), "trained_at": str(content["trained_at"]), "sha256": str(content["sha256"])}
    except (OSError, ValueError, KeyError, TypeError):
        raise ModelRefused("manifest.json is missing or unreadable") from None


def load(folder: Path, sha256: str, actions: InsideEndpoint, office: dict[str, str]) -> Serving:
    """Verifies the archive's bytes, loads exactly those bytes and tries the model out. Slow; run it in a thread."""
    about = manifest(folder)
    with tempfile.TemporaryDirectory(prefix="damping-model-") as aside:
        copy = Path(aside) / "model.tar.gz"
        try:
            shutil.copyfile(folder / "model.tar.gz", copy)
        except OSError:
            raise ModelRefused("model.tar.gz is missing") from None
        if hashlib.sha256(copy.read_bytes()).hexdigest() != sha256 or sha256 != about["sha256"]:
            raise ModelRefused("the archive does not have the hash that was named")
        try:
            assistant = Assistant(copy, actions, office)
        except Exception as error:  # whatever a broken archive makes Rasa raise: the old model goes on serving
            raise ModelRefused(f"the model does not load ({type(error).__name__})") from error
    try_out(assistant, actions.names, office)
    return Serving(about["name"], about["trained_at"], assistant, sha256)


def try_out(assistant: Assistant, actions: set[str], office: dict[str, str]) -> None:
    """Golden sentences, then everything the domain asks of others. Raises ModelRefused."""
    _understands(assistant)
    domain = assistant.domain
    missing = {name for name in domain.user_actions if not name.startswith("utter_")} - set(domain.form_names) - actions
    if missing:
        raise ModelRefused("actions missing: " + ", ".join(sorted(missing)))
    for name, variations in domain.responses.items():
        for variation in variations:
            unknown = placeholders(str(variation.get("text") or "")) - set(office)
            strange = {button.get("payload") for button in variation.get("buttons") or []} - set(BUTTONS)
            if unknown or strange:
                raise ModelRefused(f"{name}: unknown {', '.join(sorted(map(str, unknown | strange)))}")


def _understands(assistant: Assistant) -> None:
    known = set(assistant.domain.intents)
    try:
        found = assistant.parse([text for text, *_ in golden.SENTENCES] + list(golden.NOTHING))
    except TurnFailed as failure:
        raise ModelRefused(f"a golden sentence fails: {failure.reason}") from None
    for number, ((_, intents, least), result) in enumerate(zip(golden.SENTENCES, found[: len(golden.SENTENCES)], strict=True)):
        wanted = known & set(intents)
        if wanted and result["intent"] not in wanted:
            raise ModelRefused(f"golden sentence {number} is not understood")
        if Level(result["danger"]).rank < least.rank:
            raise ModelRefused(f"golden sentence {number} is not found grave enough")
    if any(result["intent"] in golden.NEVER_FROM_NOTHING for result in found[len(golden.SENTENCES) :]):
        raise ModelRefused("a message that says nothing is taken for an answer")


async def answers(serving: Serving) -> None:
    """One real turn from nothing, with actions. Raises ModelRefused."""
    asked = TurnAsked("golden", None, golden.SENTENCES[0][0], None, "text", Level.HIJAU, (), None)
    answer = await serving.assistant.turn(asked)
    if answer["failed"]:
        raise ModelRefused(f"a first turn fails: {answer['failed']['kind']} {answer['failed']['reason']}")


class Shelf:
    """The model that serves, and the way to another one."""

    def __init__(self, models: Path, actions: InsideEndpoint, office: dict[str, str]) -> None:
        self.models = models.resolve()
        self._actions, self._office = actions, office
        self._one_at_a_time = asyncio.Lock()
        self.serving: Serving | None = None
        self.before: Serving | None = None  # kept loaded: the way back must not take the seconds of a loading

    async def swap(self, folder: str | Path, sha256: str) -> Serving:
        """Serves the model of a folder under `models`; turns go on with the old one until the new one has answered. Raises ModelRefused."""
        path = (self.models / folder).resolve()
        if not path.is_relative_to(self.models) or not path.is_dir():
            raise ModelRefused("not a model folder of ours")
        async with self._one_at_a_time:
            serving = self.before if self._is_before(path, sha256) else None
            if serving is None:
                serving = await asyncio.to_thread(load, path, sha256, self._actions, self._office)
                await answers(serving)
            if self.serving is not None and self.serving.sha256 != serving.sha256:
                self.before = self.serving
            self.serving = serving
            return serving

    def _is_before(self, path: Path, sha256: str) -> bool:
        return self.before is not None and (self.before.name, self.before.sha256) == (path.name, sha256)

    async def start(self, name: str | None = None) -> Serving | None:
        """Serves the model of that name, else the current one, where there is one. Raises ModelRefused."""
        folder = self.models / name if name else current(self.models)
        return await self.swap(folder, manifest(folder)["sha256"]) if folder else None
