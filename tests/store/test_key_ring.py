"""The keys behind the master key: another key is refused, a new one opens everything that was there."""

import secrets
from pathlib import Path

import pytest
from sqlalchemy import select, update

from damping.casework.ids import ConversationId
from damping.store import inbox, key_ring, migrate, officers
from damping.store.context import Store, unseal_body
from damping.store.database import Database
from damping.store.key_ring import WrongMasterKey
from damping.store.officers import NewAccount, Role
from damping.store.sealing import Unsealable, Vault
from damping.store.tables import Conversation, Message
from damping.wiring import keys
from damping.wiring.settings import WrongSetting
from tests.support import a_line

OLD, NEW = b"a" * 32, b"b" * 32
PASSWORD = "kopi pahit tengah malam"  # invented


def words(store: Store) -> list[str]:
    with store.database.read() as connection:
        rows = connection.execute(select(Message.id, Message.body, Message.conversation_id).order_by(Message.seq)).all()
        return [unseal_body(store.sealer(connection, ConversationId(row.conversation_id)), row.id, row.body).text for row in rows]


def lived_in(database: Database, master: bytes, *, ring: bool = True) -> Store:
    """An office with an account and two people who wrote."""
    if ring:
        key_ring.begin(database, master)
    store = Store(database, key_ring.open_vault(database, master))
    officers.add(store, NewAccount("rina", "Rina", PASSWORD), Role.PETUGAS)
    inbox.receive(store, [a_line("satu", sender="1", external_id="w1"), a_line("dua", sender="2", external_id="w2")])
    return store


def test_another_master_key_is_told_apart(database: Database) -> None:
    lived_in(database, OLD)

    assert key_ring.fits(database, OLD)
    assert not key_ring.fits(database, NEW)
    with pytest.raises(WrongMasterKey):
        key_ring.open_vault(database, NEW)


@pytest.mark.parametrize("ring", [True, False], ids=["new database", "database from before"])
def test_after_a_change_the_new_key_opens_all_and_the_old_one_nothing(ring: bool, database: Database) -> None:
    store = lived_in(database, OLD, ring=ring)
    known = officers.verify(store, "rina", PASSWORD)

    assert 4 == key_ring.rotate(database, OLD, NEW)

    store = Store(database, key_ring.open_vault(database, NEW))
    assert ["satu", "dua"] == words(store)
    assert known == officers.verify(store, "rina", PASSWORD)
    assert not inbox.receive(store, [a_line("satu", sender="1", external_id="w1")]), "a message sent again is still known"
    with pytest.raises(WrongMasterKey):
        key_ring.open_vault(database, OLD)
    with pytest.raises(Unsealable):
        words(Store(database, Vault(OLD)))


def test_beginning_twice_changes_nothing(database: Database) -> None:
    store = lived_in(database, OLD)
    key_ring.begin(database, OLD)

    assert ["satu", "dua"] == words(Store(database, key_ring.open_vault(database, OLD)))
    assert store.vault.lookup("x", "y") == key_ring.open_vault(database, OLD).lookup("x", "y")


def test_an_empty_database_gets_keys_that_the_master_key_does_not_tell(database: Database) -> None:
    key_ring.begin(database, OLD)

    assert Vault(OLD).lookup("x", "y") != key_ring.open_vault(database, OLD).lookup("x", "y")


def test_a_damaged_key_stops_the_change_and_leaves_everything_as_it_was(database: Database) -> None:
    store = lived_in(database, OLD)
    with database.write() as connection:
        first = connection.execute(select(Conversation.id).limit(1)).scalar_one()
        connection.execute(update(Conversation).where(Conversation.id != first).values(data_key=b"\x01damaged damaged damaged"))

    with pytest.raises(Unsealable):
        key_ring.rotate(database, OLD, NEW)

    assert key_ring.fits(database, OLD)
    assert store.vault.lookup("x", "y") == key_ring.open_vault(database, OLD).lookup("x", "y")


@pytest.fixture
def on_disk(tmp_path: Path) -> tuple[Database, Path]:
    database, path = Database(f"sqlite:///{tmp_path / 'd.db'}"), tmp_path / "master.key"
    migrate.upgrade(database)
    keys.make_master_key(path)
    lived_in(database, keys.master_key(path))
    return database, path


def test_a_process_with_another_databases_key_refuses_and_says_so(on_disk: tuple[Database, Path], tmp_path: Path) -> None:
    database, _ = on_disk
    stranger = tmp_path / "other.key"
    keys.make_master_key(stranger)

    with pytest.raises(WrongSetting, match=r"is not the master key of this database\. Nothing was started"):
        keys.vault(database, stranger)


def test_the_key_file_is_changed_and_the_old_one_kept_for_old_backups(on_disk: tuple[Database, Path]) -> None:
    database, path = on_disk
    before = keys.master_key(path)

    changed, old = keys.rotate(database, path)

    assert 4 == changed
    assert before == keys.master_key(old) != keys.master_key(path)
    assert ["satu", "dua"] == words(Store(database, keys.vault(database, path)))
    assert 0o600 == path.stat().st_mode & 0o777 == old.stat().st_mode & 0o777
    with pytest.raises(WrongSetting, match="still there"):
        keys.rotate(database, path)


def test_a_change_that_was_interrupted_says_how_to_finish_it(on_disk: tuple[Database, Path]) -> None:
    """The power fails after the database was changed and before the file was."""
    database, path = on_disk
    waiting = path.with_name("master.key.new")
    keys.make_master_key(waiting)
    key_ring.rotate(database, keys.master_key(path), keys.master_key(waiting))

    with pytest.raises(WrongSetting, match=r"interrupted: mv .*master\.key\.new"):
        keys.vault(database, path)
    waiting.replace(path)

    assert ["satu", "dua"] == words(Store(database, keys.vault(database, path)))


def test_a_change_that_never_reached_the_database_is_begun_again(on_disk: tuple[Database, Path]) -> None:
    database, path = on_disk
    path.with_name("master.key.new").write_text(secrets.token_hex(4), encoding="ascii")

    keys.rotate(database, path)

    assert ["satu", "dua"] == words(Store(database, keys.vault(database, path)))
