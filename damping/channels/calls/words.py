"""What a call says, as the office words it in `config/jaga.yml`."""

from dataclasses import dataclass

from damping.casework.duty import Message


@dataclass(frozen=True)
class CallWords:
    """One sentence for each kind of call; `desk` is the desk's address."""

    subject: str
    alarm: str
    ladder: str
    trial: str
    desk: str

    def of(self, message: Message) -> str:
        """The sentence, with the desk's address behind it."""
        said = {Message.ALARM: self.alarm, Message.LADDER: self.ladder, Message.TRY: self.trial}[message]
        return f"{said} {self.desk}".strip()
