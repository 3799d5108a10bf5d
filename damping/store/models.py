"""The trained models on disk: which there are, whether this office signed them, what their comparison says, who switched which on.

models/<name>/ holds model.tar.gz, manifest.json, and after a comparison report.json and report.html. manifest.sig is the
office's word that archive, data and report belong together: an HMAC under the look-up key, which the engine and the training
never have. models/current names the one that serves after a restart.
"""

import hashlib
import hmac
import json
import re
import shutil
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from damping.store.sealing import Vault
from rules.gate import Evidence, Found, Refusal, refusals

KEPT = 10
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}")
_SIGNATURE = "manifest.sig"


class NoModel(Exception):
    """There is no such model here."""


@dataclass(frozen=True)
class Model:
    """One model as it lies on disk."""

    name: str
    trained_at: datetime
    sha256: str
    data_hash: str
    learnt: dict[str, Any]  # what training measured on writers whom it had not seen
    signed: bool
    whole: bool
    report: dict[str, Any] | None
    current: bool

    @property
    def compared_with(self) -> str:
        """The model beside which it was measured; empty where there was none."""
        return str(self.report["about"]["before"]) if self.report else ""


class Shelf:
    """The folder of models."""

    def __init__(self, folder: Path, vault: Vault) -> None:
        self.folder = folder
        self._vault = vault

    def current(self) -> str:
        """The name of the model that serves after a restart; empty where there is none."""
        pointer = self.folder / "current"
        return pointer.read_text(encoding="utf-8").strip() if pointer.is_file() else ""

    def point(self, name: str) -> None:
        """From the next start on, this one serves."""
        fresh = self.folder / ".current"
        fresh.write_text(name + "\n", encoding="utf-8")
        fresh.replace(self.folder / "current")

    def names(self) -> list[str]:
        """Every model, newest first."""
        if not self.folder.is_dir():
            return []
        return sorted((p.name for p in self.folder.iterdir() if _NAME.fullmatch(p.name) and (p / "manifest.json").is_file()), reverse=True)

    def models(self) -> list[Model]:
        """Every model that can be read, newest first."""
        found = []
        for name in self.names():
            try:
                found.append(self.model(name))
            except NoModel:
                continue
        return found

    def model(self, name: str) -> Model:
        """One of them, looked at byte by byte. Raises `NoModel`."""
        folder = self.path(name)
        try:
            about = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
            trained_at = datetime.fromisoformat(str(about["trained_at"]).replace("Z", "+00:00"))
            sha256, data_hash = str(about["sha256"]), str(about["data_hash"])
        except (OSError, ValueError, KeyError, TypeError):
            raise NoModel from None
        signature = self._signature(folder)
        return Model(
            name=name,
            trained_at=trained_at,
            sha256=sha256,
            data_hash=data_hash,
            learnt=about.get("report") or {},
            signed=signature is not None,
            whole=signature is not None and signature == self._seen(folder, about),
            report=_report(folder),
            current=name == self.current(),
        )

    def path(self, name: str) -> Path:
        """A model's folder. Raises `NoModel`."""
        folder = self.folder / name
        if not _NAME.fullmatch(name) or not folder.is_dir():
            raise NoModel
        return folder

    def sign(self, name: str) -> None:
        """This office answers for the model as it lies there: right after it was trained or compared here. Raises `NoModel`."""
        folder = self.path(name)
        try:
            about = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
            signed = self._seen(folder, about)
        except (OSError, ValueError):
            raise NoModel from None
        if signed["archive"] != about.get("sha256"):
            raise NoModel  # the archive is not the one that was trained
        kept = {**_entries(folder), self._key_id(): {**signed, "signature": self._hmac(signed)}}
        fresh = folder / f".{_SIGNATURE}"
        fresh.write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")
        fresh.replace(folder / _SIGNATURE)

    def adopt(self) -> None:
        """Before the office has signed any model, it answers for the one that serves already."""
        current = self.current()
        if current and not any(self._key_id() in _entries(self.folder / name) for name in self.names()):
            try:
                self.sign(current)
            except NoModel:
                return

    def tidy(self) -> None:
        """The last ten stay, and the one that serves however old it is."""
        for old in self.names()[KEPT:]:
            if old != self.current():
                shutil.rmtree(self.folder / old, ignore_errors=True)

    def _signature(self, folder: Path) -> dict[str, str] | None:
        """What the office signed; None where it signed nothing, or the signature is not its own."""
        entry = _entries(folder).get(self._key_id())
        if not isinstance(entry, dict):
            return None
        signed = {key: str(value) for key, value in entry.items() if key != "signature"}
        return signed if hmac.compare_digest(self._hmac(signed), str(entry.get("signature"))) else None

    def _seen(self, folder: Path, about: dict[str, Any]) -> dict[str, str]:
        """What a signature speaks of, as it lies on disk now."""
        return {
            "name": folder.name,
            "manifest": _digest(folder / "manifest.json"),
            "archive": _digest(folder / "model.tar.gz"),
            "data": str(about.get("data_hash", "")),
            "report": _digest(folder / "report.json"),
        }

    def _hmac(self, signed: dict[str, str]) -> str:
        return self._vault.lookup("model signature", json.dumps(signed, sort_keys=True)).hex()

    def _key_id(self) -> str:
        """Two offices, or an office and a demonstration, may share a folder of models."""
        return self._vault.lookup("model signature", "which key").hex()[:16]


def evidence(model: Model, serving: str) -> Evidence:
    """What the gate asks about a model, while `serving` serves."""
    told = (model.report or {}).get("evidence") or {}
    fits = bool(told) and model.compared_with == serving and _of(model)
    found = tuple(Found(**one) for one in told.get("found", ()))
    counts = {name: int(told.get(name, 0)) for name in ("missed", "never_miss", "wording", "conversations", "conversations_failed")}
    mislaid = tuple((str(intent), int(number)) for intent, number in told.get("mislaid", ()))
    return Evidence(signed=model.signed, whole=model.whole, compared=fits, found=found, mislaid=mislaid, **counts)


def against(model: Model, serving: str) -> tuple[Refusal, ...]:
    """Why it may not be switched on; empty where it may."""
    return refusals(evidence(model, serving))


def _of(model: Model) -> bool:
    return model.report is not None and model.report["about"]["sha256"] == model.sha256


def _report(folder: Path) -> dict[str, Any] | None:
    try:
        content = json.loads((folder / "report.json").read_text(encoding="utf-8"))
        return content if isinstance(content, dict) and {"about", "compared", "evidence"} <= set(content) else None
    except (OSError, ValueError):
        return None


def _entries(folder: Path) -> dict[str, Any]:
    try:
        content = json.loads((folder / _SIGNATURE).read_text(encoding="utf-8"))
        return content if isinstance(content, dict) else {}
    except (OSError, ValueError):
        return {}


def _digest(path: Path) -> str:
    """Empty where there is no such file."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""
