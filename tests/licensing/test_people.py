"""Who may act for a licensee: an owner invites and removes; one owner always remains; removal ends sessions at once."""

from threading import Barrier, Thread

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection

from accounts.models import Invitation, User
from casefile.actions import Refused
from casefile.models import Notice
from licensing.actions import people
from licensing.models import Representative
from tests import factories

MORNING = factories.MORNING


def standing(licensee, user) -> str:
    return licensee.standing_of(user)


def row(licensee, user) -> Representative:
    return licensee.representatives.get(user=user, removed_at=None)


@pytest.fixture
def firm(place):
    return place.licensee


class TestInvite:
    def test_somebody_new_gets_a_link_and_can_act_once_in(self, client, firm, tomas):
        page = client.get(f"/licensees/{firm.key}/people/")
        assert page.status_code == 302  # not signed in
        client.force_login(tomas)
        reply = client.post(
            f"/licensees/{firm.key}/people/add/",
            {"name": "Ana Baca", "email": "Ana@Example.test", "standing": "manager"},
        )
        assert reply.status_code == 302
        ana = User.objects.get(email="ana@example.test")
        assert standing(firm, ana) == "manager" and not ana.has_usable_password()
        letter = Notice.objects.get(letter="casefile.invitation")
        assert [copy.email for copy in letter.deliveries.all()] == ["ana@example.test"]
        assert firm.name in letter.text and "/invitation/" in letter.text

    def test_somebody_known_is_added_and_told(self, firm, tomas, stranger):
        people.invite_person(firm, name="?", email=stranger.email, standing="viewer", by=tomas, at=MORNING)
        assert standing(firm, stranger) == "viewer"
        assert Notice.objects.get().letter == "licensing.person_added"
        assert stranger.name != "?" and not Invitation.objects.exists()

    def test_staff_and_deactivated_addresses_are_refused_in_the_same_words(self, firm, tomas, dana, stranger):
        stranger.deactivate()
        words = set()
        for email in (dana.email, stranger.email):
            with pytest.raises(Refused) as refused:
                people.invite_person(firm, name="X", email=email, standing="viewer", by=tomas, at=MORNING)
            words |= set(refused.value.reasons)
        assert len(words) == 1

    def test_nobody_is_twice_on_the_list(self, firm, tomas):
        with pytest.raises(Refused):
            people.invite_person(firm, name="X", email=tomas.email, standing="viewer", by=tomas, at=MORNING)

    def test_the_same_form_sent_twice_acts_once(self, client, firm, tomas):
        client.force_login(tomas)
        form = {"name": "Ana", "email": "ana@example.test", "standing": "viewer", "once": "a-key"}
        replies = [client.post(f"/licensees/{firm.key}/people/add/", form) for _ in range(2)]
        assert [reply.status_code for reply in replies] == [302, 302]
        assert Invitation.objects.count() == Notice.objects.count() == 1

    @pytest.mark.parametrize("who", ["manager", "viewer"])
    def test_only_an_owner_or_the_office_may(self, firm, tomas, dana, marco, who):
        other = factories.representative(firm, who)
        for by in (other, dana):
            with pytest.raises(PermissionDenied):
                people.invite_person(firm, name="X", email="x@example.test", standing="owner", by=by, at=MORNING)
        people.invite_person(firm, name="X", email="x@example.test", standing="owner", by=marco, at=MORNING)


class TestRemove:
    def test_sessions_end_at_once_and_nothing_is_seen_any_more(self, client, firm, tomas):
        ana = factories.representative(firm, "manager")
        theirs = type(client)()
        theirs.force_login(ana)
        assert theirs.get(f"/licensees/{firm.key}/people/").status_code == 200
        client.force_login(tomas)
        reply = client.post(f"/licensees/{firm.key}/people/{row(firm, ana).pk}/remove/")
        assert reply.status_code == 302
        assert theirs.get(f"/licensees/{firm.key}/people/")["Location"].startswith("/sign-in/")
        theirs.force_login(User.objects.get(pk=ana.pk))
        assert theirs.get(f"/licensees/{firm.key}/people/").status_code == 404

    def test_the_record_says_who_removed_whom_and_when(self, firm, tomas):
        ana = factories.representative(firm, "manager")
        people.remove_person(row(firm, ana), by=tomas, at=MORNING)
        gone = Representative.objects.get(user=ana)
        assert (gone.removed_by, gone.removed_at) == (tomas, MORNING)

    def test_the_last_owner_stays(self, client, firm, tomas):
        factories.representative(firm, "manager")
        client.force_login(tomas)
        page = client.post(f"/licensees/{firm.key}/people/{row(firm, tomas).pk}/remove/")
        assert "is the only owner" in page.content.decode()
        page = client.post(f"/licensees/{firm.key}/people/{row(firm, tomas).pk}/", {"standing": "viewer"})
        assert "is the only owner" in page.content.decode()
        assert standing(firm, tomas) == "owner"

    @pytest.mark.slow  # real threads
    @pytest.mark.django_db(transaction=True)
    def test_two_owners_who_remove_each_other_leave_one(self):
        firm = factories.licensee()
        pair = [factories.representative(firm), factories.representative(firm)]
        ready, outcomes = Barrier(2), []

        def remove(by, other):
            person = row(firm, other)
            ready.wait()
            try:
                people.remove_person(person, by=by, at=MORNING)
                outcomes.append("removed")
            except (Refused, PermissionDenied):
                outcomes.append("refused")
            finally:
                connection.close()

        threads = [Thread(target=remove, args=args) for args in (pair, pair[::-1])]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert sorted(outcomes) == ["refused", "removed"]
        assert firm.representatives.filter(removed_at=None, standing="owner").count() == 1


class TestStanding:
    def test_the_one_before_stays_on_record(self, firm, tomas):
        ana = factories.representative(firm, "viewer")
        people.change_standing(row(firm, ana), standing="owner", by=tomas, at=MORNING)
        assert standing(firm, ana) == "owner"
        assert list(firm.representatives.filter(user=ana).values_list("standing", flat=True)) == ["viewer", "owner"]

    def test_what_somebody_else_changed_meanwhile_is_refused(self, firm, tomas):
        ana = factories.representative(firm, "viewer")
        old = row(firm, ana)
        people.change_standing(old, standing="manager", by=tomas, at=MORNING)
        with pytest.raises(Refused):
            people.remove_person(old, by=tomas, at=MORNING)


class TestPages:
    def test_a_manager_reads_and_finds_no_way_to_change(self, client, firm, tomas):
        client.force_login(factories.representative(firm, "manager"))
        page = client.get(f"/licensees/{firm.key}/people/").content.decode()
        assert tomas.name in page and "Add a person" not in page
        assert client.get(f"/licensees/{firm.key}/people/add/").status_code == 404

    def test_people_of_another_licensee_are_not_reached_through_ours(self, client, firm, tomas, stranger):
        theirs = stranger.represents.get()
        client.force_login(tomas)
        assert client.get(f"/licensees/{theirs.licensee.key}/people/").status_code == 404
        assert client.get(f"/licensees/{firm.key}/people/{theirs.pk}/").status_code == 404

    def test_queries_do_not_grow_with_the_list(self, client, firm, tomas, django_assert_max_num_queries):
        for _ in range(15):
            factories.representative(firm, "viewer")
        client.force_login(tomas)
        with django_assert_max_num_queries(12):
            assert client.get(f"/licensees/{firm.key}/people/").status_code == 200
