"""Whatever is said, Meta's limits hold: every rendering passes the double's checks, which were written apart from it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from damping.casework.ids import OutboxId
from damping.casework.message import Body, Choice, Identity
from damping.channels.whatsapp.checks import first_problem
from damping.channels.whatsapp.render import Unsendable, render

OURS = OutboxId("ab" * 16)
SARI = (Identity("bsuid", "ID.1001"), Identity("wa_id", "6281000000001"))


def rendered(text: str = "halo", *titles: str, to: tuple[Identity, ...] = SARI):
    choices = tuple(Choice(f"pilihan{number}", title) for number, title in enumerate(titles))
    return render(OURS, to, Body(text=text, choices=choices), "Pilihan")


def test_words():
    assert {
        "messaging_product": "whatsapp",
        "recipient_type": "individual",
        "to": "+6281000000001",
        "biz_opaque_callback_data": OURS,
        "type": "text",
        "text": {"body": "halo", "preview_url": False},
    } == rendered()


def test_a_person_without_a_number_is_reached_by_id():
    assert "ID.1002" == rendered(to=(Identity("bsuid", "ID.1002"),))["recipient"]
    assert "ID.ENT.9" == rendered(to=(Identity("parent_bsuid", "ID.ENT.9"),))["recipient"]
    assert "to" not in rendered(to=(Identity("bsuid", "ID.1002"),))


@pytest.mark.parametrize("to", [(), (Identity("session", "abc"),)])
def test_nobody_is_refused(to: tuple[Identity, ...]):
    with pytest.raises(Unsendable):
        rendered(to=to)


def test_a_message_without_words_is_refused():
    with pytest.raises(Unsendable):
        rendered("  ", "Ya")


@pytest.mark.parametrize(
    ("count", "length", "kind"), [(1, 10, "button"), (3, 1024, "button"), (3, 1025, "list"), (4, 10, "list"), (14, 5000, "list")]
)
def test_few_choices_are_buttons_and_many_a_list(count: int, length: int, kind: str):
    message = rendered("x" * length, *(f"Pilihan {number}" for number in range(count)))

    assert kind == message["interactive"]["type"]
    assert first_problem(message) is None


def test_a_long_title_stands_whole_in_the_small_print():
    whole = "Pendampingan ke rumah sakit atau puskesmas"

    rows = rendered("Butuh apa?", whole, "b", "c", "d")["interactive"]["action"]["sections"][0]["rows"]

    assert rows[0]["title"].endswith("…")
    assert whole == rows[0]["description"]
    assert "description" not in rows[1]


def test_titles_that_would_read_alike_are_told_apart():
    same = "Saya mau bicara dengan petugas"

    titles = [button["reply"]["title"] for button in rendered("?", same, same, same)["interactive"]["action"]["buttons"]]

    assert 3 == len(set(titles))
    assert all(len(title) <= 20 for title in titles)


@given(st.text(min_size=1, max_size=6000), st.lists(st.text(max_size=90), max_size=12))
def test_every_rendering_is_within_the_limits(text: str, titles: list[str]):
    if not text.strip():
        return
    assert first_problem(rendered(text, *titles)) is None
