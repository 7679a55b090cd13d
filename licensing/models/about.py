"""What every case about one license has in common: whose it is, who may know of it, and who is written to."""

from collections.abc import Iterable

from accounts.models import Role, User
from casefile.models import Document, Recipient, in_office
from licensing.models.licensees import Licensee
from licensing.models.licenses import License


class AboutLicense:
    """Facts of a case that has a `license` and an `officer`."""

    license: License
    officer: User | None
    officer_id: int | None

    @property
    def licensee(self) -> Licensee:
        return self.license.licensee

    def is_assigned_to(self, user: User) -> bool:
        return self.officer_id == user.pk

    def standing_of(self, user: User) -> str:
        return self.licensee.standing_of(user)

    def shows(self, document: Document) -> bool:
        """The licensee reads what its own people handed in."""
        return document.by.role == Role.REPRESENTATIVE

    def recipients(self, to: str) -> Iterable[Recipient]:
        """The officer's letters go to the supervisors while nobody has the case."""
        return self.licensee.recipients() if to == "licensee" else in_office(to, self.officer)
