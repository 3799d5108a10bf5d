"""Builders of the duty tests: officers, urgent people, shifts, ways. All invented."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import insert, select

from damping.casework.duty import Way
from damping.casework.ids import ConversationId, OfficerId, new_id
from damping.store import audit, inbox, officers, reaches, roster
from damping.store.context import Store
from damping.store.desk import Viewer
from damping.store.officers import Role
from damping.store.tables import Audit, Officer
from rules.ladder import Duty, Shift
from rules.levels import Level
from tests.support import a_line


@dataclass
class Office:
    """Makes what the tests need, straight in the store."""

    store: Store

    def officer(self, name: str, role: Role = Role.PETUGAS) -> Viewer:
        """An account that nobody signs in to."""
        officer, office = OfficerId(new_id()), self.store.vault.office
        with self.store.database.write() as connection:
            connection.execute(
                insert(Officer).values(
                    id=officer,
                    login_hash=officers.login_hash(self.store, name),
                    login=office.seal_text("officer.login", officer, name),
                    name=office.seal_text("officer.name", officer, name),
                    role=role,
                    password_hash="-",
                    created_at=self.store.now(),
                )
            )
        return Viewer(officer, role)

    def supervisor(self, name: str = "Tuti") -> Viewer:
        """One who leads."""
        return self.officer(name, Role.SUPERVISOR)

    def hears(self, level: Level = Level.MERAH, sender: str = "1", text: str = "tolong") -> ConversationId:
        """A person writes."""
        reasons = ("alasan rekaan",) if level is not Level.HIJAU else ()
        line = a_line(text, sender=sender, level=level, reasons=reasons, sent_at=self.store.now())
        return inbox.receive(self.store, [line])[0]

    def shift(self, by: Viewer, duty: Duty, who: Viewer, hours: float = 8, start: datetime | None = None) -> None:
        """A line of the roster, from now."""
        begins = start or self.store.now()
        roster.add(self.store, by, [Shift(duty, who.officer, begins, begins + timedelta(hours=hours))])

    def reach(self, who: Viewer, way: Way = Way.EMAIL, address: str = "orang@kantor.example") -> None:
        """A way by which somebody is called."""
        reaches.keep(self.store, who, way, address)

    def acts(self, act: str) -> int:
        """How many audit rows."""
        with self.store.database.read() as connection:
            return len(connection.execute(select(Audit.seq).where(Audit.act == act)).all())

    def chain_is_whole(self) -> bool:
        """No row was changed."""
        return audit.first_broken(self.store) is None
