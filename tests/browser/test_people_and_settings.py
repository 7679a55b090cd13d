"""Sign-in, one's own page, people, contacts, settings and the admin, as axe, a phone and the browser's policy see them."""

import pytest
from playwright.sync_api import expect

from accounts.models import Invitation, Role
from casefile.models import Deadline
from tests import factories

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]  # drives Chromium


@pytest.fixture
def admin(transactional_db):
    return factories.user(Role.ADMINISTRATOR, name="Ines Chavez")


class TestPages:
    def test_a_licensees_people_and_contacts(self, faults, tomas, place):
        firm = place.licensee
        ana = factories.representative(firm, "manager", name="Ana Baca").represents.get()
        contact = firm.contacts.get()
        pages = ["people/", "people/add/", f"people/{ana.pk}/", f"people/{ana.pk}/remove/"]
        pages += ["contacts/", "contacts/add/", f"contacts/{contact.pk}/", f"contacts/{contact.pk}/remove/"]
        for page in pages:
            assert faults(tomas, f"/licensees/{firm.key}/{page}") == []
        assert faults(tomas, "/profile/") == []
        assert faults(tomas, "/password/") == []

    def test_settings(self, faults, admin, dana, holidays):
        pages = ["holidays/", "holidays/add/", "holidays/2026-11-26/", "holidays/2026-11-26/remove/"]
        pages += ["policies/", "policies/receipt_kinds/"]
        pages += ["people/", "people/add/", f"people/{dana.pk}/", f"people/{dana.pk}/let-go/"]
        for page in pages:
            assert faults(admin, f"/settings/{page}") == []
        assert faults(admin, "/profile/") == []

    def test_an_invitation(self, faults, admin, dana):
        now = factories.MORNING.now(factories.DENVER)
        _, key = Invitation.objects.issue(dana, by=admin, at=now)
        assert faults(dana, f"/invitation/{key}/") == []
        page = faults(dana, "/invitation/nothing/")
        assert page == ["/invitation/nothing/ answers 410"]


class TestJourneys:
    def test_an_owner_invites_and_the_person_comes_in_without_script(self, signed_in, browser, site, tomas, place):
        from casefile.models import Notice

        page = signed_in(tomas, width=390, javascript=False)
        page.goto(f"/licensees/{place.licensee.key}/people/")
        page.get_by_role("link", name="Add a person").click()
        page.get_by_label("Name").fill("Ana Baca")
        page.get_by_label("Email").fill("ana@example.test")
        page.get_by_text("Can read only").click()
        page.get_by_role("button", name="Add this person").click()
        expect(page.get_by_text("The person is added")).to_be_visible()
        link = next(word for word in Notice.objects.get().text.split() if "/invitation/" in word)
        visitor = browser.new_context(java_script_enabled=False).new_page()
        visitor.goto(site + link[link.index("/invitation/") :])
        visitor.get_by_label("New password", exact=True).fill("purple tractor window seven")
        visitor.get_by_label("New password again").fill("purple tractor window seven")
        visitor.get_by_role("button", name="Save the password and sign in").click()
        visitor.goto(f"{site}/licensees/{place.licensee.key}/people/")
        expect(visitor.get_by_role("heading", name="Who can act for")).to_be_visible()
        visitor.context.close()

    def test_a_holiday_is_added_in_two_looks_without_script(self, signed_in, admin, dana, holidays):
        case = factories.with_findings(dana)
        row = case.file.deadlines.get()
        page = signed_in(admin, width=390, javascript=False)
        page.goto("/settings/holidays/add/")
        for part, value in (("Month", row.due_on.month), ("Day", row.due_on.day), ("Year", row.due_on.year)):
            page.get_by_role("textbox", name=part, exact=True).fill(str(value))
        page.get_by_label("Name").fill("Day of mourning")
        page.get_by_label("Source").fill("Executive order")
        page.get_by_role("button", name="See what would move").click()
        expect(page.get_by_text("1 running deadline will end later")).to_be_visible()
        page.get_by_role("button", name="Change the table").click()
        expect(page.get_by_text("1 deadline moved")).to_be_visible()
        assert Deadline.objects.running().get().due_on > row.due_on


class TestAdmin:
    def test_its_pages_keep_our_policy_for_browsers(self, signed_in, admin, dana):
        case = factories.with_findings(dana)
        page = signed_in(admin)
        said: list[str] = []
        page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
        for address in ("", "inspections/inspection/", f"inspections/inspection/{case.pk}/change/"):
            assert page.goto(f"/admin/{address}").status == 200
        assert said == []
