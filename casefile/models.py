"""What is on record: the folder, its journal, its clocks, its letters and its papers."""

import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta

import pgtrigger
from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q
from django_fsm import ConcurrentTransitionMixin

from accounts.models import Role, User
from casefile.calendar import Calendar, Counted

LAST_SECOND = timedelta(seconds=1)  # a day ends at 23:59:59, and that second counts to its end
KEY_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"


def new_key() -> str:
    """A name for a web address that cannot be guessed: 16 of 31 signs, 79 bits."""
    return "".join(secrets.choice(KEY_ALPHABET) for _ in range(16))


class NumberSeries(models.Model):
    """The last public case number given in a year. Locked while one is taken, so there are no gaps."""

    year = models.PositiveSmallIntegerField(primary_key=True)
    last = models.PositiveIntegerField(default=0)

    @classmethod
    def take(cls, year: int) -> str:
        """The next number of `year`, as in 26-0187. Call inside a transaction."""
        cls.objects.get_or_create(year=year)
        series = cls.objects.select_for_update().get(year=year)
        series.last += 1
        series.save(update_fields=["last"])
        return f"{year % 100:02d}-{series.last:04d}"


class CaseFile(models.Model):
    """The folder on which everything about one case hangs.

    A folder has a `key` from its first minute. It gets its public `number` only when the visit begins, so that
    no gap in the numbers betrays a visit that is still planned.
    """

    key = models.CharField(max_length=16, unique=True, default=new_key, editable=False)
    number = models.CharField(max_length=12, unique=True, null=True, blank=True)
    opened_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True, blank=True, help_text="The earliest running deadline; kept by deadlines.")

    class Meta:
        indexes = [models.Index(F("due_at").asc(nulls_last=True), "id", name="casefile_by_due")]

    def __str__(self) -> str:
        return self.ref

    @property
    def ref(self) -> str:
        """What stands in the office's addresses: the number, or the key while there is none."""
        return self.number or self.key

    @property
    def case(self) -> "Case":
        """The one case that moves on this folder, whatever its kind."""
        kinds = [it for it in self._meta.related_objects if it.one_to_one and issubclass(it.related_model, Case)]
        names = {it.get_accessor_name() or "": it.is_cached(self) for it in kinds}
        found = self._first(name for name, is_cached in names.items() if is_cached)
        if found is None:
            found = CaseFile._base_manager.select_related(*names).get(pk=self.pk)._first(names)
        if found is None:
            raise LookupError(f"no case on folder {self.ref}")
        found.file = self
        return found

    def _first(self, names: Iterable[str]) -> "Case | None":
        return next((case for name in names if (case := getattr(self, name, None)) is not None), None)


class Recipient:
    """Someone a letter goes to."""

    def __init__(self, name: str, email: str, user: User | None = None) -> None:
        self.name, self.email, self.user = name, email, user


def in_office(to: str, officer: User | None = None) -> list[Recipient]:
    """The officer who has the case; the supervisors for a letter to them, and while nobody has the case."""
    if to == "officer" and officer is not None:
        return [Recipient(officer.name, officer.email, officer)]
    people = User.objects.filter(role=Role.SUPERVISOR, is_active=True)
    return [Recipient(person.name, person.email, person) for person in people]


class Case(ConcurrentTransitionMixin, models.Model):
    """Anything that moves through states. Only `casefile.actions.act` moves it."""

    file = models.OneToOneField(CaseFile, on_delete=models.PROTECT, related_name="%(class)s")
    version = models.PositiveIntegerField(default=1, help_text="Raised by every step; forms carry it.")

    related: tuple[str, ...] = ("file",)  # the rows that the rules and letters of every step ask for

    class Meta:
        abstract = True

    state: str

    def gather(self) -> None:
        """Load once what the rules, effects and letters of one step will ask again and again."""

    def release(self) -> None:
        """Forget what `gather` loaded, since rows of the case may change after the step."""
        self._prefetched_objects_cache: dict[str, object] = {}

    def is_assigned_to(self, user: User) -> bool:
        raise NotImplementedError

    def standing_of(self, user: User) -> str:
        """What `user` is to the licensee of this case: owner, manager, viewer, or nothing."""
        raise NotImplementedError

    def shows(self, document: "Document") -> bool:
        """Whether the licensee may open this paper of the folder."""
        raise NotImplementedError

    def recipients(self, to: str) -> Iterable[Recipient]:
        """The people whom a letter `to` ("licensee", "officer", "supervisors") reaches today."""
        raise NotImplementedError

    def get_state_display(self) -> str:
        raise NotImplementedError

    @property
    def letters_url(self) -> str:
        """Where the office finds all letters of this case."""
        raise NotImplementedError


class Event(models.Model):
    """One line of the journal. Written once, never changed."""

    file = models.ForeignKey(CaseFile, on_delete=models.PROTECT, related_name="events")
    step = models.CharField(max_length=60)
    title = models.CharField(max_length=160)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    was = models.CharField(max_length=40, blank=True)
    now = models.CharField(max_length=40, blank=True)
    reason = models.TextField(blank=True)
    facts = models.JSONField(default=dict, blank=True, encoder=DjangoJSONEncoder)
    shown = models.BooleanField(default=False, help_text="The licensee may read this line.")

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["file", "-at", "-id"], name="event_of_file")]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.title}, {self.at:%Y-%m-%d %H:%M}"


class HolidayQuerySet(models.QuerySet["Holiday"]):
    def calendar(self) -> Calendar:
        """The days that do not count, as the law's functions want them."""
        return Calendar(dict(self.values_list("date", "name")))


class Holiday(models.Model):
    """A day on which the state's offices are closed, with where we know it from."""

    date = models.DateField(unique=True)
    name = models.CharField(max_length=80)
    source = models.CharField(max_length=200)
    verified_by = models.CharField(max_length=120, blank=True)

    objects = HolidayQuerySet.as_manager()

    class Meta:
        ordering = ["date"]

    def __str__(self) -> str:
        return f"{self.name}, {self.date}"


class DeadlineQuerySet(models.QuerySet["Deadline"]):
    def running(self) -> "DeadlineQuerySet":
        return self.filter(ended_at=None)

    def overdue(self, at: datetime) -> "DeadlineQuerySet":
        return self.running().filter(due_at__lte=at - LAST_SECOND)

    def awake(self, at: datetime) -> "DeadlineQuerySet":
        """Running rows that want to be looked at by `at`."""
        return self.running().filter(next_at__lte=at)


class Deadline(models.Model):
    """A clock that was started: when it ends, how that was counted, and how it ended."""

    class End(models.TextChoices):
        MET = "met", "Met"
        LATE = "late", "Met late"
        CANCELLED = "cancelled", "Cancelled"
        EXTENDED = "extended", "Extended"
        SUPERSEDED = "superseded", "Counted again"

    file = models.ForeignKey(CaseFile, on_delete=models.PROTECT, related_name="deadlines")
    clock = models.CharField(max_length=60)
    started_at = models.DateTimeField()
    due_at = models.DateTimeField()
    due_on = models.DateField(null=True, blank=True, help_text="The local day at whose end it is due.")
    zone = models.CharField(max_length=40, default="America/Denver")
    counted = models.JSONField(help_text="The rule, the days skipped and rolled over, the version of the calendar.")
    next_at = models.DateTimeField(null=True, blank=True, help_text="When the sweep should look again.")
    told_at = models.DateTimeField(null=True, blank=True, help_text="When the overdue letter was written.")
    ended_at = models.DateTimeField(null=True, blank=True)
    end = models.CharField(max_length=12, choices=End.choices, blank=True)
    follows = models.OneToOneField("self", on_delete=models.PROTECT, null=True, blank=True, related_name="followed_by")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    reason = models.TextField(blank=True)

    objects = DeadlineQuerySet.as_manager()

    class Meta:
        ordering = ["due_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["file", "clock"], condition=Q(ended_at=None), name="deadline_one_running"),
            models.CheckConstraint(
                condition=Q(ended_at=None, end="") | (Q(ended_at__isnull=False) & ~Q(end="")),
                name="deadline_end_and_way",
            ),
        ]
        indexes = [
            models.Index(fields=["next_at", "id"], condition=Q(ended_at=None), name="deadline_awake"),
            models.Index(fields=["due_at", "id"], condition=Q(ended_at=None), name="deadline_running"),
        ]

    def __str__(self) -> str:
        return f"{self.clock} due {self.due_at:%Y-%m-%d %H:%M}"

    @property
    def is_running(self) -> bool:
        return self.ended_at is None

    @property
    def how_counted(self) -> Counted:
        return Counted.from_json(self.counted)

    def is_past(self, at: datetime) -> bool:
        """Whether `at` is too late; all of the last local day is in time, its last second to the full."""
        return at >= self.due_at + LAST_SECOND

    def is_overdue(self, at: datetime) -> bool:
        return self.is_running and self.is_past(at)


class NoticeManager(models.Manager["Notice"]):
    def get_queryset(self) -> models.QuerySet["Notice"]:
        """Without the papers, which weigh more than all words together; they are read when they are asked for."""
        return super().get_queryset().defer("pdf")


class Notice(models.Model):
    """A letter as it was written. Its words never change; what became of it stands in its deliveries."""

    key = models.CharField(max_length=16, unique=True, default=new_key, editable=False)
    file = models.ForeignKey(CaseFile, on_delete=models.PROTECT, null=True, blank=True, related_name="notices")
    letter = models.CharField(max_length=60)
    once = models.CharField(max_length=120, unique=True)
    subject = models.CharField(max_length=200)
    text = models.TextField()
    html = models.TextField()
    page = models.TextField(blank=True, help_text="The letter as a page of HTML from which its PDF is made.")
    sha256 = models.CharField(max_length=64)
    queued_at = models.DateTimeField()
    release_at = models.DateTimeField(help_text="Until then it can be stopped.")
    stopped_at = models.DateTimeField(null=True, blank=True)
    pdf = models.BinaryField(null=True, blank=True)
    pdf_sha256 = models.CharField(max_length=64, blank=True)

    objects = NoticeManager()

    class Meta:
        ordering = ["-queued_at", "-pk"]
        triggers = [
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(name="words_stand", exclude=["stopped_at", "pdf", "pdf_sha256"]),
            pgtrigger.Protect(
                name="pdf_stands",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__pdf__isnull=False) & (pgtrigger.Q(new__pdf__df=pgtrigger.F("old__pdf"))),
            ),
        ]

    def __str__(self) -> str:
        return self.subject


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    def with_letter(self) -> "DeliveryQuerySet":
        """With the words of the letter and its folder, without its paper."""
        return self.select_related("notice__file").defer("notice__pdf")

    def unsettled(self, at: datetime) -> "DeliveryQuerySet":
        """Deliveries that wait for the mail task by `at`: new, released, or left behind by a task that died."""
        waiting = Q(state__in=[Delivery.State.QUEUED, Delivery.State.HELD, Delivery.State.UNKNOWN])
        return self.filter(waiting, next_at__lte=at)


class Delivery(models.Model):
    """One letter on its way to one person, and what became of it."""

    class State(models.TextChoices):
        QUEUED = "queued", "Waiting to be sent"
        HELD = "held", "Held, can still be stopped"
        SENT = "sent", "Sent to the mail server"
        ACCEPTED = "accepted", "Accepted by the recipient's mail server"
        BOUNCED = "bounced", "Came back"
        UNKNOWN = "unknown", "Outcome not known"
        ACKNOWLEDGED = "acknowledged", "Acknowledged by the recipient"
        STOPPED = "stopped", "Stopped before it was sent"

    notice = models.ForeignKey(Notice, on_delete=models.PROTECT, related_name="deliveries")
    name = models.CharField(max_length=120)
    email = models.EmailField()
    state = models.CharField(max_length=12, choices=State.choices)
    message_id = models.CharField(max_length=160, unique=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField(null=True, blank=True, help_text="When the mail task should look at it.")
    answer = models.CharField(max_length=12, blank=True, help_text="What the mail server's answer makes of it.")
    sent_at = models.DateTimeField(null=True, blank=True, help_text="When the mail server answered.")
    settled_at = models.DateTimeField(null=True, blank=True)
    detail = models.TextField(blank=True, help_text="What the mail server said.")

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["notice", "email"], name="delivery_once_per_address")]
        indexes = [
            models.Index(
                fields=["next_at", "id"],
                condition=Q(state__in=["queued", "held", "unknown"]),
                name="delivery_unsettled",
            )
        ]

    def __str__(self) -> str:
        return f"{self.email}: {self.get_state_display()}"

    @property
    def is_in_doubt(self) -> bool:
        """Nobody knows whether it arrived, and no machine will find out; a person settles it."""
        return self.state == self.State.UNKNOWN and self.next_at is None


class Document(models.Model):
    """A paper or photo that was handed in: the bytes as they came, under a name of ours."""

    key = models.CharField(max_length=16, unique=True, default=new_key, editable=False)
    file = models.ForeignKey(CaseFile, on_delete=models.PROTECT, related_name="documents")
    name = models.CharField(max_length=255, help_text="The sender's name for it; never used as a path.")
    media_type = models.CharField(max_length=80)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    has_copy = models.BooleanField(default=False, help_text="A viewing copy without metadata was made.")
    received_at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return self.name

    @property
    def is_image(self) -> bool:
        return self.media_type.startswith("image/")

    def is_assigned_to(self, user: User) -> bool:
        return self.file.case.is_assigned_to(user)

    def standing_of(self, user: User) -> str:
        """What `user` is to the licensee, where the licensee may open this paper; else nothing."""
        case = self.file.case
        return case.standing_of(user) if case.shows(self) else ""


class Draft(models.Model):
    """What someone has typed and not sent, as it was typed. Shared by the people on the same side of a case."""

    file = models.ForeignKey(CaseFile, on_delete=models.CASCADE, related_name="drafts")
    name = models.CharField(max_length=60)
    typed = models.JSONField(default=dict)
    saved_at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["file", "name"], name="draft_one_per_name")]

    def __str__(self) -> str:
        return f"{self.name} of {self.file}"


class Submission(models.Model):
    """A form that was acted on, by the key it carried; the same form sent again gets the same reply."""

    key = models.CharField(max_length=64, unique=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    path = models.CharField(max_length=300)
    body_sha256 = models.CharField(max_length=64)
    reply = models.CharField(max_length=300, blank=True, help_text="Where the first sender was sent on to.")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.path} {self.key}"


class Policy(models.Model):
    """A value the law leaves open, as the Division has set it, from a day on."""

    name = models.CharField(max_length=60)
    since = models.DateField()
    value = models.JSONField()
    source = models.CharField(max_length=300)
    verified = models.BooleanField(default=False, help_text="Counsel has confirmed it.")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["name", "-since", "-pk"]
        verbose_name_plural = "policies"
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.name} from {self.since}"
