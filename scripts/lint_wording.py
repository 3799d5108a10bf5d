"""Reads every sentence that a person may get to read and checks it against `rules.wording`; exit 1 where one breaks a rule.

Usage: python scripts/lint_wording.py [FILE …]. A rule is set aside for one text by a comment above it, or at the end of its line:
`# boleh layar-kunci: <alasan>`. A comment without a reason, for an unknown rule, or that is not needed any more is an error itself.
"""

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from rules.wording import RULES, Finding, Wording, findings  # noqa: E402  after the path is known

_FILES = ("data/responses/*.yml", "config/informasi_kota.yml", "config/answers.yml", "damping/channels/webchat/pages/*.html")
_EXCEPTION = re.compile(r"#\s*boleh\s+([\w-]+)\s*(?::\s*(.*?))?\s*$")
_TEXT_KEYS = {"text"}
_LIST_KEYS = {"greetings", "otherwise"}
_BY_OFFICERS = {"jalan-keluar"}  # an officer is the way out
_CITY = {"jalan-keluar", "kalimat"}  # a counter's small talk is left by not answering


@dataclass(frozen=True)
class Place:
    """One text with where it stands; `free`: rules that do not hold for its kind of file."""

    path: Path
    line: int
    said: Wording
    free: frozenset[str] = frozenset()


def main(names: list[str]) -> int:
    """Prints what was found, a line each; 1 where anything was."""
    paths = [Path(name).resolve() for name in names] or [path for pattern in _FILES for path in sorted(ROOT.glob(pattern))]
    spoken = _placeholders()
    broken = [line for path in paths for line in check(path, spoken)]
    print("\n".join(broken) if broken else f"{len(paths)} berkas: tidak ada yang melanggar")
    return 1 if broken else 0


def check(path: Path, spoken: dict[str, str]) -> list[str]:
    """What is wrong in one file, a line each."""
    lines = path.read_text(encoding="utf-8").splitlines()
    excepted = _exceptions(lines)
    found, used = [], set()
    for place in places(path, spoken):
        here = [(number, rule) for number in (place.line, place.line - 1) for rule in excepted.get(number, {})]
        for one in findings(place.said, place.free):
            match = next(((number, rule) for number, rule in here if rule == one.rule), None)
            if match is None:
                found.append(_told(path, place.line, one))
            else:
                used.add(match)
    for number, rules in excepted.items():
        for rule, reason in rules.items():
            if rule not in RULES:
                found.append(_told(path, number, Finding(rule, "aturan ini tidak ada")))
            elif not reason:
                found.append(_told(path, number, Finding(rule, "pengecualian tanpa alasan")))
            elif (number, rule) not in used:
                found.append(_told(path, number, Finding(rule, "pengecualian ini tidak diperlukan lagi")))
    return found


def places(path: Path, spoken: dict[str, str]) -> Iterator[Place]:
    """Every text of a file that a person may read."""
    if path.suffix == ".html":
        yield from _of_page(path)
        return
    document = yaml.compose(path.read_text(encoding="utf-8"))
    if isinstance(document, yaml.MappingNode):
        kind = frozenset(_BY_OFFICERS if path.name == "answers.yml" else _CITY if path.name == "informasi_kota.yml" else ())
        yield from _of_node(path, document, spoken, kind, "")


def _of_node(path: Path, node: yaml.Node, spoken: dict[str, str], free: frozenset[str], name: str) -> Iterator[Place]:
    if isinstance(node, yaml.SequenceNode):
        for one in node.value:
            if isinstance(one, yaml.ScalarNode) and name in _LIST_KEYS | {"answers"}:
                yield Place(path, one.start_mark.line + 1, _wording(one.value, spoken, "", frozenset()), free)
            yield from _of_node(path, one, spoken, free, name)
    if not isinstance(node, yaml.MappingNode):
        return
    pairs = {key.value: value for key, value in node.value}
    for key, value in pairs.items():
        if key in _TEXT_KEYS and isinstance(value, yaml.ScalarNode):
            buttons = frozenset(_payloads(pairs.get("buttons")))
            yield Place(path, value.start_mark.line + 1, _wording(value.value, spoken, name, buttons), free)
        elif key != "buttons":
            yield from _of_node(path, value, spoken, free, key)


def _payloads(node: yaml.Node | None) -> Iterator[str]:
    for button in node.value if isinstance(node, yaml.SequenceNode) else []:
        yield from (value.value for key, value in button.value if key.value == "payload")


def _wording(text: str, spoken: dict[str, str], name: str, buttons: frozenset[str]) -> Wording:
    known = re.sub(r"<([a-z_]+)>", lambda match: spoken.get(match[1], "xxxx"), text)
    filled = re.sub(r"\{[a-z_]+\}|\[[a-z ]+\]", "10", known)
    return Wording(text, filled, asks=name.startswith("utter_ask_"), buttons=buttons)


def _of_page(path: Path) -> Iterator[Place]:
    """Visible words of a template, line by line."""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        quoted = re.findall(r"'((?:[A-Z])[^'<>{}]{15,})'", line)
        plain = re.sub(r"\{[{%#].*?[}%#]\}", " ", re.sub(r"<[^>]*>", " ", line)).strip()
        for text in [*quoted, *([plain] if re.match(r"[A-Z][^{}=;]{15,}$", plain) else [])]:
            yield Place(path, number, Wording(text, text, alone=False))


def _exceptions(lines: list[str]) -> dict[int, dict[str, str]]:
    found: dict[int, dict[str, str]] = {}
    for number, line in enumerate(lines, 1):
        match = _EXCEPTION.search(line)
        if match:
            found.setdefault(number, {})[match[1]] = match[2] or ""
    return found


def _told(path: Path, line: int, found: Finding) -> str:
    shown = path.relative_to(ROOT) if path.is_relative_to(ROOT) else path
    return f"{shown}:{line}: {found.rule}: {found.what}"


def _placeholders() -> dict[str, str]:
    facts = yaml.safe_load((ROOT / "config" / "office.yml").read_text(encoding="utf-8"))
    return {**facts["words"], **{line["placeholder"]: line["number"] for line in facts["hotlines"]}}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
