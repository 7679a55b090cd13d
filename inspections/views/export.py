"""The cases of a list as lines of a file."""

from collections.abc import Iterable, Iterator

from casefile.calendar import local_day
from inspections.queries import Standing

HEAD = (
    "Case", "Facility", "License", "License type", "County", "Officer", "Status", "Next step", "Due", "Overdue",
    "Violations", "Fixed",
)  # fmt: skip


def lines(pages: Iterable[list[Standing]]) -> Iterator[tuple]:
    """The head, then one line per case."""
    yield HEAD
    for page in pages:
        yield from map(_line, page)


def _line(it: Standing) -> tuple:
    case, place = it.case, it.case.premises
    due = local_day(it.deadline.due_at) if it.deadline else case.planned_on
    return (
        case.file.number, place.name, place.number, place.license.get_type_display(), place.county, case.officer.name,
        it.step.status, it.step.label, due, "yes" if it.is_late else "no", it.parts.found, it.parts.fixed,
    )  # fmt: skip
