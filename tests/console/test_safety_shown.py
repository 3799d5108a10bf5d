"""The desk says in words why a message waits, and that a chat is hidden."""

from sqlalchemy import update

from damping.casework.precautions import Hold, Precautions
from damping.store import inbox, takeover
from damping.store.context import Store
from damping.store.tables import Outbox
from rules.levels import Level
from tests.console.people import Office, said
from tests.console.test_shown import Fresh
from tests.support import a_line


async def test_every_reason_for_which_a_message_waits_is_said_in_words(browser: Fresh, store: Store, office: Office) -> None:
    conversation = office.hears("tolong", Level.MERAH, ("dicekik",))
    rina_id = office.officer("rina")
    takeover.claim(store, conversation, rina_id)
    takeover.reply(store, conversation, rina_id, "saya di sini")
    rina = await browser().as_("rina")
    told = set()

    for hold in Hold:
        with store.database.write() as connection:
            connection.execute(update(Outbox).values(state="held", held_for=hold))
        page = said(await rina.get(f"/percakapan/{conversation}/isi"))
        told.add(page.split("ditahan: ")[1].split("\n")[0].split("  ")[0])

    assert len(Hold) == len(told)
    assert "" not in told


async def test_a_hidden_chat_is_shown_as_such(browser: Fresh, store: Store, office: Office) -> None:
    office.officer("rina")
    store.precautions = Precautions("info kota", "salah kirim")
    [conversation] = inbox.receive(store, [a_line("info kota")])

    page = said(await (await browser().as_("rina")).get(f"/percakapan/{conversation}"))

    assert "Chat disamarkan jadi informasi kota" in page
