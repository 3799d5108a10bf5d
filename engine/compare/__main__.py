"""python -m engine.compare MODEL [--before MODEL]: report.json and report.html in the model's folder, and a verdict in words.

Both models answer the same messages in this one process; the new one also plays every conversation test. Needs no secret
and no network; the models' folder is all that it writes to.
"""

import argparse
import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from engine import ROOT, quiet

quiet.silence()  # before Rasa

from engine.compare import sets as measuring  # noqa: E402
from engine.compare.comparing import compare  # noqa: E402
from engine.compare.report import About, Report, now, write  # noqa: E402
from engine.compare.sets import Sets  # noqa: E402
from rules.gate import refusals  # noqa: E402

if TYPE_CHECKING:
    from engine.assistant import Assistant

_BEGAN = time.monotonic()


def main() -> int:
    """0 compared, whatever came of it; 1 with a sentence where it could not be done."""
    arguments = _arguments()
    os.chdir(ROOT)
    try:
        report = _compared(arguments)
    except Exception as error:  # noqa: BLE001  # the outermost loop: in words for the trainer, with the class for the developer
        sys.stderr.write(f"perbandingan gagal: {error} ({type(error).__name__})\n")
        return 1
    write(report, arguments.models / arguments.model)
    against = refusals(report.evidence())
    for refusal in against:
        _say(f"penjaga: {refusal.sentence}")
    if not against:
        _say("penjaga: boleh dinyalakan")
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m engine.compare", description=__doc__)
    parser.add_argument("model", help="the new model's name, a folder of --models")
    parser.add_argument("--before", help="the model to compare with (default: the one that `current` names)")
    parser.add_argument("--models", type=Path, default=ROOT / "models", help="folder of the models (default: %(default)s)")
    parser.add_argument("--sets", type=Path, default=measuring.FOLDER, help="folder of the measuring sets (default: %(default)s)")
    parser.add_argument("--conversations", type=Path, default=ROOT / "tests" / "conversations", help="folder (default: %(default)s)")
    parser.add_argument("--actions", default="actions", help="package of the custom actions (default: %(default)s)")
    return parser.parse_args()


def _compared(arguments: argparse.Namespace) -> Report:
    sets = measuring.load(arguments.sets)
    _step("memuat model baru")
    assistant, about = _loaded(arguments, arguments.model)
    _step("memuat model yang berjalan")
    before, about_before, trouble = _before(arguments)
    return _measured(arguments, sets, (assistant, about), (before, about_before, trouble))


def _before(arguments: argparse.Namespace) -> tuple["Assistant | None", dict[str, Any], str]:
    """The model that serves; one that is missing, or no longer loads after an update, is no reason not to look at the new one."""
    from engine.models import ModelRefused, current

    serving = current(arguments.models)
    name = arguments.before or (serving.name if serving else "")
    if not name or name == arguments.model:
        return None, {}, "none"
    try:
        assistant, about = _loaded(arguments, name)
    except ModelRefused as refusal:
        if arguments.before:
            raise
        return None, {"name": name}, str(refusal)
    return assistant, about, ""


def _loaded(arguments: argparse.Namespace, name: str) -> tuple["Assistant", dict[str, Any]]:
    """As the engine would take it into service. Raises ModelRefused."""
    import json

    from engine import absent

    absent.install()
    quiet.quiet_rasa()
    from engine import faster, inside, models, office

    faster.install()
    folder = arguments.models / name
    about = models.manifest(folder)
    serving = models.load(folder, about["sha256"], inside.InsideEndpoint(arguments.actions, 5.0), office.placeholders())
    whole = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    return serving.assistant, whole


def _measured(
    arguments: argparse.Namespace,
    sets: Sets,
    new: tuple["Assistant", dict[str, Any]],
    old: tuple["Assistant | None", dict[str, Any], str],
) -> Report:
    from engine import office
    from engine.compare import plays, wording
    from engine.evaluate import model

    texts = [gold.text for gold in sets.all()]
    (assistant, about), (before, about_before, trouble) = new, old
    _step("menguji pesan: model yang berjalan")
    told_before = model.parse(before.processor, texts) if before else None
    _step("menguji pesan: model baru")
    compared = compare(sets, told_before, model.parse(assistant.processor, texts))
    _step("memainkan percakapan uji")
    played = plays.play(assistant, arguments.conversations)
    _step("memeriksa kalimat")
    said = wording.broken(assistant.domain.responses, office.placeholders())
    counts = {
        "emas": len(sets.golden),
        "rusak": len(sets.spoiled),
        "wajib": len(sets.never_miss),
        "mirip": len(sets.look_alike),
    }
    shown = About(about["name"], about["sha256"], str(about.get("data_hash", "")), about_before.get("name", ""), trouble, now(), counts)
    return Report(shown, compared, said, played, about.get("report", {}), about_before.get("report", {}), about.get("mislaid", {}))


def _step(name: str) -> None:
    _say(f"perbandingan: {name} ({time.monotonic() - _BEGAN:.0f} s)")


def _say(line: str) -> None:
    sys.stderr.write(line + "\n")
    sys.stderr.flush()


if __name__ == "__main__":
    sys.exit(main())
