"""`./run manage plan_month`: makes, says, publishes, refuses in words."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from schedules.models import Plan
from tests.schedules import told_plans as told
from tests.schedules.told_plans import AT

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("holidays")]


@pytest.fixture(autouse=True)
def office(time_machine, dana, marco):
    time_machine.move_to(AT, tick=False)
    told.setup(dana)
    told.places(3)


def run(*words: str) -> str:
    said = StringIO()
    call_command("plan_month", *words, stdout=said)
    return said.getvalue()


def test_it_prints_what_the_plan_comes_to(capsys):
    said = run("--month", "2026-12", "--seed", "7")
    assert said.startswith("December 2026, plan 1, proposed, planned from 2026-12-01\n  3 visits, 3 of them routine")
    assert Plan.objects.get().seed == 7


def test_it_publishes_in_place_of_the_published_one_and_prints_json():
    run("--month", "2026-12", "--publish")
    answer = json.loads(run("--month", "2026-12", "--publish", "--json"))
    assert (answer["plan"], answer["state"], answer["visits"], answer["warnings"]) == ("2026-12-2", "published", 3, 0)
    assert Plan.objects.get(number=1).state == "replaced" and Plan.objects.get(number=2).base.number == 1
    assert "Firm" not in str(answer)


@pytest.mark.parametrize(
    ("words", "error"),
    [
        (["--month", "2026-10"], "This month is over"),
        (["--month", "2026-13"], "is not a month"),
        (["--month", "2026-12", "--by", "nobody@example.test"], "is not an active supervisor"),
    ],
)
def test_what_cannot_be_is_said_and_ends_with_2(words, error):
    with pytest.raises(CommandError, match=error) as refused:
        run(*words)
    assert refused.value.returncode in (1, 2) and not Plan.objects.exists()
