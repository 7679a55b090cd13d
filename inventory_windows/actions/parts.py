"""What the actions share: rights, the lock on a license, numbers, papers and questions."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from accounts.models import User
from accounts.permissions import Thing, allows
from casefile import documents
from casefile.actions import Refused, locked
from casefile.calendar import local_day
from casefile.models import CaseFile
from inventory_windows import rules
from inventory_windows.models import OfLicense, Paper, Question, RequestSeries
from licensing.models import License

WINDOWS, CORRECTIONS = "W", "B"
TAKES_PAPERS = ("draft", "documents_asked", "asked")


def demand(user: User, right: str, thing: Thing | None = None) -> None:
    """Raise PermissionDenied unless the table of rights gives `user` the `right`."""
    if not allows(user, f"inventory_windows.{right}", thing):
        raise PermissionDenied(f"{user} may not {right}")


def hold(license: License) -> License:
    """The license, of which nobody else can open or ask for a window meanwhile. Taken before its cases."""
    return License.objects.select_for_update(no_key=True, of=("self",)).select_related("licensee").get(pk=license.pk)


def number_of(prefix: str, at: datetime) -> str:
    """The next number of its series, such as W26-0012."""
    return RequestSeries.take(prefix, local_day(at).year)


def new_file(at: datetime) -> CaseFile:
    """An empty folder."""
    return CaseFile.objects.create(opened_at=at)


def ask(case: OfLicense, text: str, *, by: User, at: datetime) -> Question:
    """Put a question on record; one is open at a time. Raises Refused."""
    if reasons := rules.reasons_not_to_ask(text):
        raise Refused(reasons)
    if case.file.questions.filter(answered_at=None).exists():
        raise Refused(["We have asked already and wait for the answer."])
    return Question.objects.create(file=case.file, text=text.strip(), asked_at=at, asked_by=by)


def answer(case: OfLicense, text: str, *, by: User, at: datetime) -> int:
    """Answer the open question with words and the papers that were added; says how many papers. Raises Refused."""
    question = case.file.questions.filter(answered_at=None).first()
    if question is None:
        raise Refused(["Nothing is asked of you now."])
    papers = case.file.papers.filter(sent_at=None)
    if not papers.exists() and not text.strip():
        raise Refused(["Add a photo or a paper, or tell us why there is none."])
    sent = papers.update(sent_at=at, question=question)
    question.answer, question.answered_at, question.answered_by = text.strip(), at, by
    question.save(update_fields=["answer", "answered_at", "answered_by"])
    return sent


def close_question(case: OfLicense, *, at: datetime) -> None:
    """What was asked is not asked any longer, since the request is decided or taken back."""
    case.file.questions.filter(answered_at=None).update(answered_at=at)


def add_paper(case: OfLicense, upload: UploadedFile, *, right: str, by: User, at: datetime) -> Paper:
    """Take in one file of the licensee; it is kept, and sent with the request or the answer.

    The same file again is the same file. The bytes are judged before the case is locked, for that takes time.
    Raises NotTaken with words for the sender.
    """
    demand(by, right, case)
    _demand_open(case)
    stored = documents.keep(upload)
    with transaction.atomic():
        case = locked(case)
        _demand_open(case)
        same = case.file.papers.filter(sent_at=None, document__sha256=stored.sha256).first()
        if same is not None:
            documents.drop(stored)
            return same
        return Paper.objects.create(file=case.file, document=documents.record(stored, case, by=by, at=at))


@transaction.atomic
def remove_paper(case: OfLicense, key: str, *, right: str, by: User) -> None:
    """Take a file out again before it is sent; the bytes stay on the folder."""
    demand(by, right, case)
    case = locked(case)
    _demand_open(case)
    case.file.papers.filter(sent_at=None, document__key=key).delete()


def _demand_open(case: OfLicense) -> None:
    if case.state not in TAKES_PAPERS:
        raise Refused(["Papers can not be added now."])
