"""What one message is to the question that is open, as one table: the first line that holds decides."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from rules import answers, topics
from rules.answers import Answer, Reading
from rules.hearing import ENDS_OR_PAUSES, FREE, Facts, Heard, Message, sure
from rules.levels import Level
from rules.noticed import FEW, counted, marks
from rules.signs import compiled
from rules.told import only_me, only_safe, says_unsafe
from rules.yes_or_no import asks

_ANSWER_LIKE = {"setuju", "tolak", "tidak_tahu", "lewati", "beri_info", "nlu_fallback", "lanjut"}
_OWN_ANSWER = ENDS_OR_PAUSES | {"ulangi", "iseng", "atur_kontak", "kirim_lokasi", "kirim_media", "lanjut_percakapan"}
_LIGHT = {"help_wanted", "contact_way", "contact_number", "contact_hours", "contact_name", "contact_cover", "relation", "when"}
_GRAVE = {"darurat_sekarang", "krisis_bunuh_diri", "tidak_aman_chat", "hapus_data", "minta_petugas", "cabut_laporan"}
_THERE = {"company", "trusted_adult"}
_SHORT = 5  # words; a short fitting answer is an answer, whatever it was taken for
_STORY = 6  # words; whoever writes so many is told that it was noted, not that it could not be read
_BARE_NAME = 2  # words
_WANTS_AN_OFFICER = compiled(r"petugas|manusia|orang beneran|admin|konselor|cs|operator|bicara|ngomong|ngobrol")


@dataclass(frozen=True)
class Said:
    """One message beside the open question (its slot, or None), how it was read, and the facts that it changes."""

    message: Message
    question: str | None
    answer: Answer | None
    changes: Facts
    line: str
    gentle: bool = False  # a child writes, or somebody who thinks of dying: few words are a story

    @cached_property
    def length(self) -> int:
        """Words."""
        return counted(self.line)

    @cached_property
    def certain(self) -> bool:
        """Whether the model is sure of the intent."""
        return sure(self.message, self.line)

    @cached_property
    def clear(self) -> bool:
        """Whether it answers the question for sure."""
        return self.answer is not None and self.answer.reading is Reading.CLEAR

    @cached_property
    def grave(self) -> bool:
        """Danger, leaving, a person: never read over for a fitting answer."""
        return self.message.intent in _GRAVE

    @cached_property
    def sign(self) -> bool:
        """A sign of danger is in it, by any voice: it is told, never 'unread'."""
        return self.message.danger is not Level.HIJAU

    @cached_property
    def noticed(self) -> set[str]:
        """The marks."""
        return set(marks(self.message.text, self.line))

    @cached_property
    def light(self) -> bool:
        """A few fitting words on help or contact."""
        few = self.length <= FEW or self.question in FREE
        return self.question in _LIGHT and few and not self.grave and (self.clear or answers.never_mind(self.line))

    @cached_property
    def about_safety(self) -> bool:
        """A short word on safety or on who is there, where that was asked."""
        intent = self.message.intent
        there = self.question in _THERE and not _WANTS_AN_OFFICER.search(self.line)
        fits = (self.question in answers.SAFETY and intent == "tidak_aman_chat") or (
            there and intent in {"tidak_aman_chat", "minta_petugas", "lapor_kekerasan_anak"}
        )
        return self.length <= _SHORT and fits

    @cached_property
    def own_matter(self) -> bool:
        """Wants to stop, a person, to leave, to erase: a matter of its own, whatever else it says."""
        certain = self.message.intent in _OWN_ANSWER and self.certain
        piece = "sepotong" in self.noticed and self.question not in answers.SAFETY
        return certain and not (self.clear and self.about_safety) and not self.light and not piece


def _free_answer(said: Said) -> bool:
    question, intent = said.question, said.message.intent
    return said.clear and (
        (question in FREE and not said.grave)
        or (question == "readback" and intent in {"tidak_aman_chat", "tolak"})
        or (question == "kecamatan" and said.length <= _BARE_NAME and not said.grave)
    )


def _reports(said: Said) -> bool:
    return said.clear and said.length > _BARE_NAME and said.certain and said.message.intent.startswith("lapor_")


def _fits(said: Said) -> bool:
    short = said.length <= _SHORT or said.about_safety or not said.certain
    return short or said.message.intent in _ANSWER_LIKE


def _of_feeling(said: Said) -> bool:
    return bool({"tangis", "polisi", "damai"} & said.noticed) and not said.clear


def _goes_on(said: Said) -> bool:
    read = said.answer is not None and said.answer.reading in {Reading.SKIP, Reading.UNKNOWN}
    return said.message.intent == "lanjut" and said.certain and not said.changes and not read


def _of_safety(said: Said) -> bool:
    line = said.line
    return says_unsafe(line) or only_safe(line) or (said.length <= FEW and (said.changes.get("safe_now") == "aman" or only_me(line)))


def _another_matter(said: Said) -> bool:
    outside = said.message.intent == "di_luar_topik" and said.length <= FEW  # 'gimana ya' between two questions
    return said.message.intent not in _ANSWER_LIKE and said.certain and not said.light and not outside


def _left(said: Said) -> bool:
    return said.answer is not None and said.answer.reading in {Reading.SKIP, Reading.UNKNOWN}


def _tells(said: Said) -> bool:
    dated = said.question in answers.SAFETY and any(entity.get("entity") == "waktu" for entity in said.message.entities)
    asked = topics.asked(said.line) is not None or asks(said.line)
    story = _STORY if not said.gentle else FEW
    return bool(said.changes) or dated or said.length >= story or asked or said.sign


_TABLE: tuple[tuple[Callable[[Said], bool], Heard], ...] = (
    (_free_answer, Heard.ANSWER),
    (lambda said: said.question is None or said.own_matter, Heard.ASIDE),
    (lambda said: said.message.intent == "tolak" and said.length > FEW and not said.clear, Heard.ASIDE),
    (_reports, Heard.ASIDE),
    (lambda said: said.clear and _fits(said), Heard.ANSWER),
    (lambda said: said.clear, Heard.ASIDE),
    (_of_feeling, Heard.ASIDE),
    (lambda said: "sepotong" in said.noticed and said.question not in answers.SAFETY, Heard.TOLD),
    (_goes_on, Heard.ASIDE),
    (_of_safety, Heard.TOLD),
    (_another_matter, Heard.ASIDE),
    (lambda said: topics.asked(said.line) == "utter_tanya_kerahasiaan", Heard.TOLD),
    (_left, Heard.SKIP),
    (_tells, Heard.TOLD),
    (lambda _said: True, Heard.UNCLEAR),
)


def what(said: Said) -> Heard:
    """
    a name or a word where one was asked for, a bare place, a no to the read-back | answer, whatever it was taken for, but danger
    no open question; wants to stop, a person, to leave, to erase                 | aside, whatever else it says
    a long no that answers nothing                                                | aside
    a report in more than two words                                               | aside: it is thanked for, the fact is kept
    pressed choice, or short fitting answer                                       | answer
    fitting answer inside a longer matter                                         | aside: that matter is answered, the fact is kept
    tears, 'no police', 'we made peace'                                           | aside
    'dia', and no more                                                            | told: the rest is still to come
    'lanjut'                                                                      | aside: the question is put again, not called unread
    'aman', 'ga aman', 'saya sendiri'                                             | told, whatever was asked
    another matter, surely                                                        | aside
    'mama ga tau, jangan kasih tau'                                               | told: it is answered, and leaves no question
    lewati, does not know                                                         | skip
    other facts, a story or a question                                            | told
    nothing that can be read                                                      | unclear
    """
    return next(heard for holds, heard in _TABLE if holds(said))
