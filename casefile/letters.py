"""How a letter is declared: its name, its subject, whom it is for."""

from dataclasses import dataclass
from datetime import timedelta

LETTERS: dict[str, "Letter"] = {}


@dataclass(frozen=True)
class Letter:
    """A letter we write. Its words stand in `templates/letters/<key with slashes>.txt`."""

    key: str
    title: str
    subject: str
    to: str = "licensee"
    hold: timedelta = timedelta(0)
    pdf: bool = False

    def __post_init__(self) -> None:
        LETTERS[self.key] = self

    @property
    def template(self) -> str:
        """The plain text of the mail."""
        return f"letters/{self.key.replace('.', '/')}.txt"

    @property
    def page_template(self) -> str:
        """The formal letter as a page, from which the PDF is made; only where `pdf` is set."""
        return f"letters/{self.key.replace('.', '/')}.html"
