"""The evaluation as one page that needs nothing else: no request, no script, light and dark; for people who never trained anything."""

from dataclasses import dataclass
from html import escape
from pathlib import Path

from engine import ROOT
from engine.evaluate.measure import Measured
from engine.evaluate.page_danger import danger_sections
from engine.evaluate.page_meaning import meaning_sections, other_sections
from engine.evaluate.words import percent, section

_TOKENS = ROOT / "damping" / "design" / "tokens.css"  # the colours of every page
_STYLE = Path(__file__).with_name("page.css")


@dataclass(frozen=True)
class About:
    """What was measured, where and how fast."""

    model: str
    data: str
    made_at: str
    messages_per_s: float
    memory_mb: float


def page(measured: Measured, about: About) -> str:
    """The whole HTML document."""
    speed = section(
        "Kecepatan", f"{about.messages_per_s:.0f} pesan per detik dengan satu inti prosesor; memori paling banyak {about.memory_mb:.0f} MB."
    )
    sections = [_tiles(measured), *danger_sections(measured), *meaning_sections(measured), *other_sections(measured), speed]
    style = _TOKENS.read_text(encoding="utf-8") + _STYLE.read_text(encoding="utf-8")
    head = (
        '<!doctype html><html lang="id"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        f"<title>Seberapa baik asisten memahami</title><style>{style}</style></head>"
    )
    opening = (
        "<h1>Seberapa baik asisten memahami</h1>"
        f'<p class="soft">Model {escape(about.model)}, diuji dengan {measured.messages} pesan karangan '
        f"(dari {escape(about.data)}, dan asal ketik) yang tidak pernah dipakai melatih, "
        f"{escape(about.made_at)}. Garis tipis pada batang: kisaran yang wajar (95 %) karena jumlah pesan terbatas.</p>"
    )
    return f"{head}<body><main>{opening}{''.join(sections)}</main></body></html>\n"


def _tiles(measured: Measured) -> str:
    tiles = []
    if measured.danger:
        merah = measured.danger.merah
        tiles.append((percent(merah.recall), f"pesan merah ditemukan ({merah.recall.hits} dari {merah.recall.of})"))
        tiles.append((percent(merah.alarms), f"pesan hijau salah membunyikan alarm ({merah.alarms.hits} dari {merah.alarms.of})"))
    tiles.append((percent(measured.intents.accuracy), "maksud dipahami dengan tepat"))
    tiles.append((str(measured.yes_no.false_yes + measured.yes_no.false_no), "kali 'ya' atau 'tidak' dibaca padahal bukan"))
    return '<ul class="tiles">' + "".join(f"<li><b>{figure}</b><span>{escape(words)}</span></li>" for figure, words in tiles) + "</ul>"
