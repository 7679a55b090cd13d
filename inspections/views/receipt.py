"""That the notice was received, or that it came back: what is on record, and what a person can do."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpResponse
from django.utils import timezone

from casefile.calendar import short_day
from casefile.models import Delivery
from inspections.actions import notice
from inspections.forms.notice import ReceiptForm, RedirectForm
from inspections.models import Inspection, Receipt
from inspections.queries.notice import Earlier, earlier_dates
from inspections.stages import AFTER_NOTICE, State
from inspections.views.act_page import LastLook
from inspections.views.notice import contacts_of
from inspections.views.rows import case_url

TONES = {
    Delivery.State.ACCEPTED: "green",
    Delivery.State.ACKNOWLEDGED: "green",
    Delivery.State.BOUNCED: "red",
    Delivery.State.UNKNOWN: "amber",
    Delivery.State.HELD: "amber",
}


def reasons_not_served(case: Inspection) -> list[str]:
    """Why nothing can be written down about the receipt of a notice."""
    if case.nolv_served_at is None or case.state not in (*AFTER_NOTICE, State.DISCIPLINE):
        return ["There is no notice out. Nothing can be received."]
    return []


def receipt_rows(receipts: Sequence[Receipt], case: Inspection) -> list[dict[str, Any]]:
    """Each receipt on record; the clocks run from one of them."""
    return [{"receipt": row, "runs": row.counts and row.received_at == case.received_at} for row in receipts]


class RecordReceipt(LastLook):
    """Write down how and when the licensee received the notice."""

    rights = "inspections.record_receipt"
    template_name = "inspections/receipt_record.html"
    form_class = ReceiptForm
    title = "Record the receipt"
    lead = "Both clocks of the licensee run from the earliest receipt that counts and has its proof."
    button = "Record the receipt"
    earlier: Sequence[Earlier] = ()

    def get_refusals(self) -> list[str]:
        return reasons_not_served(self.case)

    def form_valid(self, form: ReceiptForm) -> HttpResponse:  # type: ignore[override]
        """A receipt that would move dates earlier comes back with the question whether it shall."""
        received_at = form.cleaned_data["received_at"]
        known = self.case.received_at
        if known is not None and received_at < known:
            self.earlier = earlier_dates(self.case, received_at)
        if self.earlier and not form.cleaned_data["dates"]:
            form.ask_dates(True)
            form.add_error("dates", "Both dates would move earlier. Choose yes or no.")
            return self.form_invalid(form)
        return super().form_valid(form)

    def perform(self, form: ReceiptForm, **common: Any) -> None:  # type: ignore[override]
        said = form.cleaned_data
        receipt = notice.record_receipt(
            self.case, kind=said["kind"], received_at=said["received_at"], proof=said["proof"], dates=said["dates"],
            **common,
        )  # fmt: skip
        self.done = "Receipt recorded." if receipt.counts else "Receipt recorded. This way does not start the clocks."

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        last = self.case.last_nolv()
        receipts = list(self.case.receipts.filter(notice=last).select_related("recorded_by")) if last else []
        moves = [f"{it.label}: from {short_day(it.was)} to {short_day(it.now)}" for it in self.earlier]
        return super().get_context_data(**kwargs) | {
            "receipts": receipt_rows(receipts, self.case),
            "moves": moves,
            "served_at": self.case.nolv_served_at,
        }


class RedirectNotice(LastLook):
    """After a copy came back: send the notice to a second contact, print it, or call."""

    rights = "inspections.redirect_nolv"
    template_name = "inspections/notice_redirect.html"
    form_class = RedirectForm
    title = "Reach the licensee another way"
    button = "Send to this person"

    def get_refusals(self) -> list[str]:
        reasons = reasons_not_served(self.case)
        opens = self.case.open_to_licensee_at
        if not reasons and opens is not None and timezone.now() < opens:
            reasons = ["The notice is still held. Stop it to change who gets it, or wait until it is sent."]
        return reasons

    def perform(self, form: RedirectForm, **common: Any) -> None:  # type: ignore[override]
        delivery = notice.redirect_nolv(self.case, **form.cleaned_data, **common)
        self.done = f"The same notice goes to {delivery.email}."

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        last = self.case.last_nolv()
        copies = list(last.deliveries.all()) if last else []
        people = contacts_of(self.case)
        everyone = [*people["recipients"], *people["others"]]
        written_to = {copy.email.lower() for copy in copies}
        return super().get_context_data(**kwargs) | people | {
            "copies": [{"copy": copy, "tone": TONES.get(Delivery.State(copy.state), "")} for copy in copies],
            "bounced": any(copy.state == Delivery.State.BOUNCED for copy in copies) and self.case.received_at is None,
            "unwritten": [person for person in everyone if person.email.lower() not in written_to],
            "callable": [person for person in everyone if person.phone],
            "letter": last,
            "receipt_url": case_url("receipt_record", self.case) if self.may("inspections.record_receipt") else "",
        }  # fmt: skip
