"""Facts of an assessment as a few plain Indonesian lines for the officer; what is not known is not mentioned.

Shown at the desk and read aloud on the phone, so: short, gravest first, no codes, no guesses.
"""

from collections.abc import Mapping

from rules.risk_items import ITEMS

_KINDS = {
    "fisik": "kekerasan fisik",
    "psikis": "kekerasan psikis",
    "seksual": "kekerasan seksual",
    "kbgo": "kekerasan berbasis online",
    "penelantaran": "penelantaran atau ekonomi",
    "anak": "kekerasan terhadap anak",
    "tppo": "perdagangan orang",
}
_HELP = {
    "petugas": "bicara dengan petugas",
    "psikolog": "psikolog",
    "hukum": "bantuan hukum",
    "medis": "medis atau visum",
    "rumah_aman": "tempat aman",
    "sosial": "kebutuhan hidup",
    "saran": "saran",
}
_SAFE = {"aman": "Aman saat ditanya.", "tidak": "TIDAK aman saat ditanya.", "tidak_tahu": "Keamanan saat ini belum jelas."}
_NEAR = {"ya": "Pelaku sedang di dekatnya.", "tidak": "Pelaku tidak di dekatnya.", "tidak_tahu": "Belum jelas apakah pelaku di dekatnya."}
_VICTIM = {"diri": "penulis sendiri", "anak": "anak", "dewasa_lain": "orang dewasa lain"}
_WRITER = {"anak": "Penulis tampaknya anak.", "pelaku": "Penulis mengaku menyakiti orang."}
_CRISIS = {"diri": "Penulis menyebut keinginan mati atau melukai diri.", "orang_lain": "Orang lain disebut ingin mati atau melukai diri."}
_STYLE = "Gaya menulis berubah di tengah percakapan: mungkin orang lain yang memegang HP. Pastikan lewat jalan kedua."
_CONSENT = {"ya": "Setuju dicatat.", "tidak": "TIDAK setuju dicatat."}
_WAY = {"chat": "lewat chat", "telepon": "lewat telepon", "jangan": "jangan dihubungi lebih dulu"}


def summarise(facts: Mapping[str, object]) -> list[str]:
    """Sentences from what is known, gravest first."""
    lines = [
        *_named("Alasan tingkat bahaya", facts.get("level_reasons"), {}),
        _STYLE if facts.get("style_changed") else "",
        _CRISIS.get(str(facts.get("crisis")), ""),
        _SAFE.get(str(facts.get("safe_now")), ""),
        _NEAR.get(str(facts.get("abuser_near")), ""),
        _WRITER.get(str(facts.get("writer")), ""),
        *_named("Yang dialami", facts.get("kind"), _KINDS),
        *_named("Yang mengalami", facts.get("victim"), _VICTIM),
        *_named("Usia", facts.get("age"), {}),
        *_named("Pelaku", facts.get("relation"), {}),
        "Pelaku disebut aparat: jangan tawarkan 110 lebih dulu." if facts.get("abuser_in_force") else "",
        *_named("Tanda bahaya yang disebut", [item.reason for item in ITEMS if facts.get(item.slot) == "ya"] or None, {}),
        *_named("Alat", facts.get("weapon"), {}),
        *_named("Luka", facts.get("injury"), {}),
        *_named("Waktu", facts.get("when"), {}),
        {"ya": "Ada anak.", "tidak": "Tidak ada anak."}.get(str(facts.get("children")), ""),
        "Disebut sudah lama berlalu." if facts.get("ended") else "",
        *_named("Bersama saat ini", facts.get("company"), {}),
        *_named("Orang dewasa yang dipercaya", facts.get("trusted_adult"), {}),
        _where(facts),
        *_named("Bantuan yang diinginkan", facts.get("help_wanted"), _HELP),
        _contact(facts),
        _CONSENT.get(str(facts.get("consent")), ""),
    ]
    return [line for line in lines if line]


def _named(title: str, value: object, words: Mapping[str, str]) -> list[str]:
    values = list(value) if isinstance(value, (list, tuple)) else [value]
    shown = [words.get(str(one), str(one)) for one in values if one not in (None, "")]
    return [f"{title}: {', '.join(shown)}."] if shown else []


def _where(facts: Mapping[str, object]) -> str:
    kecamatan, kelurahan = facts.get("kecamatan"), facts.get("kelurahan")
    if not kecamatan:
        return ""
    return f"Lokasi: {f'Kelurahan {kelurahan}, ' if kelurahan else ''}{_kecamatan(str(kecamatan))}."


def _kecamatan(name: str) -> str:
    return name if name.startswith("luar kota") else f"Kecamatan {name}"


def _contact(facts: Mapping[str, object]) -> str:
    way = facts.get("contact_way")
    if not way:
        return ""
    number = facts.get("contact_number")
    hours, name, cover = (facts.get(slot) for slot in ("contact_hours", "contact_name", "contact_cover"))
    parts = [
        _WAY.get(str(way), str(way)),
        number,
        hours,
        f"panggil {name}" if name else "",
        f"bila orang lain menjawab: {cover}" if cover else "",
    ]
    return f"Kontak aman: {', '.join(str(part) for part in parts if part)}."
