"""Who is written to: owner, manager and the office edit; notices always reach somebody."""

import pytest
from django.core.exceptions import PermissionDenied

from casefile.actions import Refused
from licensing.actions import contacts
from tests import factories

MORNING = factories.MORNING
FACTS = {"name": "Ana Baca", "title": "Counsel", "email": "Ana@Example.test", "phone": "", "receives_notices": True}


@pytest.fixture
def firm(place):
    return place.licensee


class TestSave:
    def test_who_and_when_are_kept(self, firm, tomas):
        saved = contacts.save_contact(firm, None, FACTS, by=tomas, at=MORNING)
        assert (saved.email, saved.changed_by, saved.changed_at) == ("ana@example.test", tomas, MORNING)

    def test_an_address_stands_once(self, firm, tomas):
        contacts.save_contact(firm, None, FACTS, by=tomas, at=MORNING)
        with pytest.raises(Refused):
            contacts.save_contact(firm, None, FACTS | {"email": "ANA@example.test"}, by=tomas, at=MORNING)

    def test_the_last_one_goes_on_receiving_notices(self, firm, tomas):
        only = firm.contacts.get()
        facts = {**FACTS, "email": only.email, "receives_notices": False}
        with pytest.raises(Refused):
            contacts.save_contact(firm, only, facts, by=tomas, at=MORNING)
        contacts.save_contact(firm, None, FACTS, by=tomas, at=MORNING)
        assert not contacts.save_contact(firm, only, facts, by=tomas, at=MORNING).receives_notices

    def test_a_viewer_and_a_stranger_may_not(self, firm, stranger):
        for by in (factories.representative(firm, "viewer"), stranger):
            with pytest.raises(PermissionDenied):
                contacts.save_contact(firm, None, FACTS, by=by, at=MORNING)


class TestRemove:
    def test_the_last_one_stays(self, firm, dana):
        with pytest.raises(Refused):
            contacts.remove_contact(firm.contacts.get(), by=dana)
        second = contacts.save_contact(firm, None, FACTS, by=dana, at=MORNING)
        contacts.remove_contact(second, by=dana)
        assert firm.contacts.count() == 1


class TestPages:
    def test_a_manager_changes_a_contact(self, client, firm):
        client.force_login(factories.representative(firm, "manager"))
        contact = firm.contacts.get()
        page = client.get(f"/licensees/{firm.key}/contacts/{contact.pk}/").content.decode()
        assert contact.email in page
        facts = {"name": "New Name", "email": contact.email, "receives_notices": "on"}
        assert client.post(f"/licensees/{firm.key}/contacts/{contact.pk}/", facts).status_code == 302
        assert firm.contacts.get().name == "New Name"

    def test_an_officer_changes_any(self, client, firm, dana):
        client.force_login(dana)
        reply = client.post(f"/licensees/{firm.key}/contacts/add/", {"name": "A", "email": "a@example.test"})
        assert reply.status_code == 302 and firm.contacts.count() == 2

    def test_a_refusal_keeps_the_words(self, client, firm, tomas):
        client.force_login(tomas)
        page = client.post(f"/licensees/{firm.key}/contacts/{firm.contacts.get().pk}/remove/").content.decode()
        assert "Notices have to reach somebody" in page
