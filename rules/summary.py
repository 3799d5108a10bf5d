"""Facts of an assessment as a few plain Indonesian lines for the officer; what is not known is not mentioned.

Shown at the desk and read aloud on the phone, so: short, gravest first, no codes, no guesses.
"""

from collections.abc import Mapping

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
_WAY = {"chat": "lewat chat", "telepon": "lewat telepon", "jangan": "jangan dihubungi lebih dulu"}


def summarise(facts: Mapping[str, object]) -> list[str]:
    """Sentences from what is known, gravest first."""
    lines = [
        *_named("Alasan tingkat bahaya", facts.get("level_reasons"), {}),
        _CRISIS.get(str(facts.get("crisis")), ""),
        _SAFE.get(str(facts.get("safe_now")), ""),
        _NEAR.get(str(facts.get("abuser_near")), ""),
        _WRITER.get(str(facts.get("writer")), ""),
        *_named("Yang dialami", facts.get("kind"), _KINDS),
        *_named("Yang mengalami", facts.get("victim"), _VICTIM),
        *_named("Usia", facts.get("age"), {}),
        *_named("Pelaku", facts.get("relation"), {}),
        "Pelaku disebut aparat: jangan tawarkan 110 lebih dulu." if facts.get("abuser_in_force") else "",
        *_named("Alat", facts.get("weapon"), {}),
        *_named("Luka", facts.get("injury"), {}),
        *_named("Waktu", facts.get("when"), {}),
        {"ya": "Ada anak.", "tidak": "Tidak ada anak."}.get(str(facts.get("children")), ""),
        *_named("Bersama saat ini", facts.get("company"), {}),
        _where(facts),
        *_named("Bantuan yang diinginkan", facts.get("help_wanted"), _HELP),
        _contact(facts),
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
    hours = facts.get("contact_hours")
    return f"Kontak aman: {_WAY.get(str(way), str(way))}{f', {number}' if number else ''}{f', {hours}' if hours else ''}."
