"""What the page says of intents, of yes and no, of entities, and of what is none of the office's business."""

from collections.abc import Sequence
from html import escape

from engine.evaluate import charts
from engine.evaluate.charts import Row
from engine.evaluate.figures import Score
from engine.evaluate.gold import FALLBACK
from engine.evaluate.measure import Measured
from engine.evaluate.words import between, intent_name, number, percent, row, section, share, slice_name

_BEYOND = {"di_luar_topik": "di luar topik", "iseng": "iseng", FALLBACK: "asal ketik"}


def _scores(scores: Sequence[Score]) -> list[list[object]]:
    return [[intent_name(s.name), s.support, f"{s.recall:.0%}", f"{s.precision:.0%}", number(s.f1)] for s in scores]


def meaning_sections(measured: Measured) -> list[str]:
    """Kinds of writing, certainty, intent by intent, what is mistaken for what."""
    found = measured.intents
    weakest = sorted(found.by_intent, key=lambda s: s.f1)
    bins = found.calibration.bins
    return [
        '<div class="two">',
        section(
            "Menurut cara menulis: maksud yang tepat",
            "Tiap batang satu cara menulis; batang yang pendek menunjukkan siapa yang masih kurang dipahami.",
            charts.bars(
                "Maksud tepat", [row(slice_name(s.name), s.accuracy) for s in sorted(measured.slices, key=lambda s: s.accuracy.share or 0)]
            ),
            charts.table(
                ["cara menulis", "pesan", "tepat", "'tidak paham'"],
                [[slice_name(s.name), s.accuracy.of, between(s.accuracy), percent(s.fallback)] for s in measured.slices],
            ),
        )
        if measured.slices
        else "",
        section(
            "Bisakah keyakinannya dipercaya?",
            "Titik di garis putus-putus berarti: kalau asisten 80 % yakin, ia benar 80 dari 100 kali. Di bawah garis: terlalu yakin. "
            f"Selisih rata-rata {share(found.calibration.error)}.",
            charts.reliability("Keyakinan dan kebenaran", [(b.certainty, b.right, b.count) for b in bins]),
            charts.table(
                ["keyakinan", "pesan", "rata-rata yakin", "benar"],
                [[f"{b.low:.0%}–{b.high:.0%}", b.count, f"{b.certainty:.0%}", f"{b.right:.0%}"] for b in bins],
            ),
        ),
        "</div>",
        section(
            "Maksud demi maksud",
            f"Panjang batang: nilai F1, gabungan 'tidak terlewat' dan 'tidak salah sebut'; yang terlemah di atas. "
            f"Rata-rata {number(found.macro_f1)}, tepat {between(found.accuracy)}, 'tidak paham' {percent(found.fallback)}.",
            charts.bars("F1 per maksud", [Row(intent_name(s.name), s.f1, f"{number(s.f1)} ({s.support})") for s in weakest]),
            charts.table(["maksud", "pesan", "ditemukan", "tepat", "F1"], _scores(found.by_intent)),
        ),
        section(
            "Yang paling sering tertukar",
            "Pasangan maksud yang salah dipahami lebih dari sekali. Di peta, kotak merah adalah pesan yang salah "
            "dipahami; kotak hijau di garis miring yang benar.",
            charts.table(
                ["maksudnya", "dipahami", "pesan"],
                [[intent_name(p.wanted), intent_name(p.said), p.count] for p in found.confused],
                opened=True,
            ),
            f'<details><summary>Peta lengkap (geser ke samping)</summary><div class="scroll">'
            f"{charts.matrix('Peta maksud', [intent_name(label) for label in found.labels], found.matrix)}</div></details>",
        ),
    ]


def other_sections(measured: Measured) -> list[str]:
    """Off-topic, yes and no that nobody gave, entities."""
    yes_no, spans = measured.yes_no, measured.entities
    wrong = "".join(
        f"<li><q>{escape(one.text)}</q><span class='soft'>seharusnya {escape(intent_name(one.wanted))}, "
        f"dibaca {escape(intent_name(one.said))} (yakin {one.certainty:.0%})</span></li>"
        for one in yes_no.texts
    )
    named = sorted(zip(spans.strict, spans.overlap, strict=True), key=lambda pair: pair[0].f1)
    return [
        section(
            "Pesan di luar urusan kantor",
            "Batang: berapa yang salah dipahami sebagai urusan kantor. Makin pendek, makin baik; "
            "sisanya dikenali atau dijawab 'belum paham'.",
            charts.bars("Salah dipahami sebagai urusan kantor", [row(_BEYOND[b.name], b.misread) for b in measured.outside], "kuning"),
            charts.table(
                ["jenis", "pesan", "dikenali", "'tidak paham'", "salah dipahami"],
                [[_BEYOND[b.name], b.right.of, percent(b.right), percent(b.fallback), percent(b.misread)] for b in measured.outside],
            ),
        )
        if measured.outside
        else "",
        section(
            f"'Ya' dan 'tidak' yang tidak pernah diucapkan: {yes_no.false_yes + yes_no.false_no}",
            f"Dari {yes_no.checked} pesan, {yes_no.false_yes} salah dibaca sebagai 'setuju' dan {yes_no.false_no} sebagai 'tolak' "
            f"({yes_no.opposite} di antaranya terbalik, {yes_no.short} pada pesan paling banyak tiga kata). Idealnya nol.",
            f'<ol class="pesan">{wrong}</ol>',
        ),
        section(
            "Keterangan di dalam pesan",
            "Misalnya siapa, kapan, di mana, dengan apa. Batang: F1 bila batasnya harus persis sama; "
            "angka dalam kurung bila cukup bersinggungan.",
            charts.bars("F1 per keterangan", [Row(s.name, s.f1, f"{number(s.f1)} ({number(o.f1)})") for s, o in named]),
            charts.table(
                ["keterangan", "ditandai", "ditemukan", "tepat", "F1", "F1 bersinggungan"],
                [
                    [s.name, s.support, f"{s.recall:.0%}", f"{s.precision:.0%}", number(s.f1), number(o.f1)]
                    for s, o in [(spans.strict_all, spans.overlap_all), *named]
                ],
            ),
        )
        if named
        else "",
    ]
