"""The pages of a letter and of the mailbox, as a browser with axe sees them, wide and on a phone."""

import pytest
import time_machine
from django.urls import reverse

from casefile import notices
from casefile.models import Delivery, Notice
from config.addresses import MailServer
from inspections import letters
from tests.casefile.test_mail import keep
from tests.inspections import stories
from tests.inspections.stories import on

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def addresses(settings, tmp_path, dana, place, tomas, holidays, monkeypatch) -> dict[str, list[str]]:
    """By who reads it, every page there is of one letter that nobody knows about, and of one mail."""
    from casefile.mailbox import Mailbox

    monkeypatch.setattr(notices, "as_pdf", lambda page: b"%PDF-1.7")
    settings.MAIL = MailServer("mailbox", final=True, sender="CCD <no-reply@ccd.example>", folder=tmp_path)
    name = keep(Mailbox(tmp_path), 0)
    with time_machine.travel(on("11-18 12:00")):
        stories.received(dana, place)
    row = Delivery.objects.select_related("notice").get()
    Delivery.objects.filter(pk=row.pk).update(state=Delivery.State.UNKNOWN, next_at=None)
    letter = reverse("casefile:letter", args=[row.notice.key])
    settle = reverse("casefile:settle_delivery", args=[row.notice.key, row.pk])
    mail = [reverse("casefile:mail"), reverse("casefile:mail_message", args=[name])]
    return {"dana": [letter, settle, *mail], "tomas": [letter]}


def test_nothing_is_wrong_with_any(faults, addresses, dana, tomas) -> None:
    found = [it for user, who in ((dana, "dana"), (tomas, "tomas")) for it in addresses[who] for it in faults(user, it)]
    assert found == []


def test_a_lost_copy_is_settled_without_javascript(signed_in, addresses, dana) -> None:
    page = signed_in(dana, width=390, javascript=False)
    page.goto(addresses["dana"][0])
    page.get_by_role("link", name="Say what became of it").click()
    page.get_by_text("It did not arrive").click()
    page.get_by_label("How do you know?").fill("The owner never saw it.")
    page.get_by_role("button", name="Put it on record").click()
    page.get_by_text("It is on record what became of the letter.").wait_for()
    nolv = Notice.objects.get(letter=letters.NOLV.key)
    assert nolv.deliveries.get().state == Delivery.State.BOUNCED
