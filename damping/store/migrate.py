"""Bring a database to this version's tables, step by step (Alembic)."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from damping.store.database import Database

_HERE = Path(__file__).parent / "migrations"


def upgrade(database: Database) -> None:
    """To the newest revision; does nothing where it is there already."""
    with database.engine.connect() as connection:
        config = _config()
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def revisions(database: Database) -> tuple[str | None, str | None]:
    """The revision that the database has, and the newest there is."""
    with database.engine.connect() as connection:
        current = MigrationContext.configure(connection).get_current_revision()
    return current, ScriptDirectory.from_config(_config()).get_current_head()


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(_HERE))
    return config
