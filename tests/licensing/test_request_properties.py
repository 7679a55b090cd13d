"""What no sequence of requests and decisions may lead to, tried through the real actions."""

from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from accounts.models import User
from casefile.actions import Refused
from licensing.actions import requests
from licensing.actions.requests import Asked
from licensing.models import License, PlantRequest
from licensing.queries.plants import licensee_total
from tests import factories
from tests.licensing import asked
from tests.licensing.asked import BEGUN, grower

CAP, STEP = 20_000, 500
COUNTS = st.sampled_from([4_000, 2_000, 500, 500, 250, 4_500])


class Growing(RuleBasedStateMachine):
    """Two licenses of one licensee; time passes, increases are asked for, granted in part, denied, taken back."""

    def __init__(self) -> None:
        super().__init__()
        self.atomic = transaction.atomic()
        self.atomic.__enter__()
        self.at = BEGUN
        self.officer: User = factories.user()
        licensee = factories.licensee()
        self.owner = factories.representative(licensee)
        self.licenses = [grower(licensee=licensee, mature_plants=n, level=k) for n, k in ((12_200, 4), (6_000, 2))]
        self.began = {it.pk: it.mature_plants for it in self.licenses}

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.atomic.__exit__(None, None, None)

    def license(self, n: int) -> License:
        return License.objects.select_related("licensee").get(pk=self.licenses[n].pk)

    @rule(
        n=st.integers(0, 1),
        plants=COUNTS,
        whole=st.booleans(),
        ends=st.sampled_from(["grant", "grant", "grant", "deny", "back"]),
    )
    def ask(self, n: int, plants: int, whole: bool, ends: str) -> None:
        """Ask, have it checked, and see it granted, denied or taken back; what the law refuses is left as it is."""
        case = requests.start_request(self.license(n), "increase", by=self.owner, at=self.at)
        try:
            typed = asked.pieces("increase")
            case = requests.submit_request(case, Asked(plants=plants, pieces=typed), by=self.owner, at=self.at)
        except Refused:
            return
        case = requests.take_request(case, by=self.officer, at=self.at)
        case = requests.find_complete(case, by=self.officer, at=self.at)
        if ends == "grant":
            self.grant(case, plants if whole else STEP)
        elif ends == "back":
            requests.withdraw_request(case, by=self.owner, at=self.at)
        else:
            requests.deny_request(case, "No.", by=self.officer, at=self.at)

    def grant(self, case: PlantRequest, granted: int) -> None:
        """Grant it; where the law refuses, nothing of it."""
        try:
            requests.approve_request(case, granted=granted, reasons="So.", by=self.officer, at=self.at)
        except Refused:
            requests.deny_request(case, "No.", by=self.officer, at=self.at)

    @rule(days=st.sampled_from([1, 40, 200]))
    def wait(self, days: int) -> None:
        self.at += timedelta(days=days)

    @rule(n=st.integers(0, 1))
    def renew(self, n: int) -> None:
        """The license runs on for a year from its last day."""
        license = self.license(n)
        if license.expires_on and license.expires_on - timedelta(days=90) <= self.at.date():
            license.expires_on += timedelta(days=365)
            license.save()

    @invariant()
    def never_above_the_cap(self) -> None:
        assert licensee_total(self.licenses[0].licensee) <= CAP

    @invariant()
    def only_whole_steps_and_eight_at_most(self) -> None:
        for license in License.objects.filter(pk__in=self.began):
            assert (license.mature_plants - self.began[license.pk]) % STEP == 0
        assert not PlantRequest.objects.filter(granted__gt=8 * STEP).exists()

    @invariant()
    def one_off_renewal_increase_in_a_license_year(self) -> None:
        granted = PlantRequest.objects.filter(state="approved", at_renewal=False)
        years = list(granted.values_list("license", "year_began_on"))
        assert len(years) == len(set(years))


@pytest.mark.slow
@pytest.mark.django_db
def test_no_sequence_passes_the_cap_or_grants_twice_a_year():
    """A few seconds: each example is a life of two licenses, undone at its end."""
    few = settings(max_examples=15, stateful_step_count=8, deadline=None, suppress_health_check=list(HealthCheck))
    run_state_machine_as_test(Growing, settings=few)
