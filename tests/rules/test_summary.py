"""What an officer reads: plain, gravest first, nothing that is not known."""

from rules.summary import summarise


def test_nothing_known_says_nothing() -> None:
    assert [] == summarise({})
    assert [] == summarise({"asked": ["kind"], "tone": "biasa", "kind": [], "turn": {"heard": "aside"}})


def test_a_full_assessment_reads_as_plain_indonesian() -> None:
    lines = summarise(
        {
            "level_reasons": ["menyebut golok", "dipukul"],
            "safe_now": "tidak",
            "abuser_near": "ya",
            "kind": ["fisik", "psikis"],
            "victim": "diri",
            "age": "32 tahun",
            "relation": "suami",
            "abuser_in_force": "ya",
            "weapon": "golok",
            "injury": "lebam",
            "when": "semalam",
            "children": "ya",
            "kecamatan": "Kemiling",
            "kelurahan": "Kedaung",
            "help_wanted": ["medis", "hukum"],
            "contact_way": "telepon",
            "contact_number": "080001234567",
            "contact_hours": "siang",
        }
    )

    assert [
        "Alasan tingkat bahaya: menyebut golok, dipukul.",
        "TIDAK aman saat ditanya.",
        "Pelaku sedang di dekatnya.",
        "Yang dialami: kekerasan fisik, kekerasan psikis.",
        "Yang mengalami: penulis sendiri.",
        "Usia: 32 tahun.",
        "Pelaku: suami.",
        "Pelaku disebut aparat: jangan tawarkan 110 lebih dulu.",
        "Alat: golok.",
        "Luka: lebam.",
        "Waktu: semalam.",
        "Ada anak.",
        "Lokasi: Kelurahan Kedaung, Kecamatan Kemiling.",
        "Bantuan yang diinginkan: medis atau visum, bantuan hukum.",
        "Kontak aman: lewat telepon, 080001234567, siang.",
    ] == lines


def test_special_writers_and_places() -> None:
    lines = summarise(
        {
            "crisis": "diri",
            "writer": "anak",
            "company": "nenek",
            "kecamatan": "luar kota: Metro",
            "contact_way": "jangan",
            "children": "tidak",
        }
    )

    assert [
        "Penulis menyebut keinginan mati atau melukai diri.",
        "Penulis tampaknya anak.",
        "Tidak ada anak.",
        "Bersama saat ini: nenek.",
        "Lokasi: luar kota: Metro.",
        "Kontak aman: jangan dihubungi lebih dulu.",
    ] == lines
