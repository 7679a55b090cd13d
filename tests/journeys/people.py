"""The people of a journey. Each sits at a browser without scripts and presses what the pages offer; nothing else."""

from collections.abc import Callable, Mapping
from datetime import date
from io import BytesIO

from playwright.sync_api import Page
from pypdf import PdfReader

from accounts.models import User

PASSWORD = "correct horse battery"  # as tests.factories gives it


class Person:
    """Somebody who signs in with address and password."""

    def __init__(self, user: User, open_page: Callable[[], Page]) -> None:
        self.user, self.page = user, open_page()

    def signs_in(self) -> None:
        """From whatever was there before, as on a new morning."""
        self.page.context.clear_cookies()
        self.page.goto("/")
        self.page.get_by_label("Email").fill(self.user.email)
        self.page.locator("[name=password]").fill(PASSWORD)
        self.presses("Sign in")

    def presses(self, words: str) -> None:
        """A button or a link by its words; the page that follows has to be well."""
        button = self.page.get_by_role("button", name=words, exact=True)
        link = self.page.get_by_role("link", name=words, exact=True)
        with self.page.expect_navigation():
            button.or_(link).first.click()
        self.looks()

    def goes_to(self, address: str) -> None:
        self.page.goto(address)
        self.looks()

    def looks(self) -> None:
        assert self.page.locator("h1").count() == 1, self.page.content()[:500]
        assert not self.page.title().startswith("Error"), self.page.locator(".errsum").all_inner_texts()

    def reads(self, *words: str) -> None:
        """All of these stand on the page."""
        text = " ".join(self.page.locator("body").inner_text().split())
        missing = [it for it in words if it not in text]
        assert not missing, f"{missing} not in: {text}"

    def reads_nothing_of(self, words: str) -> None:
        assert words not in self.page.locator("body").inner_text()

    def writes(self, **fields: str) -> None:
        for name, value in fields.items():
            self.page.locator(f"[name={name.replace('__', '-')}]").fill(value)

    def writes_day(self, name: str, day: date) -> None:
        for part, value in zip("012", (day.month, day.day, day.year), strict=True):
            self.page.locator(f"[name={name}_{part}]").or_(self.page.locator(f"#id_{name}_{part}")).first.fill(
                str(value)
            )

    def chooses(self, name: str, value: str) -> None:
        button = self.page.locator(f"[name={name}][value='{value}']").get_attribute("id")
        self.page.locator(f"label[for={button}]").click()

    def downloads(self, address: str) -> str:
        """The text of a PDF."""
        answer = self.page.request.get(address)
        assert answer.ok and answer.headers["content-type"] == "application/pdf"
        return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(answer.body())).pages).split())


class Officer(Person):
    """Visits, writes the notice, reads what comes, closes."""

    def starts_a_visit(self, number: str) -> None:
        self.goes_to(f"/premises/{number}/")
        self.presses("Start an inspection")
        self.chooses("kind", "routine")
        self.writes(present="Tomás Lucero, owner")
        self.presses("Start the visit")

    def records(self, title: str, seen: str, photo: bytes | None = None) -> None:
        self.page.locator("#rules a", has_text=title).click()
        self.writes(seen=seen)
        if photo:
            self.page.set_input_files("[name=photos]", {"name": "IMG_1.jpg", "mimeType": "image/jpeg", "buffer": photo})
        self.presses("Record the violation")

    def ends_the_visit(self) -> None:
        self.presses("Finish the visit")
        self.writes(reviewed_with="Tomás Lucero")
        self.presses("Finish the visit")

    def opens_the_case(self, number: str) -> None:
        self.goes_to("/work/")
        self.goes_to(f"/cases/{number}/")

    def sends_the_notice(self, words: str) -> None:
        """From the case: draft, preview, send, once more sure."""
        self.presses("Open the draft")
        self.writes(v1__words=words)
        self.presses("Preview the notice")
        self.reads(words)
        self.presses("Send the notice")
        self.presses("Send notice")

    def reviews(self, what: str, verdicts: Mapping[int, str]) -> None:
        """Accepts where the verdict is empty, else sends back with these words."""
        self.presses(what)
        for number, missing in verdicts.items():
            self.chooses(f"v{number}-decision", "returned" if missing else "accepted")
            self.page.locator(f"[name=v{number}-remark]").fill(missing)
        self.presses("Finish the review")

    def closes(self) -> None:
        self.presses("Close the case")
        self.presses("Send close-out letter")


class Supervisor(Person):
    """Decides what goes off the friendly path."""

    def refers(self, number: str, reason: str) -> None:
        self.goes_to(f"/cases/{number}/refer/")
        self.writes(reason=reason)
        self.presses("Refer the case")
        if self.page.get_by_role("button", name="Refer the case", exact=True).count():
            self.presses("Refer the case")

    def imposes(self, number: str, amounts: Mapping[int, int], reason: str) -> None:
        self.goes_to(f"/cases/{number}/outcome/")
        self.presses("Impose a penalty")
        for violation, dollars in amounts.items():
            self.page.locator(f"[name=v{violation}-amount]").fill(f"{dollars:,}")
        self.writes(reason=reason)
        self.presses("Check the letter")
        self.presses("Impose the penalty")


class Licensee(Person):
    """Reads the notice, plans, proves."""

    def opens_the_notice(self, key: str) -> None:
        self.goes_to("/notices/")
        self.goes_to(f"/notices/{key}/")

    def keeps_the_letter(self, subject: str) -> str:
        """The text of the PDF that the page of the notice offers."""
        paper = self.page.get_by_role("link", name=f"PDF of {subject}").first.get_attribute("href")
        assert paper
        return self.downloads(paper)

    def begins_the_plan(self) -> None:
        """Our mail server knows already that they have the notice, or they say so first."""
        said = self.page.get_by_role("button", name="I got this notice. Start my plan", exact=True).count()
        self.presses("I got this notice. Start my plan" if said else "Start your plan")

    def answers(self, number: int, how: str, who: str, by: date) -> None:
        if not self.page.locator(f"#id_v{number}-how").is_visible():
            self.page.locator(f"#part-{number} > summary").click()
        self.page.locator(f"#id_v{number}-how").fill(how)
        self.page.locator(f"#id_v{number}-who").fill(who)
        for part, value in zip("012", (by.month, by.day, by.year), strict=True):
            self.page.locator(f"#id_v{number}-by_on_{part}").fill(str(value))

    def sends_the_plan(self) -> None:
        self.presses("Check your answers and send")
        self.presses("Send your plan")
        self.reads("We got your plan")

    def adds_proof(self, key: str, number: int, name: str, data: bytes, note: str) -> None:
        self.goes_to(f"/notices/{key}/proof/{number}/")
        kind = "application/pdf" if name.endswith(".pdf") else "image/jpeg"
        self.page.set_input_files("#files", {"name": name, "mimeType": kind, "buffer": data})
        self.writes(note=note)
        self.presses("Save and go to send")

    def sends_the_proof(self) -> None:
        self.presses("Send your proof")
        self.reads("We got your proof")
