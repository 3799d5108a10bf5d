"""From a doubt to an example: what a trainer sees, says and saves."""

from collections.abc import Callable

import pytest

from damping.casework.doubt import CONSENT, Felt, Source
from damping.store import doubt_keeping, review
from damping.store.desk import Viewer
from damping.store.officers import Role
from damping.store.review import Finding, Verdict
from damping.workbench.bench import Bench
from damping.workbench.doubts import grouped
from rules.levels import Level
from rules.masking import Masker
from tests.console.people import Browser, Office, said
from tests.workbench.bench import ScriptedReader

Fresh = Callable[[], Browser]
EVERYDAY = "halo kak bu tolong saya dia mau ke dari bawa golok lagi di depan rumah suami takut selamat pagi semua permisi petugas"


@pytest.fixture
def office(office: Office) -> Office:
    office.store.masker = Masker(EVERYDAY.split())
    return office


async def trainer(browser: Fresh, office: Office, login: str = "tari") -> Browser:
    office.officer(login, Role.PELATIH)
    return await browser().as_(login)


async def a_doubt(office: Office, text: str, source: Source = Source.CLOSE) -> None:
    assert doubt_keeping.keep_turn(office.store, {CONSENT: "ya"}, text, Felt(source, "pamit", Level.HIJAU))


async def first(tari: Browser) -> str:
    page = await tari.get("/pelatih/keraguan")
    return page.text.partition('href="/pelatih/keraguan/')[2].partition('"')[0]


def knows(bench: Bench, sentence: str) -> None:
    reader = bench.reader
    assert isinstance(reader, ScriptedReader)
    ranking = [
        {"intent": "nlu_fallback", "confidence": 1.0},
        {"intent": "sapa", "confidence": 0.41},
        {"intent": "pamit", "confidence": 0.38},
    ]
    entity = {"entity": "lokasi", "value": "rumah", "start": sentence.find("rumah"), "end": sentence.find("rumah") + 5}
    reader.known[sentence] = {
        "intent": "nlu_fallback",
        "confidence": 1.0,
        "danger": "hijau",
        "danger_by": [{"voice": "kata", "level": "merah", "reason": "menyebut golok"}],
        "ranking": ranking,
        "entities": [entity] if "rumah" in sentence else [],
    }


async def test_the_inbox_shows_masked_sentences_near_duplicates_as_one(browser: Fresh, office: Office) -> None:
    tari = await trainer(browser, office)
    await a_doubt(office, "tolong saya dia di depan rumah")
    await a_doubt(office, "tolong saya dia di depan rumah bu")
    await a_doubt(office, "suami Sukmojoyo bawa golok", Source.VOICES)

    page = said(await tari.get("/pelatih/keraguan"))

    assert "3 kalimat menunggu" in page
    assert page.index("suami [nama] bawa golok") < page.index("tolong saya dia di depan rumah")
    assert "1 lagi hampir sama" in page
    assert "Sukmojoyo" not in page


async def test_a_doubt_becomes_an_example_with_the_models_guess_beside_it(browser: Fresh, office: Office, bench: Bench) -> None:
    tari = await trainer(browser, office)
    await a_doubt(office, "permisi saya Sukmojoyo dari rumah")
    knows(bench, "permisi saya [nama] dari rumah")
    doubt = await first(tari)

    page = await tari.get(f"/pelatih/keraguan/{doubt}")
    sent = await tari.post(
        f"/pelatih/keraguan/{doubt}", arti="sapa", kalimat="permisi saya dari rumah", tanda="rumah = lokasi", tingkat="hijau", tetap="1"
    )

    assert "41% menurut asisten" in said(page)
    assert "menyebut golok" in said(page)
    assert "rumah = lokasi" in page.text
    assert "permisi saya dia dari rumah" in page.text, "the placeholder is replaced by an invented word"
    assert sent.headers["location"].endswith("kabar=label_contoh")
    assert "permisi saya dari [rumah](lokasi)" in [one.marked for one in bench.examples.intents()["sapa"]]
    assert "Tidak ada keraguan" in said(await tari.get("/pelatih/keraguan"))


async def test_a_meaning_is_also_found_by_typing(browser: Fresh, office: Office, bench: Bench) -> None:
    tari = await trainer(browser, office)
    await a_doubt(office, "permisi kak dari rumah")
    doubt = await first(tari)

    await tari.post(
        f"/pelatih/keraguan/{doubt}", arti="pamit", arti_lain="Salam (sapa)", kalimat="permisi kak semua", tingkat="hijau", tetap="1"
    )

    assert "permisi kak semua" in [one.plain for one in bench.examples.intents()["sapa"]]


async def test_danger_is_an_example_only_when_two_agree_unseen(browser: Fresh, office: Office, bench: Bench) -> None:
    tari, budi = await trainer(browser, office), await trainer(browser, office, "budi")
    await a_doubt(office, "dia di depan rumah bawa golok lagi")
    doubt = await first(tari)
    told = {"arti_lain": "ancaman_nyawa", "kalimat": "dia di depan rumah bawa golok", "tingkat": "merah", "tetap": "1"}

    one = await tari.post(f"/pelatih/keraguan/{doubt}", **told)
    unseen = await budi.get(f"/pelatih/keraguan/{doubt}")
    before = [one.plain for one in bench.examples.intents()["ancaman_nyawa"]]
    two = await budi.post(f"/pelatih/keraguan/{doubt}", **told)

    assert one.headers["location"].endswith("kabar=label_tunggu")
    assert "Jawaban sejauh ini" not in said(unseen)
    assert "dia di depan rumah bawa golok" not in before
    assert two.headers["location"].endswith("kabar=label_contoh")
    assert "dia di depan rumah bawa golok" in [one.plain for one in bench.examples.intents()["ancaman_nyawa"]]


async def test_answers_that_differ_are_shown_to_both(browser: Fresh, office: Office) -> None:
    tari, budi = await trainer(browser, office), await trainer(browser, office, "budi")
    await a_doubt(office, "dia di depan rumah bawa golok lagi")
    doubt = await first(tari)
    await tari.post(f"/pelatih/keraguan/{doubt}", arti="ancaman_nyawa", kalimat="dia di depan rumah bawa golok", tingkat="merah", tetap="1")

    other = await budi.post(f"/pelatih/keraguan/{doubt}", arti="pamit", kalimat="dia ke depan rumah lagi", tingkat="hijau", tetap="1")

    page = said(await budi.get(other.headers["location"]))
    assert "Jawaban Anda dan rekan berbeda" in page
    assert "Tari : Ancaman nyawa, merah" in page
    assert "jawaban berbeda" in said(await tari.get("/pelatih/keraguan"))


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"kalimat": "halo semua", "tingkat": "hijau"}, "Pilih dulu artinya"),
        ({"kalimat": "halo semua", "arti": "sapa"}, "Pilih dulu seberapa gawat"),
        ({"kalimat": "halo [nama]", "arti": "sapa", "tingkat": "hijau"}, "Ganti tanda samaran"),
    ],
)
async def test_an_answer_without_a_part_is_asked_again(fields: dict[str, str], told: str, browser: Fresh, office: Office) -> None:
    tari = await trainer(browser, office)
    await a_doubt(office, "tolong saya dia di depan rumah")

    answer = await tari.post(f"/pelatih/keraguan/{await first(tari)}", tetap="1", **fields)

    assert 422 == answer.status_code
    assert told in said(answer)


async def test_unsure_and_dropped(browser: Fresh, office: Office) -> None:
    tari, budi = await trainer(browser, office), await trainer(browser, office, "budi")
    await a_doubt(office, "tolong saya dia di depan rumah")
    doubt = await first(tari)

    await tari.post(f"/pelatih/keraguan/{doubt}/tanya")
    assert "rekan bertanya" in said(await budi.get("/pelatih/keraguan"))
    await budi.post(f"/pelatih/keraguan/{doubt}/buang")

    assert "Tidak ada keraguan" in said(await tari.get("/pelatih/keraguan"))
    assert (await tari.post(f"/pelatih/keraguan/{doubt}", arti="sapa")).headers["location"].endswith("keraguan_hilang")


async def test_the_page_works_while_the_engine_is_down(browser: Fresh, office: Office, bench: Bench) -> None:
    tari = await trainer(browser, office)
    await a_doubt(office, "tolong saya dia di depan rumah")
    bench.reader.down = True  # type: ignore[attr-defined]

    page = await tari.get(f"/pelatih/keraguan/{await first(tari)}")

    assert 200 == page.status_code
    assert "Asisten sedang tidak menjawab" in said(page)


async def test_a_lesson_of_the_review_board_becomes_an_example(browser: Fresh, office: Office, bench: Bench) -> None:
    tari = await trainer(browser, office)
    lead = Viewer(office.officer("sari", Role.SUPERVISOR), Role.SUPERVISOR)
    conversation = office.hears("tolong")
    review.rate_urgent(office.store, lead, conversation, "terdengar gawat")
    (ticket,) = review.tickets(office.store, lead)
    review.close(office.store, lead, ticket.id, Finding(Verdict.NOT_HEARD, "tak terdengar", "dia nunggu bawa linggis", Level.MERAH))

    page = await tari.get("/pelatih/keraguan")
    lesson = page.text.partition('href="/pelatih/pelajaran/')[2].partition('"')[0]
    sent = await tari.post(
        f"/pelatih/pelajaran/{lesson}", arti="ancaman_nyawa", kalimat="dia nunggu bawa linggis", tingkat="merah", tetap="1"
    )

    assert "dia nunggu bawa linggis" in said(page)
    assert sent.headers["location"].endswith("kabar=diusulkan")
    assert "Pelajaran dari tinjauan" not in said(await tari.get("/pelatih/keraguan"))


def test_groups_keep_the_order_of_value() -> None:
    assert [] == grouped([])
