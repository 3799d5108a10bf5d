"""Random persons on the trained model: they answer, skip, press, ask, fall silent, begin again and are in danger at any point.

Whatever they do: one question a turn with a way out, no question after it was answered, danger escalated in the same turn, short
bubbles, a small state, no level that falls (`engine.compare.plays.Person.broken`).
"""

from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from engine.compare.plays import Person
from rules.assessment import QUESTIONS
from tests.conversations.playing import trained

ANSWERS = ["aman", "ga aman", "iya", "gak", "blm", "ga tau", "boleh", "jangan", "suami", "mantan", "kemiling", "tkb", "chat aja", "siang"]
ANSWERS += ["telepon", "081200001111", "2", "ga pernah", "pernah", "nenek", "kemarin", "saran", "👍", "iya tp takut", "aman sih", "rina"]
STORIES = [
    "suami saya sering mukul saya, kemarin sampe lebam, saya di sukarame",
    "pacar aku suka ngatur dan cemburuan",
    "aku kelas 6, ayah suka mukul",
    "tetangga saya sering dipukuli suaminya",
    "saya dilecehkan bos saya kemarin",
    "mantan nyebar foto saya",
    "suami ga ngasih nafkah udah setahun",
    "saya kelepasan mukul istri saya, saya nyesel",
    "dulu waktu kecil saya dipukul bapak, sekarang udah aman",
]
ASIDES = [
    "berapa biayanya",
    "siapa yang baca ini",
    "kantornya dimana",
    "prosesnya gimana",
    "saya takut",
    "saya malu",
    "makasih kak",
    "halo",
]
ASIDES += ["mau ngomong sama petugas", "kamu robot ya", "jangan bilang siapa siapa", "cara bikin ktp gimana", "wkwk", "ga usah dihubungi"]
STEERING = [
    "lewati",
    "nanti dulu ya",
    "lanjut",
    "ulang dari awal",
    "maksudnya gimana",
    "tutup",
    "hapus data saya",
    "mau cabut laporan",
    "dadah",
]
FIXES = ["bukan suami, mantan", "bukan kemiling, kedaton", "salah", "jawaban saya tadi salah", "eh salah, di panjang", "bener"]
NOISE = ["zxqw", ".", "???", "😭", "", "aaaaaaaa", "{x} <polisi> ${HOME}", "/restart", "hmm", "a" * 300]
DANGER = [
    "dia bawa golok di depan pintu",
    "suami saya nyekik saya",
    "aku mau bunuh diri malam ini",
    "dia mau bunuh saya",
    "dia ngejar saya pake parang",
]


class RandomPerson(RuleBasedStateMachine):
    """One person, whatever comes to mind."""

    def __init__(self) -> None:
        super().__init__()
        self.person = Person(trained())
        self.danger = False

    def _does(self, danger: bool = False, **turn: Any) -> None:
        self.danger = danger
        self.person.does(turn)

    @rule(text=st.sampled_from(ANSWERS))
    def answers(self, text: str) -> None:
        """A short answer, fitting or not."""
        self._does(says=text)

    @rule(number=st.integers(0, 9))
    def presses(self, number: int) -> None:
        """A button that is on the screen."""
        shown = [button["id"] for reply in self.person.answer.get("replies", []) for button in reply["buttons"]]
        if shown:
            self._does(presses=shown[number % len(shown)])

    @rule(text=st.sampled_from(STORIES + ASIDES + STEERING + FIXES), gap=st.sampled_from([False, False, False, True]))
    def writes(self, text: str, gap: bool) -> None:
        """A story, a question, a wish, a correction; perhaps after a pause."""
        self._does(says=text, gap=gap)

    @rule(text=st.sampled_from(NOISE))
    def mumbles(self, text: str) -> None:
        """What cannot be read."""
        self._does(says=text)

    @rule(kind=st.sampled_from(["location", "media", "resume"]))
    def sends(self, kind: str) -> None:
        """Something without words."""
        self._does(sends=kind)

    @rule(text=st.sampled_from(DANGER), gap=st.booleans())
    def is_in_danger(self, text: str, gap: bool) -> None:
        """At any point, also where the conversation rests."""
        self._does(danger=True, says=text, gap=gap)

    @invariant()
    def every_turn_is_bearable(self) -> None:
        """What no turn may break."""
        answer = self.person.answer
        if not answer:
            return
        assert [] == list(self.person.broken({}))
        assert answer["replies"] or answer["orders"]
        if self.danger:
            assert "escalate" in [order["order"] for order in answer["orders"]]
            assert "merah" == answer["facts"]["level"]
        for reply in answer["replies"]:
            slot = str(reply["response"]).removeprefix("utter_ask_")
            if slot in QUESTIONS and slot not in {"kind", "help_wanted"}:
                assert answer["facts"].get(slot) is None, slot
                assert slot not in answer["facts"].get("asked", []), slot


RandomPerson.TestCase.settings = settings(
    max_examples=30, stateful_step_count=20, deadline=None, suppress_health_check=list(HealthCheck), database=None
)
TestRandomPerson = pytest.mark.filterwarnings("ignore")(RandomPerson.TestCase)
