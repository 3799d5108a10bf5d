"""The comparison as one page that needs nothing else, for people who never trained anything: may it be switched on, and why."""

from collections.abc import Iterable
from html import escape
from typing import TYPE_CHECKING

from engine import ROOT
from engine.compare.comparing import Change, Missed, Recall, Side
from engine.evaluate import charts
from engine.evaluate.charts import Row
from engine.evaluate.words import between, intent_name, number, percent, row, section, share
from rules.gate import refusals

if TYPE_CHECKING:
    from engine.compare.report import Report

_TOKENS = ROOT / "damping" / "design" / "tokens.css"  # the colours of every page
_STYLE = ROOT / "engine" / "evaluate" / "page.css"
_SETS = {"emas": "kumpulan ukur", "rusak": "salah ketik dan gaul", "wajib": "tidak boleh terlewat", "mirip": "mirip bahaya"}
_LEVELS = {"merah": "merah", "kuning": "kuning atau merah"}
_SHOWN = 25


def page(report: "Report") -> str:
    """The whole HTML document."""
    about, compared = report.about, report.compared
    style = _TOKENS.read_text(encoding="utf-8") + _STYLE.read_text(encoding="utf-8")
    head = (
        '<!doctype html><html lang="id"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        f"<title>Perbandingan model {escape(about.model)}</title><style>{style}</style></head>"
    )
    against = f"dibandingkan dengan model yang berjalan, {about.before}" if about.before else "belum ada model lain yang berjalan"
    against += f" (yang tidak dapat dimuat lagi: {about.trouble})" if about.before and about.trouble else ""
    opening = (
        f"<h1>Model {escape(about.model)}</h1>"
        f'<p class="soft">Diuji dengan {sum(about.messages.values())} pesan karangan yang tidak pernah dipakai melatih, {escape(against)}. '
        f"{escape(about.made_at)}. Garis tipis pada batang: kisaran yang wajar (95 %) karena jumlah pesan terbatas.</p>"
    )
    sections = [
        _verdict(report),
        *_danger(report),
        *_changes(compared.changes),
        *_meaning("Maksud pada kumpulan ukur", compared.golden_before, compared.golden),
        *_meaning("Maksud pada pesan salah ketik dan gaul", compared.spoiled_before, compared.spoiled),
        _certainty(compared.golden),
        _confusion(compared.golden),
        _held_out(report),
        _plays(report),
        _wording(report),
    ]
    return f"{head}<body><main>{opening}{''.join(sections)}</main></body></html>\n"


def _verdict(report: "Report") -> str:
    against = refusals(report.evidence())
    if not against:
        return section("Boleh dinyalakan", "Tidak ada bahaya yang lebih sering terlewat, dan semua percakapan uji berjalan.")
    return section("Tidak boleh dinyalakan", "Sebabnya:", _listed(escape(one.sentence) for one in against))


def _danger(report: "Report") -> list[str]:
    compared = report.compared
    grave = [one for one in compared.recalls if one.what in _LEVELS]
    single = [one for one in compared.recalls if one.what not in _LEVELS]
    wrong = len(compared.never_miss.wrong)
    return [
        section(
            f"Pesan yang tidak boleh terlewat: {wrong} terlewat dari {compared.never_miss.of}",
            "Satu saja yang terlewat, dan model tidak boleh dinyalakan.",
            _missed(compared.never_miss.wrong, "merah"),
        ),
        section(
            "Bahaya yang ditemukan",
            "Batang penuh berarti tidak ada yang terlewat. Di bawah tiap batang model baru: model yang berjalan sekarang.",
            charts.bars("Bahaya yang ditemukan", [bar for one in grave for bar in _pair(one)], "merah"),
            charts.table(
                ["apa", "kumpulan", "sekarang", "baru"],
                [
                    [_LEVELS.get(r.what, intent_name(r.what)), _SETS[r.set], between(r.before) if r.before else "–", between(r.after)]
                    for r in [*grave, *single]
                ],
            ),
        ),
        section(
            f"Pesan yang hanya mirip bahaya: {len(compared.look_alike.wrong)} salah dari {compared.look_alike.of}",
            "Petugas dipanggil sia-sia untuk pesan seperti ini. Makin sedikit, makin baik.",
            _missed(compared.look_alike.wrong, "kuning"),
        ),
    ]


def _pair(one: Recall) -> list[Row]:
    where = "" if one.set == "emas" else ", salah ketik"
    rows = [row(f"{one.what}{where}", one.after)]
    return [*rows, row("sekarang", one.before)] if one.before else rows


def _changes(changes: list[Change]) -> list[str]:
    if not changes:
        return [section("Jawaban yang berubah", "Tidak ada yang berubah, atau belum ada model lain untuk dibandingkan.")]
    words = {"worse": "Menjadi lebih buruk", "better": "Menjadi lebih baik", "other": "Berubah, tidak lebih baik dan tidak lebih buruk"}
    found = []
    for verdict, title in words.items():
        these = [one for one in changes if one.verdict == verdict]
        items = _listed((_change(one) for one in these), "merah" if verdict == "worse" else "")
        folded = f"<details><summary>Lihat daftarnya</summary>{items}</details>" if len(these) > _SHOWN or verdict == "other" else items
        found.append(section(f"{title}: {len(these)}", "" if these else "Tidak ada satu pun.", folded if these else ""))
    return found


def _change(one: Change) -> str:
    told = f"{_SETS[one.set]} · seharusnya {intent_name(one.intent)}, {one.danger} · sekarang {_told(one.before.intent, one.before.danger)}"
    return f"<q>{escape(one.text)}</q><span class='soft'>{escape(told)} · baru {escape(_told(one.after.intent, one.after.danger))}</span>"


def _told(intent: str, danger: str) -> str:
    return f"{intent_name(intent)}, {danger}"


def _meaning(title: str, before: Side | None, after: Side) -> list[str]:
    scores = {one.name: one for one in before.by_intent} if before else {}
    weakest = sorted(after.by_intent, key=lambda one: one.f1)
    was = f"; sekarang {between(before.accuracy)}" if before else ""
    table = [
        [
            intent_name(one.name),
            one.support,
            f"{one.recall:.0%}",
            f"{one.precision:.0%}",
            *([f"{scores[one.name].recall:.0%}", f"{scores[one.name].precision:.0%}"] if one.name in scores else ["–", "–"]),
        ]
        for one in weakest
    ]
    return [
        section(
            title,
            f"Tepat {between(after.accuracy)}{was}. 'Tidak paham' {percent(after.fallback)}. "
            "Batang: nilai F1 sepuluh maksud terlemah model baru.",
            charts.bars(title, [Row(intent_name(one.name), one.f1, f"{number(one.f1)} ({one.support})") for one in weakest[:10]]),
            charts.table(["maksud", "pesan", "ditemukan", "tepat", "sekarang ditemukan", "sekarang tepat"], table),
        )
    ]


def _certainty(side: Side) -> str:
    return section(
        "Bisakah keyakinannya dipercaya?",
        "Titik di garis putus-putus berarti: kalau asisten 80 % yakin, ia benar 80 dari 100 kali. "
        f"Selisih rata-rata {share(side.calibration.error)}.",
        charts.reliability("Keyakinan dan kebenaran", [(b.certainty, b.right, b.count) for b in side.calibration.bins]),
    )


def _confusion(side: Side) -> str:
    rows = [[intent_name(p.wanted), intent_name(p.said), p.count] for p in side.confused]
    names = [intent_name(label) for label in side.labels]
    drawn = charts.matrix("Peta maksud", names, side.matrix)
    return section(
        "Yang paling sering tertukar",
        "Pasangan maksud yang salah dipahami lebih dari sekali.",
        charts.table(["maksudnya", "dipahami", "pesan"], rows, opened=True),
        f'<details><summary>Peta lengkap (geser ke samping)</summary><div class="scroll">{drawn}</div></details>',
    )


def _held_out(report: "Report") -> str:
    """Grouped cross-validation as training does it: a writer is either learnt from or measured on, never both."""
    rows = []
    for name, words in (("intent", "maksud tepat"), ("merah", "merah ditemukan"), ("kuning", "kuning atau merah ditemukan")):
        now, then = report.held_out.get(name) or {}, report.held_out_before.get(name) or {}
        key = "accuracy" if name == "intent" else "recall"
        if key in now:
            rows.append([words, now.get("held_out", "–"), share(then[key]) if key in then else "–", share(now[key])])
    return section(
        "Pada penulis yang belum dikenal",
        "Contoh sebagian penulis disisihkan waktu melatih, lalu dipakai menguji: begitulah orang baru akan dipahami.",
        charts.table(["apa", "pesan", "sekarang", "baru"], rows, opened=True),
    )


def _plays(report: "Report") -> str:
    plays = report.plays
    items = (
        f"<q>{escape(one.who)}</q><span class='soft'>{escape(f'{one.topic}, giliran {one.turn}: {one.why}')}</span>" for one in plays.failed
    )
    return section(
        f"Percakapan uji: {plays.of - len(plays.failed)} dari {plays.of} berjalan",
        "Tiap percakapan dimainkan dari awal sampai akhir dengan model baru." if not plays.failed else "Yang gagal:",
        _listed(items, "merah") if plays.failed else "",
    )


def _wording(report: "Report") -> str:
    items = (f"<q>{escape(one.text)}</q><span class='soft'>{escape(one.rule)}: {escape(one.what)}</span>" for one in report.wording)
    return section(
        f"Kalimat yang melanggar aturan bahasa: {len(report.wording)}",
        "" if report.wording else "Tidak ada satu pun.",
        _listed(items, "kuning") if report.wording else "",
    )


def _missed(wrong: list[Missed], level: str) -> str:
    if not wrong:
        return ""
    return _listed(
        (
            f"<q>{escape(one.text)}</q><span class='soft'>seharusnya {one.wanted}, dianggap {one.said}"
            f"{f', sekarang {one.before}' if one.before else ''}</span>"
            for one in wrong
        ),
        level,
    )


def _listed(items: Iterable[str], level: str = "") -> str:
    return f'<ol class="pesan {level}">{"".join(f"<li>{item}</li>" for item in items)}</ol>'
