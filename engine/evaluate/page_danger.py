"""What the page says of danger: how much is found, by whom, at what price, and which messages are not."""

from collections.abc import Sequence
from html import escape

from engine.evaluate import charts
from engine.evaluate.charts import Part
from engine.evaluate.danger import Detection, Heard
from engine.evaluate.measure import Measured
from engine.evaluate.words import between, intent_name, number, percent, row, section, slice_name

_VOICES = {
    "kata": ("hanya daftar kata", "kuning"),
    "kata+model": ("daftar kata dan model", "hijau"),
    "model": ("hanya model", "focus"),
    "-": ("tidak ditemukan", "merah"),
}
_SHOWN = 12  # messages in the open; more are folded away


def danger_sections(measured: Measured) -> list[str]:
    """Nothing where nobody noted how grave the messages are."""
    found = measured.danger
    if found is None:
        return []
    return [
        '<div class="two">',
        section(
            "Pesan gawat: berapa yang ditemukan",
            f"Dari {found.merah.recall.of} pesan merah, {found.merah.recall.of - found.merah.recall.hits} terlewat; daftarnya di bawah. "
            "Makin penuh batangnya, makin baik.",
            charts.bars("Ditemukan", [row("merah", found.merah.recall), row("kuning atau merah", found.at_least_kuning.recall)], "merah"),
            "<p>Dan dari yang dianggap gawat, berapa yang memang gawat:</p>",
            charts.bars(
                "Tepat", [row("merah", found.merah.precision), row("kuning atau merah", found.at_least_kuning.precision)], "kuning"
            ),
            _quality_table(found.merah, found.at_least_kuning),
        ),
        section(
            "Siapa yang menemukan pesan merah", _reading_voices(found.merah), charts.parts("Siapa yang menemukan", _pieces(found.merah))
        ),
        "</div>",
        *_trades(found.merah, found.at_least_kuning),
        section(
            "Menurut cara menulis: pesan merah yang ditemukan",
            "Tiap batang satu cara menulis. Batang yang pendek menunjukkan di mana pesan gawat masih terlewat.",
            charts.bars("Merah ditemukan", [row(slice_name(s.name), s.found) for s in found.slices if s.found.of], "merah"),
            "<p>Alarm palsu: pesan yang tidak merah tetapi dianggap merah. Makin pendek, makin baik.</p>",
            charts.bars("Alarm palsu", [row(slice_name(s.name), s.false) for s in found.slices if s.false.of], "kuning"),
        ),
        _list("Pesan merah yang terlewat", "Inilah yang harus diperbaiki lebih dulu.", found.merah.missed, "merah"),
        _list("Pesan yang salah dianggap merah", "Petugas akan dipanggil untuk pesan-pesan ini.", found.merah.false, "kuning"),
    ]


def _pieces(detection: Detection) -> list[Part]:
    known = [Part(words, detection.voices.get(name, 0), colour) for name, (words, colour) in _VOICES.items()]
    others = [Part(name, count, "line-strong") for name, count in detection.voices.items() if name not in _VOICES]
    return [piece for piece in [*known, *others] if piece.count]


def _reading_voices(detection: Detection) -> str:
    alone = detection.voices.get("model", 0)
    return (
        "Dua telinga mendengarkan: daftar kata bahaya dan model yang dilatih. "
        f"{alone} pesan hanya ditemukan model, {detection.voices.get('kata', 0)} hanya oleh daftar kata; karena itu keduanya dipakai."
    )


def _trades(*detections: Detection) -> list[str]:
    drawn = [d for d in detections if d.curve]
    if not drawn:
        return []
    words = {
        "merah": "Merah: lebih banyak ditemukan atau lebih jarang salah",
        "kuning": "Kuning atau merah: lebih banyak ditemukan atau lebih jarang salah",
    }
    sections = [
        section(
            words[d.level],
            "Garisnya menunjukkan semua pilihan ambang: makin ke kanan makin sedikit yang terlewat, "
            "makin ke atas makin sedikit alarm palsu. Lingkaran: pilihan sekarang.",
            charts.trade(
                words[d.level],
                [(p.threshold, p.recall.share or 0.0, p.precision.share or 0.0) for p in d.curve if p.precision.of],
                (d.recall.share or 0.0, d.precision.share or 0.0),
                d.level,
            ),
            charts.table(
                ["ambang", "ditemukan", "tepat", "alarm palsu (hijau)"],
                [[f"{p.threshold:g}", percent(p.recall), percent(p.precision), percent(p.alarms)] for p in d.curve],
            ),
        )
        for d in drawn
    ]
    return ['<div class="two">', *sections, "</div>"]


def _quality_table(*detections: Detection) -> str:
    rows = [[d.level, between(d.recall), between(d.precision), between(d.alarms)] for d in detections]
    return charts.table(["tingkat (paling sedikit)", "ditemukan", "tepat", "alarm palsu (hijau)"], rows)


def _list(title: str, reading: str, heard: Sequence[Heard], level: str) -> str:
    items = "".join(f"<li><q>{escape(one.text)}</q><span class='soft'>{escape(_told(one))}</span></li>" for one in heard)
    listed = f'<ol class="pesan {level}">{items}</ol>'
    if len(heard) > _SHOWN:
        listed = f"<details><summary>Lihat daftarnya</summary>{listed}</details>"
    return section(f"{title}: {len(heard)}", reading if heard else "Tidak ada satu pun.", listed if heard else "")


def _told(one: Heard) -> str:
    """What should have been said of a message, what was said, and by whom."""
    pieces = [f"seharusnya {one.wanted}, dianggap {one.said}", intent_name(one.intent)]
    pieces += [slice_name(one.slice)] if one.slice else []
    pieces += ["; ".join(one.by)] if one.by else []
    pieces += [f"peluang {number(one.chance)}"] if one.chance is not None else []
    return " · ".join(pieces)
