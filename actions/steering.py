"""Steering and requests: each action asks one decision of `rules.steering` and carries it out."""

from abc import ABC, abstractmethod
from typing import Any, ClassVar

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.glue import carry_out, facts_of
from rules import replies, steering
from rules.decision import Decide


class Decided(Action, ABC):
    """An action that is one decision."""

    decide: ClassVar[Decide]

    @property
    @abstractmethod
    def called(self) -> str:
        """The name in the rules."""

    def name(self) -> str:
        """As Rasa wants it."""
        return self.called

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, _domain: dict[str, Any]) -> list[dict[str, Any]]:
        """Facts in, words and orders out; where somebody is near, one word that means nothing, whatever was asked."""
        facts = facts_of(tracker)
        return carry_out(steering.instead(facts) or type(self).decide(facts), dispatcher, facts)


class ActionAnswer(Decided):
    """A question, a feeling, a message without words: the words for its intent."""

    called, decide = "action_answer", staticmethod(replies.answer)


class ActionNextStep(Decided):
    """A need: what can be done, and where."""

    called, decide = "action_next_step", staticmethod(replies.next_step)


class ActionReceiveReport(Decided):
    """Thanks for a report."""

    called, decide = "action_receive_report", staticmethod(steering.receive_report)


class ActionCallOfficer(Decided):
    """A human being is wanted."""

    called, decide = "action_call_officer", staticmethod(steering.call_officer)


class ActionConfirmContact(Decided):
    """How contact is safe was said."""

    called, decide = "action_confirm_contact", staticmethod(steering.confirm_contact)


class ActionGreet(Decided):
    """A greeting."""

    called, decide = "action_greet", staticmethod(steering.unless_asked(steering.greet))


class ActionAgree(Decided):
    """A yes outside a question."""

    called, decide = "action_agree", staticmethod(steering.unless_asked(steering.agree))


class ActionDecline(Decided):
    """A no outside a question."""

    called, decide = "action_decline", staticmethod(steering.unless_asked(steering.decline))


class ActionResume(Decided):
    """Go on."""

    called, decide = "action_resume", staticmethod(steering.unless_asked(steering.resume))


class ActionRepeat(Decided):
    """Say it again."""

    called, decide = "action_repeat", staticmethod(steering.unless_asked(steering.repeat))


class ActionPause(Decided):
    """Stop for now."""

    called, decide = "action_pause", staticmethod(steering.unless_asked(steering.careful(steering.pause)))


class ActionGoodbye(Decided):
    """Leaves."""

    called, decide = "action_goodbye", staticmethod(steering.unless_asked(steering.careful(steering.goodbye)))


class ActionHush(Decided):
    """Somebody is near."""

    called, decide = "action_hush", staticmethod(steering.reads_along)


class ActionAskErase(Decided):
    """Wants everything erased."""

    called, decide = "action_ask_erase", staticmethod(steering.careful(steering.ask_erase))


class ActionWithdraw(Decided):
    """Withdraws the report."""

    called, decide = "action_withdraw", staticmethod(steering.careful(steering.withdraw))


class ActionThanked(Decided):
    """Thanks."""

    called, decide = "action_thanked", staticmethod(steering.thanked)


class ActionNoted(Decided):
    """A fact outside a question."""

    called, decide = "action_noted", staticmethod(steering.noted)


class ActionSkip(Decided):
    """Skips."""

    called, decide = "action_skip", staticmethod(steering.unless_asked(steering.skip))


class ActionAnswerDoubt(Decided):
    """Hesitates to report."""

    called, decide = "action_answer_doubt", staticmethod(steering.careful(steering.answer_doubt))


class ActionPlay(Decided):
    """A prank."""

    called, decide = "action_play", staticmethod(steering.careful(steering.play))


class ActionAskOfficerStatus(Decided):
    """What became of my report?"""

    called, decide = "action_ask_officer_status", staticmethod(steering.ask_status)


class ActionAnswerGuilt(Decided):
    """Shame or self-blame."""

    called, decide = "action_answer_guilt", staticmethod(steering.answer_guilt)


class ActionComeBack(Decided):
    """An officer gave the word back."""

    called, decide = "action_come_back", staticmethod(steering.come_back)


class ActionUnclear(Decided):
    """Not understood."""

    called, decide = "action_unclear", staticmethod(steering.unless_asked(steering.unclear))


class ActionDefaultFallback(Decided):
    """No rule fits: Rasa's own fallback would take the message back and say nothing."""

    called, decide = "action_default_fallback", staticmethod(steering.unless_asked(steering.unclear))
