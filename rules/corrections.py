"""Takes back what was noted wrongly, in the person's own words: 'bukan suami, mantan', 'bukan 3 tahun, 2 tahun', 'salah, di kedaton'.

Only what is plainly a correction replaces a fact: one that names the noted value, or one that answers the read-back, or one that
begins with a word for it. A level is never lowered by it, and nothing is guessed.
"""

import re
from collections.abc import Mapping, Sequence

from rules import places, relations
from rules.people import Entity
from rules.text import clean, folded

Facts = Mapping[str, object]

_OPENS = re.compile(
    r"^\W*(?:eh\W+|maaf\W+|oh\W+)*(?:salah|keliru|ralat|koreksi|maksud(?:ku|nya| saya|e)?|yang benar|yg bener|yg benar|ganti|ubah)\b"
)
_NOT = re.compile(
    r"\b(?:bukan|bkn|bukannya|dudu|salah)\s+([^,.;|\n]{1,40}?)\s*"
    r"(?:[,.;\n]+\s*|\s+(?:tapi|tp|melainkan|yang benar|yg bener|yg benar)\s+)(.{1,60})$"
)
_BUT_NOT = re.compile(r"^(.{1,60}?)\s*[,.;]?\s+\b(?:bukan|bkn|dudu)\s+([^,.;|\n]{1,40})$")
_LEAD = re.compile(
    r"^(?:\W*(?:iya|ya|eh|maaf|oh|tapi|tp|sebenarnya|sebenernya|harusnya|maksud(?:ku|nya| saya)?|salah|keliru|ralat|koreksi"
    r"|itu|nya|yang benar|yg bener|yg benar|ganti|ubah|jadi|kak|bu|pak)\b\W*)+"
)
_SLOTS = ("relation", "when", "age", "weapon", "injury", "kecamatan", "kelurahan")
_TIME = re.compile(
    r"\b(?:\d{1,2}|se|satu|dua|tiga|empat|lima|enam|tujuh|delapan|sembilan|sepuluh) ?(?:tahun|thn|bulan|bln|minggu|hari|jam|kali)\w*"
    r"|\bsejak [\w ]{2,20}|\bkemarin|\btadi \w+|\bsemalam"
)
_NAMED = {"hubungan": "relation", "senjata": "weapon", "luka": "injury", "waktu": "when", "usia": "age"}
_ASKS_HOW = re.compile(
    r"\b(?:jawaban\w*|catatan\w*|tadi) (?:\w+ ){0,2}(?:salah|keliru)"
    r"|\b(?:mau|bisa|boleh) (?:\w+ ){0,1}(?:ganti|ubah|ralat|koreksi|betulkan|benerin) (?:\w+ ){0,1}(?:jawaban|catatan|cerita|yang)"
)
_WORDS = 14


SLOTS = frozenset(_SLOTS)  # what a correction alone decides in its message


def found(text: str, facts: Facts, entities: Sequence[Entity], reading_back: bool) -> dict[str, object]:
    """The facts that the message puts right; empty where it is no correction."""
    line = folded(clean(text))
    if len(line.split()) > _WORDS:
        return {}
    wrong, right = _parts(line)
    slot = _slot_of(wrong, facts) if wrong else None
    if slot is not None:
        return _value(slot, right, entities)
    opens = _OPENS.search(line) is not None
    if not (opens or reading_back):
        return {}
    told = _told(right or _LEAD.sub("", line), entities, asked=opens or wrong is not None)
    return told if opens or wrong is not None else _differing(told, facts)


def _differing(told: dict[str, object], facts: Facts) -> dict[str, object]:
    """An answer to the read-back without a word of denial puts right only what was read back and is plainly another."""
    pending = facts.get("pending")
    read = set(map(str, pending)) if isinstance(pending, (list, tuple)) else set()
    same = relations.kind_of(told.get("relation")) == relations.kind_of(facts.get("relation"))
    return {slot: value for slot, value in told.items() if slot in read and not (slot == "relation" and same) and value != facts.get(slot)}


def asks_how(text: str) -> bool:
    """'Jawaban saya tadi salah', 'mau ganti jawaban': wants to correct and does not say what yet."""
    line = folded(clean(text))
    return len(line.split()) <= _WORDS and _ASKS_HOW.search(line) is not None


def _parts(line: str) -> tuple[str | None, str | None]:
    for pattern, order in ((_NOT, (1, 2)), (_BUT_NOT, (2, 1))):
        match = pattern.search(line)
        if match:
            wrong, right = (match.group(place).strip() for place in order)
            return wrong, _LEAD.sub("", right).strip() or None
    return None, None


def _slot_of(wrong: str, facts: Facts) -> str | None:
    """The fact whose value is being denied, by a word or number that both share."""
    words = set(re.findall(r"\w+", wrong)) - {"di", "sudah", "pakai", "sama"}
    for slot in _SLOTS:
        value = folded(str(facts.get(slot) or ""))
        if value and words and (words & set(re.findall(r"\w+", value)) or _same_kind(slot, wrong, value)):
            return slot
    return None


def _same_kind(slot: str, wrong: str, value: str) -> bool:
    """'Bukan bojo' denies 'suami'; 'bukan di kmiling' denies Kemiling."""
    if slot == "relation":
        kind = relations.kind_of(wrong)
        return kind is not None and kind == relations.kind_of(value)
    if slot == "kecamatan":
        place = places.find(wrong, asked=True)
        return place is not None and place.kecamatan is not None and place.kecamatan.lower() == value
    return False


def _value(slot: str, right: str | None, entities: Sequence[Entity]) -> dict[str, object]:
    if right is None:
        return {}
    if slot in {"kecamatan", "kelurahan"}:
        return _place(right)
    if slot == "relation" and relations.kind_of(right) is None:
        return {}
    if slot in {"weapon", "injury"}:
        told = _told(right, entities, asked=False)
        return {slot: told.get(slot) or right[:60]}
    return {slot: right[:40]}


def _told(right: str, entities: Sequence[Entity], asked: bool) -> dict[str, object]:
    """What the right half names: a person, a time, a place, a thing."""
    changes: dict[str, object] = {}
    for entity in entities:
        slot, value = _NAMED.get(str(entity.get("entity"))), str(entity.get("value") or "")
        if slot and value and folded(value) in right:
            changes[slot] = value
    if "relation" not in changes and relations.kind_of(right) and len(right.split()) <= 4:
        changes["relation"] = right[:40]
    time = _TIME.search(right)
    if time and "when" not in changes:
        changes["when"] = time.group()
        changes.pop("age", None)
    changes.update(_place(right) if asked or places.find(right) else {})
    return changes


def _place(right: str) -> dict[str, object]:
    place = places.find(right, asked=True)
    if place is None or not place.known:
        return {}
    return {"kecamatan": place.kecamatan or f"luar kota: {place.outside}", "kelurahan": place.kelurahan}
