"""The public page on plant limits: the numbers of the rule, and an answer to one's own."""

import re
from html import unescape

import pytest

from tests import factories
from tests.inspections.plain import grade, longest, words_in

pytestmark = pytest.mark.django_db


def shown(answer) -> str:
    main = re.search(r"<main.*?>(.*)</main>", answer.content.decode(), re.DOTALL)
    assert main
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", main[1])).split())


def asked(client, **numbers: object) -> str:
    facts = {"type": "producer", "authorized": "2,000"} | numbers
    return shown(client.get("/plant-limits/", {name: str(value) for name, value in facts.items()}))


def test_it_needs_no_sign_in_and_says_the_numbers_of_today(client, time_machine):
    time_machine.move_to(factories.MORNING, tick=False)
    page = shown(client.get("/plant-limits/"))
    for words in (
        "201 to 2,000",
        "12,001 to 16,000",
        "20,000",
        "200 mature plants",
        "November 17, 2026",
        "16.8.8.9(F)",
    ):
        assert words in page
    assert "verify" not in page and "NMSA 26-2C-6(E)" in page


def test_the_numbers_are_those_of_the_day(client, time_machine):
    time_machine.move_to(factories.at("2021-12-01 09:00"), tick=False)
    page = shown(client.get("/plant-limits/"))
    assert "201 to 1,000" in page and "10,000" in page and "20,000" not in page


@pytest.mark.parametrize(
    ("numbers", "said"),
    [
        ({}, "You may ask for up to 4,000 more plants now."),
        ({"asked": 500}, "You may ask for 500 more plants. You would then have 2,500 mature plants"),
        ({"asked": 700}, "Plants are added in steps of 500"),
        ({"asked": 700}, "The most you may ask for now is 4,000 plants."),
        ({"asked": 4_500}, "8 steps of 500"),
        ({"authorized": 16_200}, "You may ask for up to 3,500 more plants now."),
        ({"total": "16 200"}, "You may ask for up to 3,500 more plants now."),
        ({"authorized": 19_600}, "You can ask again when your licenses have fewer plants."),
        ({"asked": 500, "earlier": "on"}, "You may ask again when you renew, or in your next license year."),
        ({"asked": 500, "earlier": "on", "at_renewal": "on"}, "You may ask for 500 more plants."),
        ({"type": "producer_microbusiness", "authorized": 200}, "A microbusiness has at most 200 mature plants"),
        ({"type": "integrated_microbusiness"}, "Apply for a producer license."),
        ({"authorized": "many"}, "Enter a whole number, for example 2,000."),
        ({"authorized": "-1"}, "Enter a whole number, for example 2,000."),
    ],
)
def test_it_answers_from_the_rules(client, time_machine, numbers, said):
    time_machine.move_to(factories.MORNING, tick=False)
    assert said in asked(client, **numbers)


def test_what_was_typed_stays(client):
    page = client.get("/plant-limits/", {"type": "producer", "authorized": "2,000x"}).content.decode()
    assert 'value="2,000x"' in page and "<title>Error: " in page


def test_it_reads_easily(client):
    body = re.sub(r"<li data-cites>.*?</li>", "", client.get("/plant-limits/").content.decode())
    main = re.search(r"<main.*?>(.*)</main>", body, re.DOTALL)
    assert main
    lines = unescape(
        re.sub(
            r"<[^>]+>", "", re.sub(r"</?(?:p|li|h[1-6]|td|th|caption|label|legend|option|span)\b[^>]*>", "\n", main[1])
        )
    )
    assert grade(lines) <= 6
    assert len(words_in(longest(lines))) <= 20, longest(lines)
