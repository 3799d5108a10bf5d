"""Danger words, landmarks and wording: tried before they count, two persons where danger is concerned."""

from collections.abc import Callable, Iterator

import pytest

from damping.store.officers import Role
from damping.workbench.bench import Bench
from rules import danger, office_signs
from rules.levels import Level
from tests.console.people import Browser, Office, said
from tests.workbench.bench import ALARM, RESPONSES

Fresh = Callable[[], Browser]


@pytest.fixture(autouse=True)
def forgotten() -> Iterator[None]:
    yield
    office_signs.learn([])


async def trainer(browser: Fresh, office: Office, login: str = "tari", role: Role = Role.PELATIH) -> Browser:
    office.officer(login, role)
    return await browser().as_(login)


def proposal(office: Office) -> str:
    return next(str(told) for _, act, told in reversed(office.acts()) if act == "data_proposed")


async def test_the_box_says_what_the_word_list_hears(browser: Fresh, office: Office) -> None:
    tari = await trainer(browser, office)

    grave = await tari.post("/pelatih/kata/coba-kalimat", kalimat="dia bawa golok ke sini")
    calm = await tari.post("/pelatih/kata/coba-kalimat", kalimat="dia bawa mandau ke sini")

    assert "menyebut golok" in said(grave)
    assert "Tidak ada yang terdengar" in said(calm)


async def test_a_word_is_tried_over_all_examples_before_anybody_proposes_it(browser: Fresh, office: Office) -> None:
    tari = await trainer(browser, office)

    page = said(await tari.post("/pelatih/kata/coba-kata", kata="udah dulu", tingkat="kuning"))

    assert "1 contoh yang tidak segawat itu ikut berbunyi: udah dulu ya" in page
    assert 'Usulkan "udah dulu"' in page


async def test_a_word_counts_from_the_next_message_on_when_two_agreed(browser: Fresh, office: Office, bench: Bench) -> None:
    tari, sari = await trainer(browser, office), await trainer(browser, office, "sari", Role.SUPERVISOR)

    sent = await tari.post("/pelatih/kata/tambah", kata="Bawa  mandau", tingkat="merah")
    assert sent.headers["location"].endswith("kabar=diusulkan")
    assert Level.HIJAU is danger.screen("dia bawa mandau").level
    agreed = await sari.post(f"/pelatih/usulan/{proposal(office)}/setuju")

    assert agreed.headers["location"].endswith("kabar=disetujui")
    assert Level.MERAH is danger.screen("dia bawa mandau").level
    assert "bawa mandau\tmerah" in (bench.data / "lexicon/kata_kantor.tsv").read_text(encoding="utf-8")
    again = await tari.post("/pelatih/kata/tambah", kata="bawa mandau", tingkat="merah")
    assert "sudah ada di daftar kantor" in said(again)


async def test_taking_a_word_away_needs_two_as_well(browser: Fresh, office: Office, bench: Bench) -> None:
    (bench.data / "lexicon/kata_kantor.tsv").write_text("# kata\nmandau\tmerah\n", encoding="utf-8")
    tari, sari = await trainer(browser, office), await trainer(browser, office, "sari", Role.SUPERVISOR)

    await tari.post("/pelatih/kata/hapus", kata="mandau")
    assert ["mandau"] == [one.words for one in bench.danger_words.all()]
    await sari.post(f"/pelatih/usulan/{proposal(office)}/setuju")

    assert () == bench.danger_words.all()
    assert "# kata\n" == (bench.data / "lexicon/kata_kantor.tsv").read_text(encoding="utf-8")


@pytest.mark.parametrize(("word", "level"), [("", "merah"), ("a.*", "merah"), ("mandau", "hijau"), ("saya dan dia", "merah")])
async def test_what_could_not_be_a_danger_word_is_refused(word: str, level: str, browser: Fresh, office: Office) -> None:
    tari = await trainer(browser, office)

    for act in ("coba-kata", "tambah"):
        assert "satu sampai lima kata" in said(await tari.post(f"/pelatih/kata/{act}", kata=word, tingkat=level))


async def test_a_word_that_rings_at_ordinary_messages_cannot_be_proposed(
    browser: Fresh, office: Office, bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("damping.workbench.words.TOO_MANY", 0)
    tari = await trainer(browser, office)

    answer = await tari.post("/pelatih/kata/tambah", kata="udah dulu", tingkat="merah")

    assert 422 == answer.status_code
    assert "pesan biasa ikut berbunyi" in said(answer)
    assert [] == [act for _, act, _ in office.acts() if act.startswith("data_")]


async def test_a_landmark_is_added_changed_and_taken_away(browser: Fresh, office: Office, bench: Bench) -> None:
    tari = await trainer(browser, office)
    path = bench.data / "lexicon/patokan.tsv"
    before = path.read_text(encoding="utf-8")

    await tari.post(
        "/pelatih/kata/patokan", nama="Tugu Rekaan", kecamatan="Kedaton", kecamatan_2="Enggal", ejaan="tugu rek; tgu rekaan", semula=""
    )
    line = "Tugu Rekaan\tKedaton; Enggal\ttugu rek; tgu rekaan\tbelum dipastikan"
    assert before + line + "\n" == path.read_text(encoding="utf-8")
    await tari.post("/pelatih/kata/patokan", nama="Tugu Rekaan", kecamatan="Enggal", ejaan="", semula=line)
    changed = "Tugu Rekaan\tEnggal\t\tbelum dipastikan"
    assert before + changed + "\n" == path.read_text(encoding="utf-8")
    await tari.post("/pelatih/kata/patokan-hapus", semula=changed)

    assert before == path.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"nama": "", "kecamatan": "Kedaton"}, "isi nama tempat"),
        ({"nama": "Tugu", "kecamatan": "Atlantis"}, "isi nama tempat"),
        ({"nama": "Pasar Contoh", "kecamatan": "Kedaton"}, "sudah ada"),
        ({"nama": "Tugu", "kecamatan": "Kedaton", "ejaan": "PSR contoh"}, "sudah ada"),
        ({"nama": "Tugu", "kecamatan": "Kedaton", "semula": "tidak pernah ada"}, "sudah diubah"),
    ],
)
async def test_a_landmark_that_makes_no_sense_is_not_saved(
    fields: dict[str, str], told: str, browser: Fresh, office: Office, bench: Bench
) -> None:
    tari = await trainer(browser, office)
    before = bench.landmarks.all()

    answer = await tari.post("/pelatih/kata/patokan", **fields)

    assert told in said(answer)
    assert before == bench.landmarks.all()


async def test_a_sentence_is_shown_as_it_is_read_and_saved_without_touching_another_line(
    browser: Fresh, office: Office, bench: Bench
) -> None:
    tari = await trainer(browser, office)
    page = await tari.get("/pelatih/kalimat/kemudi/utter_sapa/1")

    sent = await tari.post(
        "/pelatih/kalimat/kemudi/utter_sapa/1", kalimat="Halo, silakan menulis.", semula="Halo. Silakan menulis kapan saja."
    )

    assert "Sesuai aturan kalimat" in said(page)
    assert sent.headers["location"].endswith("kabar=disimpan")
    fresh = RESPONSES.replace("Halo. Silakan menulis kapan saja.", "Halo, silakan menulis.")
    assert fresh == (bench.data / "responses/kemudi.yml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Kenapa tidak pergi saja?", "Bertanya kenapa"),
        ("Kantor pasti membantu.", "Menjanjikan"),
        ("Telepon 0812-3456-7890 saja.", "Nomor harus ditulis sebagai tanda"),
        ("Hubungi <rahasia>.", "tidak diisi apa pun"),
        ("Bayar ${RAHASIA}", "tanda $"),
        ("/restart", "garis miring"),
        ("", "Tulis dulu"),
    ],
)
async def test_a_sentence_that_breaks_a_rule_of_wording_is_never_saved(
    text: str, told: str, browser: Fresh, office: Office, bench: Bench
) -> None:
    tari = await trainer(browser, office)

    live = await tari.post("/pelatih/kalimat/kemudi/utter_sapa/0/periksa", kalimat=text)
    answer = await tari.post("/pelatih/kalimat/kemudi/utter_sapa/0", kalimat=text, semula="Halo, selamat datang.")

    assert told in said(live)
    assert 422 == answer.status_code
    assert RESPONSES == (bench.data / "responses/kemudi.yml").read_text(encoding="utf-8")


async def test_words_of_danger_wait_for_a_second_person_and_keep_their_exception(browser: Fresh, office: Office, bench: Bench) -> None:
    tari, sari = await trainer(browser, office), await trainer(browser, office, "sari", Role.SUPERVISOR)
    old, fresh = "Petugas sedang dipanggil. Polisi <polisi>.", "Petugas sudah dipanggil. Polisi <polisi>."

    sent = await tari.post("/pelatih/kalimat/bahaya/utter_alarm/1", kalimat=fresh, semula=old)
    assert sent.headers["location"].endswith("kabar=diusulkan")
    assert ALARM == (bench.data / "responses/bahaya.yml").read_text(encoding="utf-8")
    await sari.post(f"/pelatih/usulan/{proposal(office)}/setuju")

    assert ALARM.replace(old, fresh) == (bench.data / "responses/bahaya.yml").read_text(encoding="utf-8")


async def test_a_number_that_gets_lost_is_told(browser: Fresh, office: Office) -> None:
    tari = await trainer(browser, office)

    piece = await tari.post("/pelatih/kalimat/bahaya/utter_alarm/0/periksa", kalimat="Pesan ini sudah diterima. Polisi <polisi>.")

    assert "sekarang hilang: <ambulans>" in said(piece)


async def test_who_saves_a_sentence_second_is_told_and_keeps_what_was_typed(browser: Fresh, office: Office) -> None:
    tari = await trainer(browser, office)

    answer = await tari.post("/pelatih/kalimat/kemudi/utter_sapa/0", kalimat="Selamat datang.", semula="yang lama sekali")

    assert "sudah diubah" in said(answer)
    assert "Selamat datang." in answer.text


@pytest.mark.parametrize(
    "path", ["kemudi/utter_lain", "../config/utter_sapa", "tidakada/utter_sapa", "kemudi/utter_sapa/9", "kemudi/utter_sapa/x"]
)
async def test_what_is_not_there_is_not_found(path: str, browser: Fresh, office: Office) -> None:
    tari = await trainer(browser, office)

    assert 404 == (await tari.get(f"/pelatih/kalimat/{path}")).status_code
