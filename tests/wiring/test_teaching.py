"""A turn that left the assistant in doubt teaches it only if the person agreed; new danger words count without a restart."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select

from damping.casework.dialogue import Spoken, TurnAnswered, Understood
from damping.casework.doubt import CONSENT
from damping.store import doubts, inbox, officers
from damping.store.context import Store, unseal_json
from damping.store.desk import Viewer
from damping.store.officers import NewAccount, Role
from damping.store.tables import Conversation
from damping.store.tables_desk import SheetChange
from damping.wiring import masking, settings
from damping.wiring.danger_words import FreshScreen
from damping.wiring.worker import Worker
from rules import office_signs
from rules.levels import Level
from rules.masking import Masker
from tests.console.conftest import TEXTS
from tests.console.people import tell_facts
from tests.support import HeldClock, ScriptedDialogue, a_line


@pytest.fixture(autouse=True)
def forgotten() -> Iterator[None]:
    yield
    office_signs.learn([])


@pytest.mark.parametrize("agreed", [True, False])
async def test_a_doubt_of_a_turn_is_kept_only_with_consent(agreed: bool, store: Store, clock: HeldClock) -> None:
    store.masker = Masker(["halo", "kak", "suami", "saya"])
    tari = Viewer(officers.add(store, NewAccount("tari", "Tari", "kopi pahit tengah malam"), Role.PELATIH), Role.PELATIH)
    (conversation,) = inbox.receive(store, [a_line("suami saya Sukmojoyo", sent_at=store.now())])
    tell_facts(store, conversation, **({CONSENT: "ya"} if agreed else {}))
    dialogue = ScriptedDialogue()
    dialogue.answers.append(TurnAnswered(state="s", replies=[Spoken(text="baik")], understood=Understood("nlu_fallback", 1.0)))
    clock.forward(seconds=2)

    await Worker(store, dialogue, {}, TEXTS).settle()

    with store.database.read() as connection:
        row = connection.execute(select(Conversation.facts)).scalar_one()
        facts = unseal_json(store.sealer(connection, conversation), "conversation.facts", conversation, row, {})
        changes = connection.execute(select(SheetChange.seq)).all()
    assert ({CONSENT: "ya"} if agreed else {}) == facts, "the assistant does not know of it, and takes nothing back"
    assert [] == changes
    assert (["suami saya [nama]"] if agreed else []) == [one.sentence for one in doubts.inbox(store, tari)]


def test_a_danger_word_that_two_agreed_on_counts_from_the_next_message_on(tmp_path: Path) -> None:
    here = replace(settings.load({}), root=tmp_path)
    listed = tmp_path / "data/lexicon/kata_kantor.tsv"
    listed.parent.mkdir(parents=True)
    screen = FreshScreen(here)
    assert Level.HIJAU is screen("dia bawa mandau").level

    listed.write_text("bawa mandau\tmerah\nrusak\n\tmerah\nmandau\tungu\n", encoding="utf-8")
    assert Level.MERAH is screen("dia bawa mandau").level
    listed.unlink()

    assert Level.HIJAU is screen("dia bawa mandau").level


def test_files_that_cannot_be_read_mean_that_nothing_is_kept(tmp_path: Path) -> None:
    assert masking.load(replace(settings.load({}), root=tmp_path)) is None
    known = masking.load(settings.load({}))

    assert known is not None
    assert "tolong saya di [tempat]" == known.masked("tolong saya di pasar tugu")
