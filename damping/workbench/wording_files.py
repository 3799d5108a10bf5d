"""What the assistant says, `data/responses`: read and written one sentence at a time; notes, buttons and conditions stay untouched."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from damping.workbench.data_files import Changed, Unreadable, held, put

_RESPONSE = re.compile(r"  (utter_\w+):")
_TEXT = re.compile(r'(    - text: )("(?:[^"\\]|\\.)*")(.*)')
_EXCEPTED = re.compile(r"#\s*boleh\s+([\w-]+)\s*:")  # as `scripts/lint_wording.py` reads it


@dataclass(frozen=True)
class Sentence:
    """One way of saying a response. `note`: what stands behind or above it, such as why a rule is set aside."""

    response: str
    number: int  # among the sentences of its response, from 0
    text: str
    note: str
    buttons: tuple[tuple[str, str], ...]  # title and payload
    condition: str  # for whom, such as 'tone = anak'; empty: for everybody

    @property
    def excepted(self) -> frozenset[str]:
        """The rules of wording that are set aside for it."""
        return frozenset(_EXCEPTED.findall(self.note))


class WordingFiles:
    """The folder `data/responses`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def topics(self) -> dict[str, dict[str, tuple[Sentence, ...]]]:
        """File -> response -> its sentences."""
        return {path.stem: self._read(path) for path in sorted(self._folder.glob("*.yml"))}

    def topic(self, name: str) -> dict[str, tuple[Sentence, ...]]:
        """The responses of one file. Raises `Changed` for an unknown one."""
        path = self._folder / f"{name}.yml"
        if not name.isidentifier() or not path.exists():
            raise Changed(name)
        return self._read(path)

    def swap_told(self, before: Mapping[str, Any] | None, after: Mapping[str, Any] | None) -> None:
        """Another text for one sentence. Raises `Changed` where it does not read `before` any more."""
        if before is None or after is None:
            raise Changed("wording")
        path = self._folder / f"{before['topic']}.yml"
        with held(self._folder):
            lines = path.read_text(encoding="utf-8").split("\n")
            at = _place(lines, before["response"], before["number"])
            match = _TEXT.fullmatch(lines[at])
            if match is None or json.loads(match[2]) != before["text"]:
                raise Changed(before["response"])
            lines[at] = f"{match[1]}{json.dumps(after['text'], ensure_ascii=False)}{match[3]}"
            text = "\n".join(lines)
            if yaml.load(text, yaml.CSafeLoader)["responses"][before["response"]][before["number"]]["text"] != after["text"]:
                raise Unreadable(path.name)
            put(path, text)

    def _read(self, path: Path) -> dict[str, tuple[Sentence, ...]]:
        text = path.read_text(encoding="utf-8")
        lines = text.split("\n")
        spoken = yaml.load(text, yaml.CSafeLoader)["responses"]
        return {
            response: tuple(_sentence(lines, response, number, said) for number, said in enumerate(sentences))
            for response, sentences in spoken.items()
        }


def _sentence(lines: list[str], response: str, number: int, said: Mapping[str, Any]) -> Sentence:
    at = _place(lines, response, number)
    match, above = _TEXT.fullmatch(lines[at]), lines[at - 1].strip()
    buttons = tuple((one["title"], one["payload"]) for one in said.get("buttons") or ())
    told = ", ".join(f"{one['name']} = {one['value']}" for one in said.get("condition") or ())
    note = " ".join(part for part in (above if above.startswith("#") else "", match[3].strip() if match else "") if part)
    return Sentence(response, number, said["text"], note, buttons, told)


def _place(lines: list[str], response: str, number: int) -> int:
    """The line of a sentence. Raises `Changed`."""
    inside, seen = False, -1
    for at, line in enumerate(lines):
        opened = _RESPONSE.match(line)
        if opened:
            inside = opened[1] == response
        elif inside and line.startswith("    - text:"):
            seen += 1
            if seen == number:
                return at
    raise Changed(response)
