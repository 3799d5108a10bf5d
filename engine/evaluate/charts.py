"""Charts as inline SVG in the colours of the page: readable on a phone, by a screen reader, on paper and in the dark.

Every bar starts at zero and says its value; nothing is told by colour alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

_WIDE = 360
_ROW = 24
_LABEL = 138
_BAR = 144
_LETTER = 6.2  # width of a letter at 11.5 px, about


@dataclass(frozen=True)
class Row:
    """One bar: a share from 0 to 1, what is written at its end, and its interval where it has one."""

    label: str
    share: float
    note: str
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class Part:
    """One piece of a whole: `colour` is a colour variable of the page."""

    label: str
    count: int
    colour: str


def _svg(title: str, height: float, inside: list[str], wide: float = _WIDE, name: str = "") -> str:
    shape = f'viewBox="0 0 {wide:g} {height:g}" style="max-width:{wide * 1.35:g}px"'
    return f'<svg role="img" class="{name}" aria-label="{escape(title, quote=True)}" {shape}>' + "".join(inside) + "</svg>"


def _text(x: float, y: float, words: str, name: str = "", more: str = "") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" class="{name}" {more}>{escape(words)}</text>'


def _line(x1: float, y1: float, x2: float, y2: float, name: str) -> str:
    return f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" class="{name}"/>'


def bars(title: str, rows: Sequence[Row], colour: str = "accent") -> str:
    """Shares one below the other; the thin line over a bar's end is its interval."""
    inside = []
    for number, row in enumerate(rows):
        y = number * _ROW
        inside.append(_text(_LABEL - 6, y + 16, _short(row.label), "label", 'text-anchor="end"'))
        inside.append(f'<rect x="{_LABEL}" y="{y + 4}" width="{_BAR}" height="15" class="bed"/>')
        inside.append(f'<rect x="{_LABEL}" y="{y + 4}" width="{row.share * _BAR:.1f}" height="15" style="fill:var(--{colour})"/>')
        if row.low is not None and row.high is not None:
            inside.append(_line(_LABEL + row.low * _BAR, y + 11.5, _LABEL + row.high * _BAR, y + 11.5, "range"))
        inside.append(_text(_LABEL + _BAR + 5, y + 16, _short(row.note, _WIDE - _LABEL - _BAR - 5), "value"))
    return _svg(title, len(rows) * _ROW + 2, inside)


def _short(label: str, wide: float = _LABEL - 8) -> str:
    most = int(wide / _LETTER)
    return label if len(label) <= most else label[: most - 1] + "…"


def parts(title: str, pieces: Sequence[Part]) -> str:
    """A whole in its pieces: one bar, and below it a line for each piece with its count."""
    total = sum(piece.count for piece in pieces) or 1
    inside, x = [], 0.0
    for number, piece in enumerate(pieces):
        width, y = piece.count / total * _WIDE, 44 + number * 22
        fill = f'style="fill:var(--{piece.colour})"'
        inside.append(f'<rect x="{x:.1f}" y="2" width="{max(width - 1.5, 0):.1f}" height="26" {fill}/>')
        inside.append(f'<rect x="1" y="{y}" width="12" height="12" {fill} class="key"/>')
        inside.append(_text(20, y + 11, f"{piece.label}: {piece.count}", "value"))
        x += width
    return _svg(title, 44 + len(pieces) * 22, inside)


def reliability(title: str, points: Sequence[tuple[float, float, int]]) -> str:
    """How certain against how often right; points on the diagonal keep what they promise, larger ones stand for more messages."""
    side, left, top = 270, 52, 8
    most = max((count for *_, count in points), default=1)
    inside = [*_frame(side, left, top, "seyakin apa asisten", "sesering apa benar"), _line(left, top + side, left + side, top, "ideal")]
    for certain, right, count in points:
        x, y, size = left + certain * side, top + side - right * side, 3 + 6 * (count / most) ** 0.5
        told = escape(f"yakin {certain:.0%}, benar {right:.0%}, {count} pesan")
        inside.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{size:.1f}" class="dot"><title>{told}</title></circle>')
    inside.append(_text(left + side - 6, top + side - 8, "garis putus-putus: janji = kenyataan", "label", 'text-anchor="end"'))
    return _svg(title, top + side + 44, inside)


def trade(title: str, points: Sequence[tuple[float, float, float]], now: tuple[float, float], colour: str) -> str:
    """(threshold, found, right when said) as a line, and where the assistant stands now."""
    side, left, top = 270, 52, 14
    inside = _frame(side, left, top, "dari semua yang gawat, berapa ditemukan", "dari yang dianggap gawat, berapa benar")
    spots = [(left + recall * side, top + side - right * side, threshold) for threshold, recall, right in points]
    joined = " ".join(f"{x:.1f},{y:.1f}" for x, y, _ in spots)
    inside.append(f'<polyline points="{joined}" fill="none" style="stroke:var(--{colour});stroke-width:2"/>')
    for x, y, threshold in spots:
        inside.append(
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="2.6" style="fill:var(--{colour})"><title>ambang {threshold:g}</title></circle>'
        )
    x, y = left + now[0] * side, top + side - now[1] * side
    inside.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="7" class="now"/>')
    inside.append(_text(x - 11, y + 4 if y < top + side - 20 else y - 10, "sekarang", "value strong", 'text-anchor="end"'))
    return _svg(title, top + side + 44, inside)


def _frame(side: float, left: float, top: float, along: str, up: str) -> list[str]:
    inside = []
    for step in (0.0, 0.25, 0.5, 0.75, 1.0):
        x, y = left + step * side, top + side - step * side
        inside += [_line(left, y, left + side, y, "grid"), _line(x, top, x, top + side, "grid")]
        inside += [_text(left - 5, y + 4, f"{step:.0%}", "label", 'text-anchor="end"')]
        inside += [_text(x, top + side + 16, f"{step:.0%}", "label", 'text-anchor="middle"')]
    inside.append(_text(left + side / 2, top + side + 35, along, "label", 'text-anchor="middle"'))
    middle = top + side / 2
    inside.append(_text(12, middle, up, "label", f'text-anchor="middle" transform="rotate(-90 12 {middle:.1f})"'))
    return inside


def matrix(title: str, labels: Sequence[str], counts: Sequence[Sequence[int]]) -> str:
    """Rows: what people meant; columns: what was understood. Scrolls sideways where it is wide."""
    cell, left, top = 15, 150, 130
    size = cell * len(labels)
    inside = []
    for row, label in enumerate(labels):
        y = top + row * cell
        total = sum(counts[row]) or 1
        inside.append(_text(left - 5, y + 11.5, label, "small", 'text-anchor="end"'))
        x = left + row * cell + 11
        inside.append(_text(x, top - 5, label, "small", f'transform="rotate(-60 {x} {top - 5})"'))
        inside += [_line(left, y, left + size, y, "grid"), _line(left + row * cell, top, left + row * cell, top + size, "grid")]
        inside += [_cell(left + c * cell, y, cell, n, n / total, labels[row], labels[c], c == row) for c, n in enumerate(counts[row]) if n]
    return _svg(title, top + size + 4, inside, left + size + 70, "wide")


def _cell(x: float, y: float, cell: float, count: int, share: float, meant: str, said: str, right: bool) -> str:
    told = escape(f"maksudnya {meant}, dipahami {said}: {count}")
    strength = 0.35 + 0.65 * share
    style = f'style="fill:var(--{"hijau" if right else "merah"});fill-opacity:{strength:.2f}"'
    box = f'<rect x="{x}" y="{y}" width="{cell}" height="{cell}" {style}>'
    figure = (
        _text(x + cell / 2, y + 11, str(count), "count right" if right else "count", 'text-anchor="middle"')
        if strength > 0.5 or not right
        else ""
    )
    return f"{box}<title>{told}</title></rect>{figure}"


def table(head: Sequence[str], rows: Sequence[Sequence[object]], opened: bool = False) -> str:
    """The figures behind a chart, folded away unless they are the chart."""
    top = "".join(f'<th scope="col">{escape(name)}</th>' for name in head)
    body = "".join("<tr>" + "".join(f"<td>{escape(str(cell))}</td>" for cell in row) + "</tr>" for row in rows)
    whole = f"<thead><tr>{top}</tr></thead><tbody>{body}</tbody>"
    return f'<details{" open" if opened else ""}><summary>Angkanya</summary><div class="scroll"><table>{whole}</table></div></details>'
