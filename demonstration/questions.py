"""A few questions of the last days: one answered, one taken, two on the desk."""

from datetime import datetime
from random import Random

from accounts.models import User
from casefile.calendar import Calendar, local_day
from demonstration.people import World, address_of
from demonstration.time import office_hour
from help_center.actions.questions import Asker, answer_question, ask_question, take_question

ASKED = (  # how many business days ago, which premises (none: somebody outside), subject, words
    (6, 0, "New clones", "Our 15 days are over. We want to add clones of a new strain. How do we do that?"),
    (2, 1, "Our new label", "We have a new label for our jars. Can you look at it before we order 10,000?"),
    (1, 0, "Your next visit", "We are remodeling. Which day do you come next?"),
    (1, None, "Smell near my house", "There is a strong smell from a building on our street. What can I do?"),
)
ANSWER = (
    "You can ask us to open your window again.\n\nGo to your windows and choose your license. "
    "Tell us what you want to add and why."
)
STRANGER = "Teresa Montoya"


def tell(world: World, calendar: Calendar, rng: Random, *, at: datetime) -> None:
    """Ask each question at its time; the first is answered the next day, the second is taken."""
    for n, (days, place, subject, text) in enumerate(ASKED):
        when = _at(calendar, rng, at, days)
        asker, by = _asker(world, place)
        question = ask_question(asker, subject=subject, text=text, by=by, at=when)
        officer = world.officer_of(world.premises[place or 0])
        if n < 2:
            question = take_question(question, by=officer, at=_at(calendar, rng, at, days - 1))
        if n == 0:
            answer_question(question, ANSWER, by=officer, at=_at(calendar, rng, at, days - 2))


def _asker(world: World, place: int | None) -> tuple[Asker, User]:
    if place is None:
        return Asker(STRANGER, address_of(STRANGER)), User.objects.clockwork()
    licensee = world.premises[place].licensee
    owner = world.owners[licensee.pk]
    return Asker(owner.name, owner.email, owner, licensee), owner


def _at(calendar: Calendar, rng: Random, at: datetime, days: int) -> datetime:
    """Some minute in the office hours of so many business days ago."""
    day = local_day(at)
    for _ in range(days):
        day = calendar.previous_business_day(day)
    return office_hour(rng, day)
