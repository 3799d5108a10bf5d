"""Everything is killed while people write, Meta refuses and forgets, the database is locked: nobody is lost, nobody is answered twice."""

import secrets
from pathlib import Path

import pytest

from tests.crash import fairness
from tests.crash.meta import Meta
from tests.crash.small_disk import NoSmallDisk, small_disk
from tests.crash.storm import Plan, Storm

pytestmark = pytest.mark.slow


async def test_gateway_workers_and_engine_are_killed_and_meta_fails_while_people_write(tmp_path: Path, meta: Meta) -> None:
    plan = Plan(persons=100, kills=10, troubles=5, seed=secrets.randbelow(10**6))

    report = await Storm(tmp_path / "var", meta, plan).run()

    print(report)
    assert report.well, report


async def test_the_database_is_locked_longer_than_anybody_waits(tmp_path: Path, meta: Meta) -> None:
    plan = Plan(persons=60, kills=0, troubles=0, locked_s=20, calm_s=2, seed=secrets.randbelow(10**6))

    report = await Storm(tmp_path / "var", meta, plan).run()

    print(report)
    assert report.well, report


async def test_the_disk_is_full_while_people_write(tmp_path: Path, meta: Meta) -> None:
    plan = Plan(persons=60, kills=0, troubles=0, full_s=5, calm_s=2, seed=secrets.randbelow(10**6))
    try:
        with small_disk(tmp_path / "disk") as disk:
            report = await Storm(disk / "var", meta, plan).run()
    except NoSmallDisk as why:
        pytest.skip(f"no small disk can be made here: {why}")

    print(report)
    assert report.well, report


async def test_a_flood_delays_nobody_for_ever_and_danger_in_its_last_line_rings(tmp_path: Path, meta: Meta) -> None:
    found = await fairness.measure(tmp_path / "var", meta, others=10, flood=200)

    print(found)
    assert 3 * 10 + 200 == found.stored
    assert 10 == found.flooded.count
