"""Draws the paths of the assessment from the tables in rules/ into docs/dialogue.md, between the two marks.

python scripts/dialogue_picture.py          writes the file
python scripts/dialogue_picture.py --check  says whether it is current
"""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from rules.advice import ADVICE  # noqa: E402  # found only after the line above
from rules.paths import PATHS  # noqa: E402
from rules.paths import Path as Way  # noqa: E402
from rules.risk_items import CONDITIONS, ITEMS, SLOTS  # noqa: E402

PAGE = ROOT / "docs" / "dialogue.md"
BEGIN, END = "<!-- drawn by scripts/dialogue_picture.py -->", "<!-- end of drawing -->"


def drawn() -> str:
    """The part of the page that follows from the tables."""
    return "\n".join([BEGIN, "", *_paths(), "", *_items(), "", *_advice(), "", END])


def page(text: str) -> str:
    """The page with its drawn part renewed."""
    before, _, rest = text.partition(BEGIN)
    return before + drawn() + rest.partition(END)[2]


def _paths() -> list[str]:
    lines = ["```mermaid", "flowchart LR", "  message([a message]) --> heard{{danger? facts? which path}}"]
    for way in PATHS:
        lines.append(f'  heard -->|"{way.title}"| {way.name}["{_steps(way)}"]')
        lines.append(f'  {way.name} --> {way.name}_end(["{way.ends}"])')
    return [*lines, "```", "", "The first path that fits is taken, from top to bottom."]


def _steps(way: Way) -> str:
    """The order of questions; danger questions and safe contact as one step each."""
    steps: list[str] = []
    for slot in way.order:
        step = "danger questions" if slot in SLOTS else "safe contact" if slot.startswith("contact_") else slot
        if not steps or steps[-1] != step:
            steps.append(step)
    return " › ".join(steps)


def _items() -> list[str]:
    head = ["| danger question | behind it | put to | a yes is | the officer reads |", "|---|---|---|---|---|"]
    weight = {True: "merah", False: "one of four"}
    return head + [f"| `{one.slot}` | {one.source} | {CONDITIONS[one.when][0]} | {weight[one.grave]} | {one.reason} |" for one in ITEMS]


def _advice() -> list[str]:
    return ["| told once, unasked | when |", "|---|---|", *(f"| `{one.response}` | {one.when} |" for one in ADVICE)]


def main() -> int:
    """Exit status 1 where `--check` finds an old picture."""
    text = PAGE.read_text(encoding="utf-8")
    if "--check" in sys.argv[1:]:
        return 0 if page(text) == text else 1
    PAGE.write_text(page(text), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
