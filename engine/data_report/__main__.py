"""python -m engine.data_report [--data FOLDER] [--json]: the examples' soundness; exit 1 where they must not be trained on."""

import argparse
import json
import sys
from dataclasses import asdict
from pathlib import Path

from engine import ROOT, quiet

quiet.silence()

from engine.data_report.report import Pairs, Report, report  # noqa: E402
from engine.evaluate.gold import read  # noqa: E402

_SHOWN = 5


def main() -> int:
    """0 sound; 1 clashes of equal texts or personal data; 2 unreadable."""
    parser = argparse.ArgumentParser(prog="python -m engine.data_report", description=__doc__)
    parser.add_argument("--data", type=Path, default=ROOT / "data" / "nlu", help="folder or file (default: %(default)s)")
    parser.add_argument("--json", action="store_true", help="everything, as JSON")
    parser.add_argument("--without-curve", action="store_true", help="leave the learning curve out, which takes most of the time")
    arguments = parser.parse_args()
    try:
        golds = read(arguments.data)
        files = sorted(arguments.data.rglob("*.yml")) if arguments.data.is_dir() else [arguments.data]
    except (ValueError, OSError) as error:
        sys.stderr.write(f"{error}\n")
        return 2
    found = report(golds, [file for file in files if file.suffix in {".yml", ".yaml"}], not arguments.without_curve)
    sys.stdout.write((json.dumps(asdict(found), ensure_ascii=False) if arguments.json else "\n".join(summary(found))) + "\n")
    return 0 if found.sound else 1


def summary(found: Report) -> list[str]:
    """For whoever edits the examples."""
    sizes = sorted(found.by_intent.values())
    lines = [f"{found.examples} contoh, {len(found.by_intent)} maksud, {len(found.by_writer)} penulis"]
    if sizes:
        lines.append(f"per maksud: {sizes[0]} sampai {sizes[-1]}, tengah {sizes[len(sizes) // 2]}")
    lines += [f"  terlalu sedikit: {', '.join(found.few)}"] if found.few else []
    lines.append("tingkat bahaya: " + ", ".join(f"{name} {count}" for name, count in found.by_danger.items()))
    lines.append("penulis (contoh, merah): " + ", ".join(f"{w} {n} {found.merah_by_writer.get(w, 0)}" for w, n in found.by_writer.items()))
    if found.curve:
        lines.append("satu penulis lagi menambah apa (diuji pada penulis yang tidak dibaca):")
        lines += [
            f"  {step.writers:>3} penulis, {step.examples:>6} contoh: macro-F1 {step.macro_f1:.3f}"
            + (f", merah ditemukan {step.merah_recall:.1%}" if step.merah_recall is not None else "")
            + (f", hijau salah dianggap merah {step.alarms:.1%}" if step.alarms is not None else "")
            for step in found.curve
        ]
    lines += _told("teks sama, label beda (harus diperbaiki)", found.clashes)
    lines += _told("teks hampir sama, label beda (periksa)", found.near_clashes)
    lines += _told("teks sama, label sama (hapus salah satu)", found.copies)
    lines += _told("teks hampir sama, label sama", found.near_copies)
    repeats = ", ".join(f"{one.writer} {one.distinct:.2f}" for one in found.sameness[:_SHOWN])
    lines.append(f"paling sering mengulang diri (bagian pasangan kata yang berbeda; 1 = tak pernah mengulang): {repeats}")
    lines.append("pembuka tersering: " + ", ".join(f"'{words}' {count}" for words, count in found.openings[:_SHOWN]))
    lines.append(f"data pribadi: {len(found.personal)}")
    lines += [f"  {one.kind}: {one.text}" for one in found.personal[:20]]
    lines.append(f"aturan teks dilanggar: {len(found.signs)}")
    lines += [f"  {one.kind}: {one.text!r}" for one in found.signs[:20]]
    return lines


def _told(title: str, pairs: Pairs) -> list[str]:
    shown = [f"  {one.near:.0f}  {one.labels[0]}: {one.first}\n       {one.labels[1]}: {one.second}" for one in pairs.shown[:_SHOWN]]
    return [f"{title}: {pairs.count}", *shown]


if __name__ == "__main__":
    sys.exit(main())
