"""What is kept for the trainers: only with consent, only masked, without a way back."""

from datetime import date

import pytest
from sqlalchemy import select

from damping.casework.doubt import CONSENT, Felt, Source
from damping.casework.ids import OfficerId
from damping.store import data_changes, doubt_keeping, doubt_labels, doubts, inbox, missed, officers
from damping.store.context import Store
from damping.store.data_changes import Told
from damping.store.desk import NotFound, Viewer
from damping.store.doubt_labels import Label, Outcome
from damping.store.missed import Seen
from damping.store.officers import NewAccount, Role
from damping.store.tables_workbench import Doubt
from rules.levels import Level
from rules.masking import Masker
from tests.console.people import tell_facts
from tests.support import HeldClock, a_line

YES = {CONSENT: "ya"}
CLOSE = Felt(Source.CLOSE, "sapa", Level.HIJAU)


@pytest.fixture
def learning(store: Store) -> Store:
    store.masker = Masker(["tolong", "saya", "dipukul", "suami", "di", "kemarin", "lagi", "takut", "pulang", "bawa", "golok", "dia"])
    return store


def somebody(store: Store, login: str, role: Role = Role.PELATIH) -> Viewer:
    return Viewer(officers.add(store, NewAccount(login, login.title(), "kopi pahit tengah malam"), role), role)


def no_write() -> None:
    """An example file that takes everything."""


def answer(store: Store, who: Viewer, doubt: str, intent: str, danger: Level, unsure: bool = False) -> Outcome:
    told = Told("example", "x", intent, {"before": None, "after": None})
    return doubt_labels.put(store, who, doubt, Label(intent, danger, "kalimat karangan", unsure), (told, no_write))


def test_without_consent_or_masker_nothing_is_kept(learning: Store) -> None:
    tari = somebody(learning, "tari")

    assert not doubt_keeping.keep_turn(learning, {}, "suami saya pukul saya", CLOSE)
    assert not doubt_keeping.keep_turn(learning, {CONSENT: "tidak"}, "suami saya pukul saya", CLOSE)
    masker, learning.masker = learning.masker, None
    assert not doubt_keeping.keep_turn(learning, YES, "suami saya pukul saya", CLOSE)
    learning.masker = masker
    assert () == doubts.inbox(learning, tari)
    assert doubt_keeping.keep_turn(learning, YES, "suami saya pukul saya", CLOSE)


def test_what_is_kept_is_masked_has_a_day_and_no_way_back(learning: Store) -> None:
    tari = somebody(learning, "tari")

    doubt_keeping.keep_turn(learning, YES, "suami saya Sukmojoyo bawa golok di way kandis, hp 081234567890", CLOSE)

    (shown,) = doubts.inbox(learning, tari)
    assert "suami saya [nama] bawa golok di [tempat], hp [nomor]" == shown.sentence
    assert isinstance(shown.day, date)
    assert {"id", "day", "source", "worth", "intent", "danger", "sentence", "state", "settled_at"} == set(Doubt.__table__.columns.keys())


@pytest.mark.parametrize("text", ["Sukmojoyo", "bu Zurayem, pak Karmojan, si Yunbaijan dan mas Girdaryem", "."])
def test_what_says_too_much_or_nothing_is_not_kept(text: str, learning: Store) -> None:
    assert not doubt_keeping.keep_turn(learning, YES, text, CLOSE)


def test_the_most_valuable_comes_first_and_old_ones_are_deleted(learning: Store, clock: HeldClock) -> None:
    tari = somebody(learning, "tari")
    doubt_keeping.keep_turn(learning, YES, "dia bawa golok lagi", CLOSE)
    clock.forward(days=100)
    doubt_keeping.keep_turn(learning, YES, "saya takut pulang", Felt(Source.VOICES, "sapa", Level.MERAH))
    assert ["saya takut pulang", "dia bawa golok lagi"] == [one.sentence for one in doubts.inbox(learning, tari)]

    clock.forward(days=100)
    doubt_keeping.keep_turn(learning, YES, "tolong saya", CLOSE)

    assert ["saya takut pulang", "tolong saya"] == [one.sentence for one in doubts.inbox(learning, tari)]


@pytest.mark.parametrize("facts", [{}, YES])
def test_an_officer_who_sees_more_danger_teaches_only_where_the_person_agreed(facts: dict[str, str], learning: Store) -> None:
    tari, rina = somebody(learning, "tari"), somebody(learning, "rina", Role.PETUGAS)
    (conversation,) = inbox.receive(learning, [a_line("saya dipukul bu Zurayem", sent_at=learning.now())])
    tell_facts(learning, conversation, **facts)

    with learning.database.write() as connection:
        sealer = learning.sealer(connection, conversation)
        missed.seen(connection, learning, sealer, Seen(conversation, rina.officer, Level.MERAH, ("dikejar",)))

    assert (["saya dipukul bu [nama]"] if facts else []) == [one.sentence for one in doubts.inbox(learning, tari)]


def test_dropping_destroys_the_words(learning: Store) -> None:
    tari = somebody(learning, "tari")
    doubt_keeping.keep_turn(learning, YES, "dia bawa golok lagi", CLOSE)
    (shown,) = doubts.inbox(learning, tari)

    doubts.drop(learning, tari, shown.id)

    with learning.database.read() as connection:
        sealed = connection.execute(select(Doubt.sentence)).scalar_one()
    assert "" == learning.vault.office.unseal_text("doubt.sentence", shown.id, sealed)
    with pytest.raises(NotFound):
        doubts.drop(learning, tari, shown.id)


@pytest.mark.parametrize("role", [Role.PETUGAS, Role.ADMIN])
def test_nobody_else_reads_them(role: Role, learning: Store) -> None:
    other = somebody(learning, "lain", role)

    for act in (doubts.inbox, doubt_labels.standing, doubt_labels.agreement, data_changes.journal, data_changes.waiting):
        with pytest.raises(NotFound):
            act(learning, other)


def test_one_answer_is_enough_where_it_is_not_about_danger(learning: Store) -> None:
    tari = somebody(learning, "tari")
    doubt_keeping.keep_turn(learning, YES, "tolong saya takut", CLOSE)
    (shown,) = doubts.inbox(learning, tari)

    assert Outcome.EXAMPLE is answer(learning, tari, shown.id, "ungkap_takut", Level.KUNING)
    assert () == doubts.inbox(learning, tari)
    assert ["example"] == [one.told.kind for one in data_changes.journal(learning, tari)]


def test_danger_needs_two_different_persons_who_agree_unseen(learning: Store) -> None:
    tari, budi, sari = (somebody(learning, name) for name in ("tari", "budi", "sari"))
    doubt_keeping.keep_turn(learning, YES, "dia bawa golok lagi", CLOSE)
    (shown,) = doubts.inbox(learning, tari)

    assert Outcome.WAITS is answer(learning, tari, shown.id, "ancaman_nyawa", Level.MERAH)
    assert Outcome.WAITS is answer(learning, tari, shown.id, "ancaman_nyawa", Level.MERAH)
    assert () == doubt_labels.given(learning, budi, shown.id)
    assert Outcome.DIFFERS is answer(learning, budi, shown.id, "lapor_fisik", Level.KUNING)
    assert ["budi", "tari"] == sorted(one.name.lower() for one in doubt_labels.given(learning, budi, shown.id))
    assert ("asked",) != doubt_labels.standing(learning, sari).get(shown.id)
    assert Outcome.EXAMPLE is answer(learning, budi, shown.id, "ancaman_nyawa", Level.MERAH)
    assert () == doubts.inbox(learning, tari)
    figures = doubt_labels.agreement(learning, tari)
    assert (1, 1, 1) == (figures.pairs, figures.same_intent, figures.same_danger)


def test_who_is_not_sure_asks_a_colleague(learning: Store) -> None:
    tari, budi = somebody(learning, "tari"), somebody(learning, "budi")
    doubt_keeping.keep_turn(learning, YES, "dia bawa golok lagi", CLOSE)
    (shown,) = doubts.inbox(learning, tari)

    assert Outcome.COLLEAGUE is answer(learning, tari, shown.id, "", Level.HIJAU, unsure=True)
    assert ("asked",) == doubt_labels.standing(learning, budi)[shown.id]


def test_an_example_that_cannot_be_written_leaves_the_doubt_open(learning: Store) -> None:
    tari = somebody(learning, "tari")
    doubt_keeping.keep_turn(learning, YES, "tolong saya takut", CLOSE)
    (shown,) = doubts.inbox(learning, tari)

    def broken() -> None:
        raise OSError

    told = Told("example", "x", "sapa", {"before": None, "after": None})
    with pytest.raises(OSError):  # noqa: PT011  any
        doubt_labels.put(learning, tari, shown.id, Label("sapa", Level.HIJAU, "halo"), (told, broken))

    assert [shown.id] == [one.id for one in doubts.inbox(learning, tari)]
    assert () == data_changes.journal(learning, tari)


def test_the_office_id_of_an_officer_is_what_the_journal_keeps(learning: Store) -> None:
    tari = somebody(learning, "tari")

    data_changes.make(learning, tari, Told("example", "x", "sapa", {"before": None, "after": {"a": 1}}), no_write)

    (change,) = data_changes.journal(learning, tari)
    assert (OfficerId(tari.officer), "Tari", {"before": None, "after": {"a": 1}}) == (change.made_by, change.maker, change.told.change)
