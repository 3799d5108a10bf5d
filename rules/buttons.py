"""What a pressed button says: an allow-list of opaque ids, each standing for an intent and, for a choice, one fact.

A person never sends an intent; the channel sends an id, the engine looks it up here. A response may show only these ids.
"""

from dataclasses import dataclass

from rules.place_names import CITY
from rules.risk_items import SLOTS

CHOICE = "pilihan"  # entity that carries a choice as 'slot=value'


@dataclass(frozen=True)
class Button:
    """The intent of a press, with entities as (name, value)."""

    intent: str
    entities: tuple[tuple[str, str], ...] = ()


def _choice(slot: str, value: str, intent: str = "beri_info") -> Button:
    return Button(intent, ((CHOICE, f"{slot}={value}"),))


def kecamatan_id(name: str) -> str:
    """'Tanjungkarang Pusat' -> 'kec_tanjungkarang_pusat'."""
    return "kec_" + name.lower().replace(" ", "_")


BUTTONS: dict[str, Button] = {
    # steering
    "ya": Button("setuju"),
    "tidak": Button("tolak"),
    "tidak_tahu": Button("tidak_tahu"),
    "lewati": Button("lewati"),
    "berhenti": Button("berhenti_dulu"),
    "petugas": Button("minta_petugas"),
    "lanjut": Button("lanjut"),
    "ulangi": Button("ulangi"),
    "cerita": Button("lapor_umum"),
    "tanya": Button("tanya_prosedur"),
    "tanya_rahasia": Button("tanya_kerahasiaan"),
    "tutup": Button("tidak_aman_chat"),
    "hapus": Button("hapus_data"),
    # safe now
    "aman": _choice("safe_now", "aman"),
    "tidak_aman": _choice("safe_now", "tidak"),
    "dekat": _choice("abuser_near", "ya"),
    "tidak_dekat": _choice("abuser_near", "tidak"),
    # recording, and what was noted
    "boleh_catat": _choice("consent", "ya"),
    "jangan_catat": _choice("consent", "tidak"),
    "catatan_benar": _choice("readback", "benar"),
    "catatan_salah": _choice("readback", "salah"),
    # what happened
    "jenis_fisik": _choice("kind", "fisik"),
    "jenis_psikis": _choice("kind", "psikis"),
    "jenis_seksual": _choice("kind", "seksual"),
    "jenis_kbgo": _choice("kind", "kbgo"),
    "jenis_penelantaran": _choice("kind", "penelantaran"),
    "jenis_tppo": _choice("kind", "tppo"),
    # who is hurt
    "korban_diri": _choice("victim", "diri"),
    "korban_anak": _choice("victim", "anak"),
    "korban_lain": _choice("victim", "dewasa_lain"),
    # when, by whom
    "baru": _choice("when", "3 hari terakhir"),
    "lebih_lama": _choice("when", "lebih dari 3 hari"),
    "sudah_lama": _choice("when", "sudah lama"),
    "oleh_pasangan": _choice("relation", "pasangan"),
    "oleh_mantan": _choice("relation", "mantan"),
    "oleh_keluarga": _choice("relation", "keluarga"),
    "oleh_lain": _choice("relation", "orang lain"),
    # danger questions: 'risk_choke_ya', 'risk_choke_tidak'
    **{f"{slot}_{said}": _choice(slot, said) for slot in SLOTS for said in ("ya", "tidak")},
    # what help
    "bantu_psikolog": _choice("help_wanted", "psikolog", "minta_psikolog"),
    "bantu_hukum": _choice("help_wanted", "hukum", "minta_bantuan_hukum"),
    "bantu_medis": _choice("help_wanted", "medis", "minta_medis_visum"),
    "bantu_rumah_aman": _choice("help_wanted", "rumah_aman", "minta_rumah_aman"),
    "bantu_sosial": _choice("help_wanted", "sosial", "minta_bantuan_sosial"),
    "bantu_saran": _choice("help_wanted", "saran"),
    # safe contact
    "kontak_chat": _choice("contact_way", "chat"),
    "kontak_telepon": _choice("contact_way", "telepon"),
    "kontak_jangan": _choice("contact_way", "jangan"),
    "nomor_ini": _choice("contact_number", "nomor ini"),
    "jam_kapan_saja": _choice("contact_hours", "kapan saja"),
    "jam_pagi": _choice("contact_hours", "pagi"),
    "jam_siang": _choice("contact_hours", "siang"),
    "jam_sore": _choice("contact_hours", "sore"),
    "jam_malam": _choice("contact_hours", "malam"),
    "samaran_salah_sambung": _choice("contact_cover", "salah sambung"),
    "samaran_kelurahan": _choice("contact_cover", "urusan kelurahan"),
    "samaran_tutup": _choice("contact_cover", "tutup saja"),
    # where, when a name is shared by several kecamatan
    **{kecamatan_id(name): _choice("kecamatan", name) for name in CITY},
}
