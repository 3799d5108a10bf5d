"""What the documents promise of the store, the code keeps."""

import re
from pathlib import Path

from damping.store import migrate
from damping.store.database import Database
from damping.store.tables import SEALED_COLUMNS, Base
from damping.wiring.settings import NAMES

ROOT = Path(__file__).parents[2]


def test_the_inventory_of_sealed_columns_is_complete() -> None:
    listed = re.findall(r"^\| `(\w+\.\w+)` \|", (ROOT / "docs/sealed-columns.md").read_text(encoding="utf-8"), re.M)

    assert set(SEALED_COLUMNS) == set(listed)


def test_no_column_that_could_hold_words_is_left_unsealed() -> None:
    """Long or unbounded text in clear is a mistake: ids, kinds and codes are short."""
    roomy = [
        f"{table.name}.{column.name}"
        for table in Base.metadata.tables.values()
        for column in table.columns
        if column.type.python_type is str and (getattr(column.type, "length", None) or 999) > 64
    ]

    assert {"officer.password_hash", "recovery_code.code_hash"} == set(roomy)


def test_the_migrations_make_exactly_these_tables(tmp_path: Path) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    database = Database(f"sqlite:///{tmp_path / 'm.db'}")
    migrate.upgrade(database)
    with database.engine.connect() as connection:
        differences = compare_metadata(MigrationContext.configure(connection), Base.metadata)
    database.close()

    assert [] == differences


def test_every_setting_is_explained_to_the_operator() -> None:
    told = set(re.findall(r"`(DAMPING_[A-Z_]+)`", (ROOT / "docs/operate.md").read_text(encoding="utf-8")))

    assert set(NAMES) <= told
