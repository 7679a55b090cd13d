"""What a case knows of itself."""

from datetime import timedelta

import pytest

from casefile.calendar import local_day
from inspections import clocks
from inspections.actions import notice
from inspections.models import Way
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("holidays")]


class TestTheDayOfProof:
    def test_after_a_notice_was_taken_back_is_that_of_the_next_one(self, dana, marco):
        case = factories.with_findings(dana, when=factories.at("2026-09-01 09:00"))
        first, second = factories.at("2026-09-01 15:00"), factories.at("2026-10-20 09:00")
        case = notice.serve_nolv(case, by=dana, at=first)
        received = first + timedelta(hours=1)
        notice.record_receipt(
            case, kind=Way.BY_HAND, received_at=received, proof="Tomás Lucero took it.", by=dana, at=received
        )
        case = notice.rescind_nolv(case, reason="The wrong room was named.", by=marco, at=second - timedelta(days=1))
        case = notice.serve_nolv(case, by=dana, at=second)
        assert local_day(second) < case.proof_by == case.expected(clocks.CORRECTIONS_DUE)
