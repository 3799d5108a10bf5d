"""What is told unasked along the way, each once and only where it is safe: health and evidence, platforms, a doctor after strangling.

Also which steps follow a wish for help, with places from the office's directory. Names of responses only.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from rules.place_names import CITY
from rules.speaking import LEGAL_LIMIT

Facts = Mapping[str, object]

_JUST_HAPPENED = "perkosaan yang baru terjadi"  # as rules.grouped_signs words it
_OLD = ("lama", "lebih dari", "minggu", "tahun", "dulu", "bulan", "kecil")
# help_wanted -> its response, and the kind of place in the office's directory (config/office.yml) that is named with it
STEPS: dict[str, tuple[str, str]] = {
    "psikolog": ("utter_minta_psikolog", ""),
    "hukum": ("utter_minta_bantuan_hukum", "polisi_ppa"),
    "medis": ("utter_minta_medis_visum", "medis"),
    "rumah_aman": ("utter_minta_rumah_aman", ""),
    "sosial": ("utter_minta_bantuan_sosial", ""),
    "saran": ("utter_minta_saran", ""),
}
PLACES: dict[str, str] = {"medis": "utter_place_medis", "polisi_ppa": "utter_place_polisi_ppa"}


@dataclass(frozen=True)
class Advice:
    """One piece of advice and when it is due."""

    response: str
    when: str
    due: Callable[[Facts], bool]


def _reasons(facts: Facts) -> list[str]:
    reasons = facts.get("level_reasons")
    return [str(one) for one in reasons] if isinstance(reasons, (list, tuple)) else []


def _safe_grown(facts: Facts) -> bool:
    return (
        facts.get("safe_now") == "aman"
        and facts.get("writer") not in {"anak", "pelaku"}
        and facts.get("ended") != "ya"
        and not facts.get("crisis")
    )


def _kinds(facts: Facts) -> set[str]:
    kinds = facts.get("kind")
    return {str(kind) for kind in kinds} if isinstance(kinds, (list, tuple)) else set()


def _recent_sexual(facts: Facts) -> bool:
    when = str(facts.get("when") or ("baru" if _JUST_HAPPENED in _reasons(facts) else ""))
    told = LEGAL_LIMIT in _said(facts) and facts.get("victim") in (None, "diri")
    return "seksual" in _kinds(facts) and told and bool(when) and not any(word in when for word in _OLD)


def _online(facts: Facts) -> bool:
    asked = facts.get("asked")
    return "kbgo" in _kinds(facts) and isinstance(asked, (list, tuple)) and bool({"kecamatan", "help_wanted"} & set(asked))


def _strangled(facts: Facts) -> bool:
    return facts.get("risk_choke") == "ya" or any(word.startswith(("dicekik", "dibekap", "leher")) for word in _reasons(facts))


ADVICE: tuple[Advice, ...] = (
    Advice("utter_advice_elsewhere", "another city or regency", lambda f: str(f.get("kecamatan") or "").startswith("luar kota")),
    Advice("utter_advice_sexual", "recent sexual violence, safe, the legal limit was told", lambda f: _safe_grown(f) and _recent_sexual(f)),
    Advice("utter_advice_choked", "strangled, safe", lambda f: _safe_grown(f) and _strangled(f)),
    Advice("utter_advice_kbgo", "pictures or accounts, safe, the first words are some turns ago", lambda f: _safe_grown(f) and _online(f)),
)


def due(facts: Facts) -> str | None:
    """The next piece of advice that is due and was not given."""
    return next((one.response for one in ADVICE if one.response not in _said(facts) and one.due(facts)), None)


def place_key(kind: str, kecamatan: object) -> str:
    """The placeholder under which the engine keeps the nearest place: 'medis', 'Way Halim' -> 'dir_medis_way_halim'."""
    where = str(kecamatan) if kecamatan in CITY else "kota"
    return f"dir_{kind}_{where.lower().replace(' ', '_')}"


def _said(facts: Facts) -> set[str]:
    said = facts.get("said")
    return {str(one) for one in said} if isinstance(said, (list, tuple)) else set()
