"""Messages with what they mean, as people labelled them: read from Rasa's NLU YAML or from CoNLL, written as Rasa's NLU JSON.

Read quickly and without judging: whether the data are sound is `engine.data_report`'s business.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FALLBACK = "nlu_fallback"


@dataclass(frozen=True)
class Span:
    """A labelled piece of a text, in characters."""

    start: int
    end: int
    label: str


@dataclass(frozen=True)
class Gold:
    """One message and what it means; an intent of `nlu_fallback` says that it means nothing."""

    text: str
    intent: str
    entities: tuple[Span, ...] = ()
    danger: str | None = None
    slice: str | None = None
    writer: str | None = None


def read(path: Path) -> list[Gold]:
    """Every labelled message of a file, or of the YAML files of a folder. Raises ValueError in words, OSError."""
    if path.is_dir():
        return [gold for file in sorted(path.rglob("*.yml")) for gold in read(file)]
    found = list(_conll(path) if path.suffix in {".conll", ".conllu"} else _yaml(path))
    if not found and path.suffix not in {".yml", ".yaml"}:
        raise ValueError(f"{path.name}: no labelled message found (Rasa NLU YAML or CoNLL is expected)")
    return found


def _yaml(path: Path) -> Iterator[Gold]:
    from ruamel.yaml import YAML, YAMLError

    try:
        content = YAML(typ="safe").load(path.read_text(encoding="utf-8"))
        blocks = [block for block in content["nlu"] or [] if "intent" in block] if content is not None else []
    except (YAMLError, KeyError, TypeError) as error:
        raise ValueError(f"{path.name}: not Rasa NLU YAML ({type(error).__name__})") from None
    for block in blocks:
        for text, noted in _examples(block.get("examples") or ()):
            yield _example(text, str(block["intent"]), noted)


def _examples(examples: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    """Both of Rasa's spellings: one string of lines that begin with a dash, or a list of texts with metadata."""
    if isinstance(examples, str):
        lines = (line.strip() for line in examples.splitlines())
        yield from ((line[1:].strip(), {}) for line in lines if line.startswith("-"))
        return
    for one in examples:
        text, noted = (one.get("text"), one.get("metadata")) if isinstance(one, dict) else (one, None)
        yield str(text).strip("\n"), noted if isinstance(noted, dict) else {}


def _example(marked: str, intent: str, noted: dict[str, Any]) -> Gold:
    text = marked
    spans: tuple[Span, ...] = ()
    if "[" in marked:
        from rasa.shared.nlu.training_data import entities_parser

        message = entities_parser.parse_training_example(marked, intent)
        text = message.get("text")
        spans = tuple(Span(e["start"], e["end"], e["entity"]) for e in message.get("entities") or ())
    return Gold(text, intent, spans, *(_word(noted.get(key)) for key in ("danger", "slice", "writer")))


def _word(value: object) -> str | None:
    return str(value) if value else None


def _conll(path: Path) -> Iterator[Gold]:
    """Blocks of `# text =`, `# intent =` and one token a line with its BIO tag last. Rasa reads a slash in an intent as
    'intent/response', so it becomes a dot."""
    for block in path.read_text(encoding="utf-8").split("\n\n"):
        head = dict(line[1:].strip().split(" = ", 1) for line in block.splitlines() if line.startswith("#") and " = " in line)
        rows = [line.split("\t") for line in block.splitlines() if line.strip() and not line.startswith("#")]
        tokens = [(row[1], row[-1]) for row in rows if len(row) > 2]
        if "intent" in head and tokens:
            text = head.get("text", " ".join(token for token, _ in tokens))
            yield Gold(text, head["intent"].replace("/", "."), tuple(_spans(text, tokens)))


def _spans(text: str, tokens: Iterable[tuple[str, str]]) -> list[Span]:
    found: list[Span] = []
    at, inside = 0, ""
    for token, tag in tokens:
        start = text.find(token, at)
        if start < 0:
            raise ValueError(f"a token is not in its text: {token!r}")
        at = start + len(token)
        kind, _, label = tag.partition("-")
        if kind == "I" and label == inside:
            found[-1] = Span(found[-1].start, at, label)
        elif kind in {"B", "I"}:
            found.append(Span(start, at, label))
        inside = label if kind in {"B", "I"} else ""
    return found


def training_json(golds: Iterable[Gold]) -> str:
    """The messages as Rasa's NLU JSON, the one format of Rasa's in which no sign of a text needs escaping."""
    return json.dumps({"rasa_nlu_data": {"common_examples": [_common(gold) for gold in golds]}}, ensure_ascii=False)


def _common(gold: Gold) -> dict[str, Any]:
    spans = [{"start": s.start, "end": s.end, "value": gold.text[s.start : s.end], "entity": s.label} for s in gold.entities]
    noted = {"danger": gold.danger, "slice": gold.slice, "writer": gold.writer}
    told = {key: value for key, value in noted.items() if value}
    return {"text": gold.text, "intent": gold.intent, "entities": spans, **({"example_metadata": told} if told else {})}
