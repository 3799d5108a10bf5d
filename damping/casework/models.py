"""The words in which trainings, models and switches are spoken of; shared by store, pages and wiring. Pure."""

from enum import StrEnum
from typing import Protocol

from damping.casework.dialogue import TurnAnswered, TurnAsked


class RunKind(StrEnum):
    """What is to be done."""

    TRAIN = "latih"  # train from the data as they are, then compare
    COMPARE = "banding"  # compare a model that is there with the one that serves


class Origin(StrEnum):
    """Who wanted it."""

    TRAINER = "pelatih"
    NIGHT = "malam"
    COMMAND = "perintah"


class RunState(StrEnum):
    """How far it has come."""

    QUEUED = "antre"
    RUNNING = "jalan"
    DONE = "selesai"
    FAILED = "gagal"
    CANCELLED = "batal"


class Failure(StrEnum):
    """Why a run came to nothing."""

    TRAINING = "pelatihan"
    COMPARISON = "perbandingan"
    LOST = "hilang"  # the process that ran it is gone
    NOTHING_NEW = "sama"  # a model was made from exactly these data


class SwitchAct(StrEnum):
    """What was done to the model that serves."""

    ON = "nyalakan"
    BACK = "kembali"


class SwitchRefused(Exception):
    """The model was not switched on and the one before goes on serving. `code`: see `rules.gate`, or engine, busy, gone, same."""

    def __init__(self, code: str, sentences: tuple[str, ...] = ()) -> None:
        super().__init__(code)
        self.code = code
        self.sentences = sentences


class ModelRoom(Protocol):
    """What the desk can do with models beyond reading about them; `damping.wiring` implements it."""

    async def switch(self, model: str, officer: str | None, reason: str, act: SwitchAct) -> None:
        """Serve this model in every engine, now and after a restart. Raises `SwitchRefused`."""
        ...

    async def serving(self) -> str:
        """The name of the model that answers people now; empty where no engine does."""
        ...


class TrialRoom(Protocol):
    """Play a person: the same messages to the model that serves and to another one, which is loaded aside for a while."""

    async def ready(self, model: str) -> bool:
        """Whether that model is loaded aside; begins to load it where it is not. Raises `SwitchRefused` where it cannot be."""
        ...

    async def turn(self, model: str, asked: TurnAsked) -> TurnAnswered:
        """The answer of the model aside; empty name: of the one that serves. Raises `EngineUnavailable`."""
        ...
