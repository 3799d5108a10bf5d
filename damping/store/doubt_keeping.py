"""Keeping a sentence that the assistant was unsure of: masked before it is stored, without any way back to who wrote it.

Kept only of somebody who agreed to it. The day is kept, not the time; after half a year a sentence is deleted.
"""

from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection, delete, insert, select

from damping.casework.doubt import Felt, Source, may_teach
from damping.casework.ids import ConversationId, new_id
from damping.casework.message import Author, Kind
from damping.store.context import Store, unseal_body, unseal_json
from damping.store.sealing import Sealer
from damping.store.tables import Conversation, Message
from damping.store.tables_workbench import Doubt, DoubtLabel
from rules.levels import Level

KEPT_DAYS = 180
_WIB = timedelta(hours=7)
_LONGEST = 240
_MOST_HIDDEN = 3  # a sentence with more placeholders tells too much by what is left
_FEWEST_WORDS = 2


def keep(connection: Connection, store: Store, facts: dict[str, Any], text: str, doubt: Felt) -> bool:
    """Keep a masked sentence for the trainers; False where nothing may be or is worth being kept."""
    if store.masker is None or not may_teach(facts):
        return False
    sentence = _cut(store.masker.masked(text))
    if sentence.count("[") > _MOST_HIDDEN or len(sentence.split()) < _FEWEST_WORDS:
        return False
    _forget_old(connection, store)
    fresh = new_id()
    connection.execute(
        insert(Doubt).values(
            id=fresh,
            day=_today(store),
            source=doubt.source.value,
            worth=doubt.worth,
            intent=doubt.intent,
            danger=doubt.danger.value,
            sentence=store.vault.office.seal_text("doubt.sentence", fresh, sentence),
            state="open",
        )
    )
    return True


def keep_turn(store: Store, facts: dict[str, Any], text: str, doubt: Felt) -> bool:
    """The same in a transaction of its own, after a turn."""
    if store.masker is None or not may_teach(facts):  # most turns: do not take the writers' lock for that
        return False
    with store.database.write() as connection:
        return keep(connection, store, facts, text, doubt)


def keep_last_words(connection: Connection, store: Store, sealer: Sealer, conversation: ConversationId, heard: Level) -> None:
    """An officer saw more danger than the assistant, which had `heard` less: the person's last words, where they may be kept."""
    sealed = connection.execute(select(Conversation.facts).where(Conversation.id == conversation)).scalar_one()
    facts = unseal_json(sealer, "conversation.facts", conversation, sealed, {})
    wanted = select(Message.id, Message.body).where(Message.conversation_id == conversation, Message.author == Author.PERSON)
    said = connection.execute(wanted.where(Message.kind == Kind.TEXT).order_by(Message.seq.desc()).limit(1)).first()
    if said is not None and may_teach(facts):
        keep(connection, store, facts, unseal_body(sealer, said.id, said.body).text, Felt(Source.OFFICER, "", heard))


def _cut(sentence: str) -> str:
    """The first words of a long one: enough to learn from, too little to know somebody by."""
    line = " ".join(sentence.split())
    return line if len(line) <= _LONGEST else line[:_LONGEST].rpartition(" ")[0]


def _today(store: Store) -> date:
    return (store.now() + _WIB).date()


def _forget_old(connection: Connection, store: Store) -> None:
    old = select(Doubt.id).where(Doubt.day < _today(store) - timedelta(days=KEPT_DAYS))
    connection.execute(delete(DoubtLabel).where(DoubtLabel.doubt_id.in_(old)))
    connection.execute(delete(Doubt).where(Doubt.day < _today(store) - timedelta(days=KEPT_DAYS)))
