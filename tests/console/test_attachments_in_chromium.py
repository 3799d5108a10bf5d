"""Files at the desk in real Chromium: covered until asked for, drawn and played under the page's policy, open while others write."""

from datetime import timedelta

from playwright.sync_api import expect

from damping.casework.files import Prepared
from damping.channels.pictures import prepare
from damping.channels.whatsapp.double_examples import example_photo, example_voice
from tests.console.open_desk import IN_CHROMIUM, SignIn
from tests.console.people import Office
from tests.console.test_attachments import sends
from tests.console.test_template_reply import agrees

pytestmark = IN_CHROMIUM
PATIENCE = timedelta(seconds=20).total_seconds() * 1000


def test_a_picture_is_asked_for_only_when_it_is_uncovered_and_stays_open_while_the_person_writes(
    desk: tuple[Office, str], sign_in: SignIn
) -> None:
    office, address = desk
    office.officer("rina")
    conversation = sends(office.store, prepare(example_photo()))
    rina = sign_in("rina")
    asked: list[str] = []
    rina.on("request", lambda request: asked.append(request.url) if "/berkas/" in request.url else None)

    rina.goto(f"{address}/percakapan/{conversation}")
    expect(rina.locator(".berkas summary")).to_contain_text("ketuk untuk lihat")
    rina.wait_for_timeout(500)
    assert [] == asked
    rina.click(".berkas summary")

    expect(rina.locator(".berkas img")).to_be_visible()
    rina.wait_for_function("() => document.querySelector('.berkas img').naturalWidth > 100", timeout=PATIENCE)
    office.hears("masih di sana?")
    expect(rina.locator("#transkrip")).to_contain_text("masih di sana?", timeout=PATIENCE)
    assert rina.evaluate("document.querySelector('.berkas details').open")
    assert 1 == len(office.acts("file_seen"))


def test_a_voice_note_plays(desk: tuple[Office, str], sign_in: SignIn) -> None:
    office, address = desk
    office.officer("rina")
    conversation = sends(office.store, Prepared(example_voice(), "audio/mpeg"), "audio", voice=True)
    rina = sign_in("rina")
    rina.goto(f"{address}/percakapan/{conversation}")

    rina.click(".berkas summary")
    rina.evaluate("document.querySelector('.berkas audio').play()")

    rina.wait_for_function("() => document.querySelector('.berkas audio').currentTime > 0.1", timeout=PATIENCE)
    assert 6 < rina.evaluate("document.querySelector('.berkas audio').duration") < 8


def test_the_page_itself_marks_evidence(desk: tuple[Office, str], sign_in: SignIn) -> None:
    office, address = desk
    office.officer("rina")
    conversation = sends(office.store, prepare(example_photo()))
    agrees(office.store, conversation)
    rina = sign_in("rina")
    rina.goto(f"{address}/percakapan/{conversation}")

    rina.click("text=Simpan sebagai bukti")

    expect(rina.locator(".berkas")).to_contain_text("Bukti · disimpan Rina", timeout=PATIENCE)
