"""The workbench behind the desk's doors: who finds it, and who is told that nothing is there."""

from collections.abc import Callable

import pytest

from damping.store.officers import Role
from tests.console.people import Browser, Office, said

Fresh = Callable[[], Browser]


async def test_a_trainer_finds_the_whole_menu(browser: Fresh, office: Office) -> None:
    office.officer("tari", Role.PELATIH)

    page = await (await browser().as_("tari")).get("/pelatih")

    assert 200 == page.status_code
    for room in ("Keraguan", "Contoh", "Kata bahaya & tempat", "Kalimat bot", "Latih & bandingkan", "Wawasan"):
        assert room in said(page)


@pytest.mark.parametrize("role", [Role.PETUGAS, Role.ADMIN])
async def test_others_are_told_that_nothing_is_there(role: Role, browser: Fresh, office: Office) -> None:
    office.officer("rina", role)

    assert 404 == (await (await browser().as_("rina")).get("/pelatih")).status_code
