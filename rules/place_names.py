"""The 20 kecamatan and 126 kelurahan of Kota Bandar Lampung (Kepmendagri 300.2.2-2430/2025), with how people shorten them.

Reference data of the city, not of any person. The office adds abbreviations and nicknames here; matching is in `rules.places`.
"""

# kecamatan -> its kelurahan
CITY: dict[str, tuple[str, ...]] = {
    "Kedaton": ("Kedaton", "Surabaya", "Sukamenanti", "Sidodadi", "Sukamenanti Baru", "Penengahan", "Penengahan Raya"),
    "Sukarame": ("Sukarame", "Way Dadi", "Sukarame Baru", "Way Dadi Baru", "Korpri Jaya", "Korpri Raya"),
    "Tanjungkarang Barat": (
        "Gedong Air",
        "Sukajawa",
        "Susunan Baru",
        "Sukadana Ham",
        "Kelapa Tiga Permai",
        "Sukajawa Baru",
        "Segalamider",
    ),
    "Panjang": ("Panjang Selatan", "Srengsem", "Panjang Utara", "Pidada", "Karang Maritim", "Way Lunik", "Ketapang", "Ketapang Kuala"),
    "Tanjungkarang Timur": ("Kota Baru", "Tanjung Agung", "Kebon Jeruk", "Sawah Lama", "Sawah Brebes"),
    "Tanjungkarang Pusat": ("Durian Payung", "Gotong Royong", "Palapa", "Kaliawi", "Kelapa Tiga", "Pasir Gintung", "Kaliawi Persada"),
    "Telukbetung Selatan": ("Pesawahan", "Telukbetung", "Talang", "Gedong Pakuon", "Sumur Putri", "Gunungmas"),
    "Telukbetung Barat": ("Bakung", "Kuripan", "Negeri Olok Gading", "Sukarame II", "Batu Putuk"),
    "Telukbetung Utara": ("Kupang Kota", "Kupang Raya", "Kupang Teba", "Pengajaran", "Gulak Galik", "Sumur Batu"),
    "Rajabasa": (
        "Rajabasa",
        "Gedong Meneng",
        "Rajabasa Nunyai",
        "Rajabasa Pemuka",
        "Gedong Meneng Baru",
        "Rajabasa Raya",
        "Rajabasa Jaya",
    ),
    "Tanjung Senang": ("Tanjung Senang", "Way Kandis", "Labuhan Dalam", "Perumnas Way Kandis", "Pematang Wangi"),
    "Sukabumi": ("Sukabumi", "Sukabumi Indah", "Campang Raya", "Nusantara Permai", "Campang Jaya", "Way Gubak", "Way Laga"),
    "Kemiling": (
        "Sumber Rejo",
        "Beringin Jaya",
        "Kemiling Permai",
        "Sumber Agung",
        "Kedaung",
        "Pinang Jaya",
        "Sumberrejo Sejahtera",
        "Kemiling Raya",
        "Beringin Raya",
    ),
    "Labuhan Ratu": ("Labuhan Ratu", "Labuhan Ratu Raya", "Sepang Jaya", "Kota Sepang", "Kampung Baru Raya", "Kampung Baru"),
    "Way Halim": ("Perumnas Way Halim", "Way Halim Permai", "Gunungsulah", "Jagabaya I", "Jagabaya II", "Jagabaya III"),
    "Langkapura": ("Langkapura", "Langkapura Baru", "Gunungterang", "Bilabong Jaya", "Gunungagung"),
    "Enggal": ("Enggal", "Pelita", "Tanjungkarang", "Gunungsari", "Rawalaut", "Pahoman"),
    "Kedamaian": ("Kedamaian", "Bumi Kedamaian", "Tanjungagung Raya", "Tanjungbaru", "Kalibalau Kencana", "Tanjungraya", "Tanjunggading"),
    "Telukbetung Timur": ("Kota Karang", "Kota Karang Raya", "Parwata", "Keteguhan", "Sukamaju", "Way Tataan"),
    "Bumi Waras": ("Sukaraja", "Bumi Waras", "Garuntang", "Bumi Raya", "Kangkung"),
}

# How people write a kecamatan besides its name.
SHORT: dict[str, str] = {
    "Tanjungkarang Barat": "tkb; tj karang barat; tanjung karang barat; tjk barat; karang barat",
    "Tanjungkarang Timur": "tkt; tj karang timur; tanjung karang timur; tjk timur; karang timur",
    "Tanjungkarang Pusat": "tkp; tj karang pusat; tanjung karang pusat; tjk pusat; karang pusat; tj pusat",
    "Telukbetung Selatan": "tbs; teluk betung selatan; teluk selatan; telbet selatan",
    "Telukbetung Barat": "tbb; teluk betung barat; teluk barat; telbet barat",
    "Telukbetung Utara": "tbu; teluk betung utara; teluk utara; telbet utara",
    "Telukbetung Timur": "tbt; teluk betung timur; teluk timur; telbet timur",
    "Tanjung Senang": "tjg senang; tj senang; tanjungsenang; tansen",
    "Labuhan Ratu": "labrat; labuanratu; labuhanratu; lab ratu; labuan ratu",
    "Way Halim": "wayhalim; wai halim; wehalim; way alim",
    "Bumi Waras": "bumiwaras; bw; bumi wares",
    "Kedaton": "kdaton; kdton",
    "Kemiling": "kmiling; kemilink",
    "Rajabasa": "raja basa; rajebase; rajbas",
    "Sukarame": "suka rame; sukrame; skrame",
    "Sukabumi": "suka bumi",
    "Langkapura": "langka pura",
    "Panjang": "pelabuhan panjang; kec panjang",
    "Enggal": "engal",
    "Kedamaian": "kdamaian",
}

# How people write a kelurahan besides its name.
SHORT_VILLAGES: dict[str, str] = {
    "Segalamider": "segala mider; sgala mider; segalmider",
    "Rawalaut": "rawa laut",
    "Gunungsulah": "gunung sulah; gn sulah",
    "Gunungterang": "gunung terang; gn terang",
    "Gunungagung": "gunung agung; gn agung",
    "Gunungmas": "gunung mas",
    "Gunungsari": "gunung sari",
    "Sukadana Ham": "sukadanaham",
    "Batu Putuk": "batu putu",
    "Korpri Jaya": "korpri; perum korpri",
    "Sumber Rejo": "sumberrejo; sumberejo",
    "Pahoman": "phoman; pahuman",
    "Perumnas Way Halim": "perumnas wayhalim; perumnas halim",
    "Jagabaya I": "jagabaya 1; jagabaya satu",
    "Jagabaya II": "jagabaya 2; jagabaya dua",
    "Jagabaya III": "jagabaya 3; jagabaya tiga",
    "Gedong Meneng": "gedung meneng; gd meneng",
    "Gedong Air": "gedung air",
    "Way Dadi": "waydadi",
    "Way Kandis": "waykandis; way kandis",
    "Tanjungkarang": "tanjung karang; tj karang",
    "Telukbetung": "teluk betung; telbet",
    "Kota Baru": "kotabaru",
    "Kalibalau Kencana": "kalibalau; kali balau",
    "Sukarame II": "sukarame 2; sukarame dua",
}

# Places that people name and that lie outside the city: another office helps there, this one still listens.
OUTSIDE: tuple[str, ...] = (
    "Metro", "Natar", "Jati Agung", "Lampung Selatan", "Lampung Tengah", "Lampung Timur", "Lampung Utara", "Lampung Barat", "Pringsewu",
    "Pesawaran", "Tanggamus", "Kotabumi", "Kalianda", "Way Kanan", "Tulang Bawang", "Mesuji", "Pesisir Barat", "Liwa", "Gedong Tataan",
    "Palembang", "Jakarta", "Bakauheni", "Tanjung Bintang", "Merbau Mataram", "Sidomulyo", "Bandar Jaya", "Gunung Sugih", "Krui",
    "Kota Agung", "Menggala", "Blambangan Umpu", "Sukadana", "Tangerang", "Bekasi", "Bogor", "Depok", "Bandung", "Serang",
)  # fmt: skip
