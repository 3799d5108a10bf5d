"""The danger questions for violence by a partner or relative: the office's own wording behind the items of LAP, DA and DA-5.

An answer only ever raises the level: any of the gravest, or four of the rest, is merah. Few are put at a time, every one may be
left, and nobody is asked on once the level is merah or two were left unanswered. The instruments' sentences stand nowhere here.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from rules import relations
from rules.danger import Reason
from rules.levels import Level
from rules.signs import compiled

Facts = Mapping[str, object]

ENOUGH = 4  # of the rest: merah
MOST_REST = 5  # questions of the rest that are put at all
TIRED = 2  # left unanswered: no more


@dataclass(frozen=True)
class Item:
    """One item: the fact it fills, where it comes from, when it is put, and what the officer reads where it is true."""

    slot: str
    source: str
    grave: bool
    when: str  # a name in CONDITIONS
    reason: str
    told: tuple[str, ...] = ()  # reasons of the word list that say the same: then it is not asked
    said: re.Pattern[str] | None = None  # words in a story that say the same


def _partner(facts: Facts) -> bool:
    return relations.kind_of(facts.get("relation")) in {relations.PARTNER, relations.FORMER}


def _together(facts: Facts) -> bool:
    return relations.kind_of(facts.get("relation")) == relations.PARTNER


def _children(facts: Facts) -> bool:
    return facts.get("children") == "ya"


def _partner_with_children(facts: Facts) -> bool:
    return _partner(facts) and _children(facts)


CONDITIONS: dict[str, tuple[str, Callable[[Facts], bool]]] = {
    "always": ("partner or family", lambda _facts: True),
    "partner": ("partner or former partner", _partner),
    "together": ("partner, not known to be parted", _together),
    "children": ("children are known of", _children),
    "partner_children": ("partner, children are known of", _partner_with_children),
    "told": ("never put, counted where it is told", lambda _facts: False),
}

_YEARS = r"(?:\d{1,2}|dua|tiga|empat|lima|enam|tujuh|sepuluh|puluhan|beberapa) ?(?:tahun\S*|thn|th|taun)"  # no longer newly parted
# In the order in which they are put: the gravest first.
ITEMS: tuple[Item, ...] = (
    Item(
        "risk_weapon", "LAP 1, DA 5, DA-5 2", True, "always", "pernah memakai atau mengancam dengan senjata", ("menyebut", "dipukul dengan")
    ),
    Item("risk_kill", "LAP 2, DA 6", True, "always", "pernah mengancam membunuh", ("ancaman bunuh", "ancaman menghabisi")),
    Item("risk_capable", "LAP 3, DA 18, DA-5 3", True, "always", "merasa pelaku bisa sampai membunuh", ("nyawa terancam",)),
    Item("risk_choke", "LAP 5, DA 10, DA-5 4", True, "always", "pernah mencekik atau membekap", ("dicekik", "dibekap", "leher")),
    Item("risk_worse", "DA 1, DA-5 1", False, "always", "kekerasan makin sering atau makin berat", said=compiled(
        r"(?:makin|tambah|semakin|mangkin) (?:parah|sering|hit:kasar\S*|menjadi\S*|brutal|nekat|berat|jadi)")),
    Item("risk_control", "LAP 6, DA 13, DA 14, DA-5 5", False, "always", "mengekang atau sangat cemburu", ("dikekang",), compiled(
        r"cemburu\S*|posesif|control:\S+|tidak boleh (?:keluar|ketemu|kerja|pegang)")),
    Item("risk_left", "LAP 7, DA 3", False, "together", "baru berpisah atau hendak berpisah", said=compiled(
        rf"(?:sudah|mau|minta|gugat|proses|baru) {{1}}(?:pisah|cerai|bercerai|berpisah|putus)(?! (?:\S+ ){{0,2}}{_YEARS})"
        r"|pisah (?:rumah|ranjang)|minggat|digugat cerai")),
    Item("risk_stalks", "LAP 11, DA 19", False, "always", "menguntit, memata-matai, atau meneror lewat pesan", ("dikuntit",), compiled(
        r"stalk:\S+|neror\S*|diteror")),
    Item("risk_suicide", "LAP 9, DA 16", False, "always", "pelaku mengancam bunuh diri", ("pelaku mengancam bunuh diri",)),
    Item("risk_gun", "LAP 4, DA 2", False, "always", "punya atau mudah mendapat senjata api", said=compiled(
        r"(?:punya|nyimpan|simpan|bawa) {1}(?:pistol|_pistol_|senpi|senapan|senjata api)")),
    Item("risk_drink", "DA 11, DA 12", False, "always", "sering mabuk atau memakai narkoba", said=compiled(
        r"(?:suka|sering|kalau|habis|abis|pas|sedang|pulang) {1}(?:mabuk|mabukan|minum2)|pemabuk|narkoba|sabu|nyabu")),
    Item("risk_children", "DA 17", False, "children", "mengancam atau menyakiti anak", ("anak dipukul",)),
    Item("risk_jobless", "LAP 8, DA 4", False, "partner", "pelaku tidak bekerja", said=compiled(
        r"nganggur|pengangguran|tidak kerja|(?:di)?phk")),
    Item("risk_other_child", "LAP 10, DA 8", False, "partner_children", "ada anak yang bukan anak pelaku", said=compiled(
        r"anak (?:tiri|bawaan|sambung)")),
    Item("risk_pregnant", "DA 15", True, "told", "dipukul saat hamil", ("dipukul saat hamil",)),
    Item("risk_forced", "DA 9", False, "told", "dipaksa berhubungan", ("kekerasan seksual",)),
)  # fmt: skip
SLOTS: tuple[str, ...] = tuple(item.slot for item in ITEMS if item.when != "told")
GRAVE: tuple[str, ...] = tuple(item.slot for item in ITEMS if item.grave and item.when != "told")
REST: tuple[str, ...] = tuple(item.slot for item in ITEMS if not item.grave and item.when != "told")
_BY_SLOT = {item.slot: item for item in ITEMS}
_KINDS = {"fisik", "psikis", "seksual", "kbgo"}


def told(line: str) -> dict[str, object]:
    """The items of the rest that a story tells unasked, as facts; `line` is its plain form. A negated word tells nothing."""
    found: dict[str, object] = {}
    for item in ITEMS:
        match = item.said.search(line) if item.said else None
        if match and item.when != "told" and not re.search(r"(?:tidak|belum|bukan|jangan) (?:\S+ )?$", line[: match.start()]):
            found[item.slot] = "ya"
    return found


def fits(facts: Facts, slot: str) -> bool:
    """Whether this item is put now: the people and its own condition fit, it was not told, and the person is not tired of them."""
    item = _BY_SLOT[slot]
    if not _about_them(facts) or _told(facts, item) or tired(facts) or not CONDITIONS[item.when][1](facts):
        return False
    return item.grave or (_some_sign(facts) and _put_of_the_rest(facts) < MOST_REST)


def tired(facts: Facts) -> bool:
    """Two danger questions were left, or the person said that it is too much."""
    answered = _asked(facts) & set(SLOTS)
    left = [slot for slot in answered if facts.get(slot) not in {"ya", "tidak"}]
    return len(left) >= TIRED or bool(facts.get("weary"))


def reasons(facts: Facts) -> tuple[Reason, ...]:
    """
    a yes to any of the gravest   | merah
    four of the rest or more      | merah
    one of the rest               | kuning
    """
    found = [Reason(Level.MERAH, f"menjawab {item.reason}") for item in ITEMS if item.grave and facts.get(item.slot) == "ya"]
    if not relations.close(facts.get("relation")) or facts.get("writer") == "pelaku":
        return tuple(found)
    rest = [item for item in ITEMS if not item.grave and (facts.get(item.slot) == "ya" or _told(facts, item))]
    if len(rest) >= ENOUGH:
        found.append(Reason(Level.MERAH, f"{ENOUGH} tanda bahaya atau lebih"))
    found += [Reason(Level.KUNING, item.reason) for item in rest if facts.get(item.slot) == "ya"]
    return tuple(found)


def _about_them(facts: Facts) -> bool:
    """Violence of one's own by a partner or relative, going on: nobody else is asked these."""
    kinds = facts.get("kind")
    told_kinds = set(kinds) if isinstance(kinds, (list, tuple)) else set()
    return relations.close(facts.get("relation")) and facts.get("victim") in (None, "diri") and bool(told_kinds & _KINDS)


def _told(facts: Facts, item: Item) -> bool:
    listed = facts.get("level_reasons")
    words = [str(one) for one in listed] if isinstance(listed, (list, tuple)) else []
    return any(word.startswith(begin) for word in words for begin in item.told)


def _some_sign(facts: Facts) -> bool:
    """The rest opens with 'worse' and 'controls'; two noes there and no yes anywhere end it."""
    answers = [facts.get(slot) for slot in SLOTS]
    return "ya" in answers or not all(facts.get(slot) == "tidak" for slot in ("risk_worse", "risk_control"))


def _put_of_the_rest(facts: Facts) -> int:
    return len(_asked(facts) & set(REST))


def _asked(facts: Facts) -> set[str]:
    asked = facts.get("asked")
    return {str(one) for one in asked} if isinstance(asked, (list, tuple)) else set()
