"""python -m engine.evaluate [--data FILE] [--model MODEL] [--out FOLDER]: report.json, report.html, ten lines.

Parses every message with the components that serve, in this one process. The data are invented; what is missed is
therefore shown with its text.
"""

import argparse
import json
import sys
import time
from dataclasses import asdict
from pathlib import Path

from engine import ROOT, quiet

quiet.silence()  # before Rasa

from engine.evaluate import model as models  # noqa: E402
from engine.evaluate.figures import Rate  # noqa: E402
from engine.evaluate.gold import Gold, read  # noqa: E402
from engine.evaluate.measure import Measured, measure  # noqa: E402
from engine.evaluate.nonsense import nonsense  # noqa: E402
from engine.evaluate.page import About, page  # noqa: E402


def main() -> int:
    """0 measured; 1 with a sentence where there is no model or no data."""
    parser = argparse.ArgumentParser(prog="python -m engine.evaluate", description=__doc__)
    parser.add_argument("--data", type=Path, default=ROOT / "tests" / "nlu" / "dev.yml", help="labelled messages (default: %(default)s)")
    parser.add_argument("--model", type=Path, default=ROOT / "models" / "current", help="archive, folder or pointer (default: %(default)s)")
    parser.add_argument("--out", type=Path, default=ROOT / "var" / "evaluation", help="folder of the report (default: %(default)s)")
    arguments = parser.parse_args()
    try:
        archive, gold = models.archive(arguments.model), [*read(arguments.data), *nonsense()]
        measured, about = _measured(archive, gold, arguments.data.name)
    except (ValueError, OSError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    arguments.out.mkdir(parents=True, exist_ok=True)
    content = {"about": asdict(about), "measured": asdict(measured)}
    (arguments.out / "report.json").write_text(json.dumps(content, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    (arguments.out / "report.html").write_text(page(measured, about), encoding="utf-8")
    sys.stdout.write("\n".join([*summary(measured, about), f"laporan: {arguments.out / 'report.html'}"]) + "\n")
    return 0


def _measured(archive: Path, gold: list[Gold], data: str) -> tuple[Measured, About]:
    from engine import absent

    absent.install()
    quiet.quiet_rasa()
    processor = models.load(archive)
    models.parse(processor, [gold[0].text])  # the first one builds caches
    began = time.perf_counter()
    parsed = models.parse(processor, [one.text for one in gold])
    took = time.perf_counter() - began
    made_at = time.strftime("%Y-%m-%d %H:%M UTC", time.gmtime())
    about = About(archive.parent.name, data, made_at, round(len(gold) / took, 1), round(models.peak_memory_mb()))
    return measure(gold, parsed), about


def summary(measured: Measured, about: About) -> list[str]:
    """Ten lines for whoever trained."""
    found, spans, yes_no = measured.intents, measured.entities, measured.yes_no
    lines = [
        f"model {about.model}, {measured.messages} pesan dari {about.data}",
        f"maksud      tepat {_between(found.accuracy)}, macro-F1 {found.macro_f1:.3f}, "
        f"tidak paham {found.fallback.share or 0:.1%}, keyakinan meleset {found.calibration.error:.1%}",
    ]
    if measured.danger:
        for name, one in (("merah", measured.danger.merah), ("kuning+", measured.danger.at_least_kuning)):
            lines.append(
                f"{name:<11} ditemukan {_between(one.recall)}, tepat {one.precision.share or 0:.1%}, "
                f"pesan hijau salah dianggap {one.alarms.share or 0:.1%}; terlewat {len(one.missed)}"
            )
        voices = ", ".join(f"{name} {count}" for name, count in sorted(measured.danger.merah.voices.items()))
        lines.append(f"suara       {voices}")
    weakest = sorted(measured.slices, key=lambda s: s.accuracy.share or 0.0)[:3]
    lines += [
        "terlemah    " + ", ".join(f"{s.name} {s.accuracy.share or 0:.0%}" for s in weakest),
        "luar topik  " + ", ".join(f"{b.name} salah dipahami {b.misread.hits}/{b.misread.of}" for b in measured.outside),
        f"ya/tidak    palsu: setuju {yes_no.false_yes}, tolak {yes_no.false_no}, terbalik {yes_no.opposite}, pesan pendek {yes_no.short}",
        f"keterangan  F1 persis {spans.strict_all.f1:.3f}, bersinggungan {spans.overlap_all.f1:.3f}",
        f"kecepatan   {about.messages_per_s:.0f} pesan/s, memori {about.memory_mb:.0f} MB",
    ]
    return lines


def _between(rate: Rate) -> str:
    return f"{rate.share or 0:.1%} ({rate.low:.0%}-{rate.high:.0%})"


if __name__ == "__main__":
    sys.exit(main())
