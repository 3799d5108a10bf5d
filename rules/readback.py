"""What was poured out, read back in one short line, so that a mistake is seen before it stands in a case.

Only within the same stretch of writing, only where it is safe, never to a child, in danger, or to the one who hits; never twice the
same. Letters, digits and a few signs only: what a person wrote must not break the line it is put into.
"""

import re
from collections.abc import Mapping

Facts = Mapping[str, object]

ENOUGH = 3  # facts told unasked
MOST = 2  # times in one conversation
_LONGEST = 34
_KINDS = {
    "fisik": "disakiti di badan",
    "psikis": "direndahkan atau ditekan",
    "seksual": "hal seksual yang dipaksakan",
    "kbgo": "urusan foto, video, atau akun",
    "penelantaran": "nafkah atau uang",
    "anak": "menyangkut anak",
}
_VICTIM = {"anak": "yang mengalami anak", "dewasa_lain": "yang mengalami orang lain"}
# Slots that are read back, in the order of the line.
SLOTS = ("victim", "relation", "kind", "weapon", "injury", "when", "children", "age", "kecamatan")


def gathered(facts: Facts, changes: Facts, question: str | None) -> list[str]:
    """The slots told unasked and not read back yet, this message included."""
    held = facts.get("pending")
    before = [str(one) for one in held] if isinstance(held, (list, tuple)) else []
    fresh = [slot for slot in SLOTS if changes.get(slot) and slot != question]
    return [slot for slot in SLOTS if slot in {*before, *fresh}]


def due(facts: Facts) -> bool:
    """Whether something waits to be read back."""
    pending = facts.get("pending")
    told = [slot for slot in pending if _words(facts, str(slot))] if isinstance(pending, (list, tuple)) else []
    if int(str(facts.get("readbacks") or 0)) >= MOST:
        return False
    return len(told) >= ENOUGH and not facts.get("gap") and facts.get("safe_now") == "aman"


def line(facts: Facts) -> str:
    """'suami; disakiti di badan; lebam; di Kemiling': the person's own words where there are some."""
    pending = facts.get("pending")
    slots = [str(slot) for slot in pending] if isinstance(pending, (list, tuple)) else []
    return "; ".join(word for word in (_words(facts, slot) for slot in SLOTS if slot in slots) if word)


def _words(facts: Facts, slot: str) -> str:
    value = facts.get(slot)
    if value in (None, "", [], ()):
        return ""
    if slot == "kind":
        kinds = value if isinstance(value, (list, tuple)) else [value]
        return " dan ".join(_KINDS[str(kind)] for kind in kinds if str(kind) in _KINDS)
    if slot == "victim":
        return _VICTIM.get(str(value), "")
    if slot == "children" and facts.get("victim") == "anak":
        return ""
    if slot == "children":
        return "ada anak" if value == "ya" else "tidak ada anak"
    plain = plainly(value)
    return {"kecamatan": f"di {plain}", "weapon": f"pakai {plain}", "age": plain if "kelas" in plain else f"umur {plain}"}.get(slot, plain)


def plainly(value: object) -> str:
    """The value fit to stand in a sentence of ours."""
    return " ".join(re.sub(r"[^\w .,:/-]", " ", str(value)).split())[:_LONGEST]
