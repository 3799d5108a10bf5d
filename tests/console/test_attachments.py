"""Files at the desk: covered, sealed off from the page, each look written down, kept only where an officer says so."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from httpx import Response
from sqlalchemy import select, update

from damping.casework.files import FileLimits, FileState, Prepared
from damping.casework.ids import ConversationId
from damping.casework.message import Body, Channel, Identity, Inbound, Kind
from damping.channels.pictures import prepare
from damping.store import erasure, inbox, media
from damping.store.context import Store
from damping.store.inbox import Arrival
from damping.store.officers import Role
from damping.store.tables import Conversation
from damping.store.tables_media import Media, MediaPart
from rules.levels import Level
from tests.channels.test_files import a_photo_with_a_place
from tests.console.people import Browser, Office
from tests.support import HeldClock

Fresh = Callable[[], Browser]
LIVE = {"HX-Request": "true"}
VOICE = b"OggS" + bytes(range(256)) * 4000


def sends(
    store: Store, prepared: Prepared | None, kind: str = "image", number: int = 1, sender: str = "6280000000001", **told: object
) -> ConversationId:
    """A person sends a file; None: it is not here yet."""
    body = Body(media={"type": kind, "id": f"55{number}", **told})
    names = (Identity("wa_id", sender),)
    inbound = Inbound(Channel.WHATSAPP, f"wamid.file.{sender}.{number}", names, Kind.MEDIA, body, int(store.now().timestamp()))
    return inbox.receive(store, [Arrival(inbound, Level.HIJAU, (), prepared)])[0]


def the_file(store: Store) -> str:
    with store.database.read() as connection:
        return connection.execute(select(Media.id).order_by(Media.seq)).scalars().first() or ""


@pytest.fixture
def photo() -> Prepared:
    return prepare(a_photo_with_a_place())


async def test_a_picture_lies_covered_until_it_is_asked_for_and_each_look_is_written_down(
    browser: Fresh, office: Office, store: Store, photo: Prepared
):
    rina_id = office.officer("rina")
    conversation = sends(store, photo)
    rina = await browser().as_("rina")
    address = f"/percakapan/{conversation}/berkas/{the_file(store)}"

    page = (await rina.get(f"/percakapan/{conversation}")).text
    assert "ketuk untuk lihat" in page
    assert f'<img src="{address}"' in page
    assert " open" not in page.split('<details id="bl-')[1].split(">")[0]
    assert [] == office.acts("file_seen")

    shown = await rina.get(address)

    assert photo.shown == shown.content
    assert (rina_id, "file_seen", conversation) == office.acts("file_seen")[-1]


async def test_what_a_stranger_sent_can_do_nothing_in_the_browser(browser: Fresh, office: Office, store: Store, photo: Prepared):
    office.officer("rina")
    conversation = sends(store, photo)
    rina = await browser().as_("rina")
    address = f"/percakapan/{conversation}/berkas/{the_file(store)}"

    shown, saved = await rina.get(address), await rina.get(f"{address}/asli")

    for answer in (shown, saved):
        assert "default-src 'none'; sandbox" == answer.headers["content-security-policy"]
        assert ("nosniff", "no-store") == (answer.headers["x-content-type-options"], answer.headers["cache-control"])
        assert "same-origin" == answer.headers["cross-origin-resource-policy"]
    assert ("image/jpeg", "inline") == (shown.headers["content-type"], shown.headers["content-disposition"])
    assert "application/octet-stream" == saved.headers["content-type"]
    assert saved.headers["content-disposition"].startswith("attachment; filename=")
    assert photo.content == saved.content
    assert 1 == len(office.acts("file_saved"))


async def test_a_document_is_only_handed_over_to_be_saved(browser: Fresh, office: Office, store: Store):
    office.officer("rina")
    conversation = sends(store, Prepared(b"%PDF-1.7 surat", "application/pdf"), "document", filename="visum <b>.pdf")
    rina = await browser().as_("rina")
    address = f"/percakapan/{conversation}/berkas/{the_file(store)}"

    page = (await rina.get(f"/percakapan/{conversation}")).text

    assert "visum &lt;b&gt;.pdf" in page
    assert f'<img src="{address}"' not in page
    assert 404 == (await rina.get(address)).status_code
    assert b"%PDF-1.7 surat" == (await rina.get(f"{address}/asli")).content


async def test_a_voice_note_can_be_played_from_the_middle(browser: Fresh, office: Office, store: Store):
    office.officer("rina")
    conversation = sends(store, Prepared(VOICE, "audio/ogg"), "audio", voice=True)
    rina = await browser().as_("rina")
    address = f"/percakapan/{conversation}/berkas/{the_file(store)}"

    assert "<audio" in (await rina.get(f"/percakapan/{conversation}")).text
    whole = await rina.get(address)
    piece = await rina.get(address, Range="bytes=1000-1999")
    tail = await rina.get(address, Range=f"bytes={len(VOICE) - 10}-")
    beyond = await rina.get(address, Range=f"bytes={len(VOICE)}-")

    assert (200, VOICE, "audio/ogg") == (whole.status_code, whole.content, whole.headers["content-type"])
    assert (206, VOICE[1000:2000], f"bytes 1000-1999/{len(VOICE)}") == (piece.status_code, piece.content, piece.headers["content-range"])
    assert VOICE[-10:] == tail.content
    assert 416 == beyond.status_code
    assert 4 == len(office.acts("file_seen"))


async def test_missing_and_forbidden_files_look_alike(browser: Fresh, office: Office, store: Store, photo: Prepared):
    office.officer("rina")
    office.officer("tari", Role.PELATIH)
    office.officer("adi", Role.ADMIN)
    conversation, other = sends(store, photo), office.hears("halo", sender="6280000000009")
    file = the_file(store)
    rina = await browser().as_("rina")

    async def told(who: Browser, path: str) -> tuple[int, str]:
        answer: Response = await who.get(path)
        return answer.status_code, answer.text.replace(path, "")

    missing = await told(rina, f"/percakapan/{conversation}/berkas/{'0' * 32}")
    of_another = await told(rina, f"/percakapan/{other}/berkas/{file}")

    assert 404 == missing[0] == of_another[0]
    assert missing[1] == of_another[1]
    for name in ("tari", "adi"):
        who = await browser().as_(name)
        for path in ("", "/asli"):
            assert 404 == (await who.get(f"/percakapan/{conversation}/berkas/{file}{path}")).status_code
    assert [] == office.acts("file_seen") + office.acts("file_saved")


async def test_evidence_stays_and_says_who_kept_it_and_only_a_supervisor_lets_it_go(
    browser: Fresh, office: Office, store: Store, clock: HeldClock, photo: Prepared
):
    rina_id = office.officer("rina")
    office.officer("sinta", Role.SUPERVISOR)
    conversation = sends(store, photo)
    address = f"/percakapan/{conversation}/berkas/{the_file(store)}"
    rina = await browser().as_("rina")
    await rina.get(f"/percakapan/{conversation}")

    await rina.post(f"{address}/bukti")
    page = (await rina.get(f"/percakapan/{conversation}")).text
    clock.forward(days=400)

    assert "Bukti · disimpan Rina" in page
    assert (rina_id, "file_kept_as_evidence", conversation) == office.acts("file_kept_as_evidence")[-1]
    assert 0 == media.remove_old(store, FileLimits(kept=timedelta(days=30)))
    rina = await browser().as_("rina")
    assert 404 == (await rina.post(f"{address}/bukan-bukti")).status_code
    sinta = await browser().as_("sinta")
    await sinta.post(f"{address}/bukan-bukti")
    assert 1 == media.remove_old(store, FileLimits(kept=timedelta(days=30)))
    assert 404 == (await sinta.get(address)).status_code
    assert "sudah dihapus sesuai masa simpan" in (await sinta.get(f"/percakapan/{conversation}")).text


@pytest.mark.parametrize(
    ("state", "why", "words"),
    [
        (FileState.WAITING, None, "sedang diambil"),
        (FileState.LOST, "gone", "Tidak dapat diambil lagi"),
        (FileState.LOST, "damaged", "Rusak dan tidak dapat dibuka"),
        (FileState.REFUSED, "large", "Terlalu besar"),
        (FileState.REFUSED, "type", "bisa berbahaya"),
        (FileState.REFUSED, "full", "sudah terlalu banyak"),
    ],
)
async def test_a_file_that_is_not_here_says_why(
    browser: Fresh, office: Office, store: Store, state: FileState, why: str | None, words: str
):
    office.officer("rina")
    conversation = sends(store, None)
    with store.database.write() as connection:
        connection.execute(update(Media).values(state=state, why=why))
    rina = await browser().as_("rina")

    assert words in (await rina.get(f"/percakapan/{conversation}")).text
    assert 404 == (await rina.get(f"/percakapan/{conversation}/berkas/{the_file(store)}")).status_code


def test_erasure_takes_the_files_along_but_never_evidence(store: Store, office: Office, photo: Prepared):
    conversation = sends(store, photo)
    with store.database.write() as connection:
        connection.execute(update(Conversation).values(turn_due_at=None))
        inbox_done(connection)
        assert erasure.may_erase(connection, conversation, "hijau")
        connection.execute(update(Media).values(evidence_at=store.now()))
        assert not erasure.may_erase(connection, conversation, "hijau")

    with store.database.write() as connection:
        erasure.erase_words(connection, store, conversation)

    with store.database.read() as connection:
        assert [] == connection.execute(select(MediaPart.number)).all() + connection.execute(select(Media.id)).all()


def test_parts_that_are_swapped_or_cut_do_not_open(store: Store):
    conversation = sends(store, Prepared(VOICE, "audio/ogg"), "audio")
    file = the_file(store)
    with store.database.write() as connection:
        connection.execute(MediaPart.__table__.delete().where(MediaPart.number == 1))

    with store.database.read() as connection, pytest.raises(Exception, match="a part is missing"):
        media.parts(connection, store.sealer(connection, conversation), file, media.ORIGINAL, len(VOICE))


def inbox_done(connection: object) -> None:
    from damping.store.tables import Inbox

    connection.execute(update(Inbox).values(state="done"))  # type: ignore[attr-defined]
