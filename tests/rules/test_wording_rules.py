"""Each rule of wording with a sentence that breaks it and one beside it that does not."""

import pytest

from rules.wording import RULES, Finding, Wording, findings

WAYS = frozenset({"petugas", "lewati", "berhenti"})


def said(text: str, *, asks: bool = False, buttons: frozenset[str] = WAYS, alone: bool = True) -> Wording:
    spoken = text.replace("<polisi>", "110").replace("<sapa>", "129").replace("<kantor>", "UPTD PPA Kota Bandar Lampung")
    return Wording(text, spoken, asks, buttons, alone)


BREAKS = [
    ("menyalahkan", "Seharusnya cerita lebih awal."),
    ("menyalahkan", "Kok bisa begitu."),
    ("kenapa", "Kenapa tidak pergi saja?"),
    ("kenapa", "Boleh tahu mengapa baru sekarang menulis?"),
    ("janji", "Nanti pasti aman."),
    ("janji", "Tenang, tidak akan ada yang tahu."),
    ("janji", "Keselamatan dijamin petugas."),
    ("nasihat", "Coba bicarakan baik-baik dulu di rumah."),
    ("nasihat", "Sabar ya, demi anak."),
    ("nasihat", "Bisa lewat mediasi dulu."),
    ("nasihat", "Banyak berdoa supaya tenang."),
    ("nasihat", "Lebih baik ceraikan saja."),
    ("dua-pertanyaan", "Sekarang aman? Ada siapa di rumah?"),
    ("panjang", "Terima kasih sudah menulis. " + "Ini dibaca petugas. " * 15),
    ("kalimat", "Satu. Dua. Tiga. Empat. Lima. Enam."),
    ("kalimat-panjang", "Terima kasih sudah menulis di sini dan " + "petugas ikut membaca dan " * 6 + "akan datang."),
    ("bacaan", "Menindaklanjuti permasalahan memerlukan pertimbangan, pendokumentasian, pengidentifikasian keseluruhan keadaannya nanti."),
    ("layar-kunci", "Laporan kekerasan sudah diterima petugas."),
    ("layar-kunci", "Halo, ini <kantor>."),
    ("jalan-keluar", "Sekarang aman di situ?"),
    ("nomor", "Terima kasih sudah menulis panjang lebar di sini hari ini. Bila gawat: polisi 110."),
    ("nomor", "Terima kasih sudah menulis panjang lebar di sini hari ini. Bila gawat, telepon <polisi> atau <sapa>."),
    ("nomor", "Terima kasih sudah menulis panjang lebar di sini hari ini. Nomor kantor 0812-1111-0626."),
]


@pytest.mark.parametrize(("rule", "text"), BREAKS)
def test_a_sentence_that_breaks_a_rule_is_found(rule: str, text: str) -> None:
    buttons = frozenset({"ya"}) if rule == "jalan-keluar" else WAYS

    assert rule in [found.rule for found in findings(said(text, buttons=buttons))]


@pytest.mark.parametrize(
    "text",
    [
        "Terima kasih sudah bercerita, itu tidak mudah. Ini bukan salah yang mengalaminya.",
        "Petugas memastikan dulu caranya, lalu memberi kepastian waktunya.",
        "Sekarang aman untuk menulis?",
        "Pukul 10 petugas membaca lagi; silakan menulis kapan saja.",
        "Menurut aturan UU 23/2004, paling lambat 3x24 jam, sebaiknya sebelum 72 jam.",
        "Terima kasih sudah menulis panjang lebar di sini hari ini. Bila gawat: polisi <polisi>, SAPA <sapa>.",
    ],
)
def test_a_kind_short_sentence_breaks_none(text: str) -> None:
    assert [] == findings(said(text))


def test_every_rule_has_a_sentence_that_breaks_it() -> None:
    assert set(RULES) == {rule for rule, _ in BREAKS}


def test_a_question_of_the_assessment_has_two_sentences_before_it_and_all_ways_out() -> None:
    long = "Terima kasih. Ini dicatat. Pelan-pelan saja. Sekarang aman?"

    assert [Finding("kalimat", "4 kalimat")] == findings(said(long, asks=True))
    assert [Finding("jalan-keluar", "tanpa tombol berhenti, lewati")] == findings(
        said("Sekarang aman?", asks=True, buttons=frozenset({"petugas"}))
    )
    assert [] == findings(said(long))


def test_words_on_a_page_are_not_on_a_lock_screen() -> None:
    assert [] == findings(said("Nomor polisi ada di atas.", alone=False))


def test_a_rule_is_set_aside_only_by_name() -> None:
    broken = said("Kenapa pasti?")

    assert {"kenapa", "janji"} == {found.rule for found in findings(broken)}
    assert {"janji"} == {found.rule for found in findings(broken, frozenset({"kenapa"}))}
