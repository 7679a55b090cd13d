"""Letters on record: written once, whole, unchangeable; on paper when wanted; to each address once."""

from hashlib import sha256

import pytest
from django.db import DatabaseError, transaction

from casefile import notices, paper
from casefile.models import Delivery, Notice, Recipient
from inspections import letters
from inspections.models import Inspection
from licensing.models import Contact
from tests import factories
from tests.inspections import stories
from tests.inspections.stories import on

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(dana, place, holidays) -> Inspection:
    return stories.served(dana, place)


@pytest.fixture
def notice(case) -> Notice:
    return Notice.objects.get(letter=letters.NOLV.key)


class TestQueue:
    def test_writes_the_same_effect_once(self, case) -> None:
        first = notices.queue(letters.COMPLIANCE, case, once="visit:1", at=on("11-18 09:00"))
        again = notices.queue(letters.COMPLIANCE, case, once="visit:1", at=on("11-19 09:00"))
        assert first == again and again.deliveries.count() == 1

    def test_goes_to_each_address_once_and_only_to_who_receives_notices(self, case) -> None:
        holder = case.licensee
        Contact.objects.create(licensee=holder, name="Ana", email="ANA@example.test")
        Contact.objects.create(licensee=holder, name="Ana Lucero", email="ana@example.test")
        Contact.objects.create(licensee=holder, name="Lawyer", email="law@example.test", receives_notices=False)
        written = notices.queue(letters.REFERRAL, case, once="x", at=on("11-18 09:00"))
        assert sorted(row.email.lower() for row in written.deliveries.all()) == sorted(
            [holder.contacts.earliest("pk").email, "ana@example.test"]
        )

    def test_escapes_nothing_in_text_and_everything_in_html(self, dana, holidays) -> None:
        place = factories.premises(name="Tom & Ana's <b>Farm</b>")
        case = stories.served(dana, place)
        written = Notice.objects.get(file=case.file)
        assert "Tom & Ana's <b>Farm</b>" in written.text
        assert "Tom &amp; Ana&#x27;s &lt;b&gt;Farm" in written.html and "<b>Farm" not in written.page

    def test_fingerprint_covers_every_form(self, notice) -> None:
        said = "\0".join((notice.subject, notice.text, notice.html, notice.page))
        assert notice.sha256 == sha256(said.encode()).hexdigest()

    def test_message_ids_end_in_our_domain_and_never_repeat(self, case, settings) -> None:
        ids = [row.message_id for row in Delivery.objects.all()]
        assert len(ids) == len(set(ids)) and all(it.endswith(f"@{settings.MAIL.domain}>") for it in ids)


class TestOnRecord:
    @pytest.mark.parametrize("field", ["subject", "text", "html", "page", "sha256", "letter", "key"])
    def test_no_word_can_be_changed(self, notice, field) -> None:
        with pytest.raises(DatabaseError, match="Cannot update"), transaction.atomic():
            Notice.objects.filter(pk=notice.pk).update(**{field: "x"})

    def test_nothing_can_be_deleted(self, notice) -> None:
        with pytest.raises(DatabaseError, match="Cannot delete"), transaction.atomic():
            Notice.objects.filter(pk=notice.pk)._raw_delete("default")


class TestPaper:
    def test_is_made_with_the_letter_when_it_is_real(self, dana, place, holidays, settings) -> None:
        settings.PDF_AT_ONCE = True
        case = stories.served(dana, place)
        pdf, digest = Notice.objects.filter(file=case.file).values_list("pdf", "pdf_sha256").get()
        assert bytes(pdf).startswith(b"%PDF-") and sha256(pdf).hexdigest() == digest

    def test_is_made_when_first_wanted_and_then_stays(self, notice, monkeypatch) -> None:
        made = iter([b"%PDF-first", b"%PDF-second"])
        monkeypatch.setattr(notices, "as_pdf", lambda page: next(made))
        assert notices.pdf_of(notice) == notices.pdf_of(notice) == b"%PDF-first"
        with pytest.raises(DatabaseError), transaction.atomic():
            Notice.objects.filter(pk=notice.pk).update(pdf=b"%PDF-other")

    def test_is_not_there_for_a_letter_that_has_none(self, case) -> None:
        with pytest.raises(ValueError, match="mail alone"):
            notices.pdf_of(notices.queue(letters.REFERRAL, case, once="x", at=on("11-18 09:00")))

    def test_weighs_nothing_in_a_list(self, notice) -> None:
        assert "pdf" in Notice.objects.get(pk=notice.pk).get_deferred_fields()

    @pytest.mark.parametrize(
        "wanted", ["https://example.com/x.png", "file:///etc/hostname", "../../manage.py", "data:image/png;base64,AA=="]
    )
    def test_reads_nothing_that_is_not_ours(self, wanted) -> None:
        with pytest.raises(ValueError, match="fetch"):
            paper.as_pdf(f'<html lang="en"><title>x</title><body><img src="{wanted}" alt="x"></body></html>')


class TestPreview:
    def test_says_the_same_and_keeps_nothing(self, dana, place, holidays) -> None:
        case = stories.found(dana, place)
        case.nolv_served_at = stories.SERVED
        seen = notices.preview(letters.NOLV, case, at=stories.SERVED)
        assert not Notice.objects.exists() and not Delivery.objects.exists()
        stories.notice.serve_nolv(case, by=dana, at=stories.SERVED)
        kept = Notice.objects.get()
        assert (seen.subject, seen.text, seen.html, seen.page) == (kept.subject, kept.text, kept.html, kept.page)


class TestOneMorePerson:
    def test_gets_the_same_words_under_a_name_of_their_own(self, notice) -> None:
        added = notices.send_also_to(notice, Recipient("Ana", "ana@example.test"), at=on("11-18 09:00"))
        assert (added.notice, added.state) == (notice, Delivery.State.QUEUED)
        assert added.message_id != notice.deliveries.earliest("pk").message_id
