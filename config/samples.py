"""One sample of every component, for the gallery and the tests. Names, people and findings are invented."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from django import forms
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from casefile.fields import FilesField, MemorableDateField, Sheet

DUE = datetime(2026, 11, 26, 6, 59, 59, tzinfo=UTC)
SENT = datetime(2026, 11, 17, 23, 12, tzinfo=UTC)
PHOTO = {
    "url": "#photo",
    "src": "/static/img/favicon.svg",
    "alt": "Photo 1: rows of plants",
    "caption": "Nov 9, 10:41 a.m.",
}
REASONS = ["Violation 2 is not verified as corrected.", "Violation 3 is not verified as corrected."]


@dataclass(frozen=True)
class Sample:
    """A component, what it takes, and the element it stands in."""

    name: str
    context: Mapping[str, object]
    around: str = field(default="{}", kw_only=True)

    def html(self) -> SafeString:
        """The component alone, as a page would show it."""
        return format_html(self.around, mark_safe(render_to_string(f"components/{self.name}.html", dict(self.context))))


class NoteForm(forms.Form):
    """One field of every kind that the form pack knows."""

    about = "Note"
    helper = Sheet(summary=False)

    text = forms.CharField(
        label="What did you see?",
        help_text="Facts, not opinions.",
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Say what you saw. One or two sentences is enough."},
    )
    who = forms.CharField(label="Who was there?", help_text="A name or a job title.", required=False)
    count = forms.IntegerField(
        label="How many plants?", min_value=0, error_messages={"min_value": "Enter 0 or more plants."}
    )
    kind = forms.ChoiceField(
        label="What kind of visit was it?", choices=[("routine", "Routine"), ("complaint", "Complaint")]
    )
    result = forms.ChoiceField(
        label="What came of it?",
        choices=[("met", "Meets the rule"), ("violation", "Violation")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what came of it."},
    )
    rooms = forms.MultipleChoiceField(
        label="Which rooms?",
        choices=[("vault", "Vault"), ("dry", "Drying room")],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose one or more rooms."},
    )
    finish = MemorableDateField(
        label="What day will you finish?",
        help_text="On or before December 18, 2026. For example: 12 4 2026",
        latest=date(2026, 12, 18),
    )
    proof = FilesField(
        label="Already fixed it? Add proof now", help_text="Photos or PDF. Up to 50 MB each.", required=False
    )
    sure = forms.BooleanField(
        label="I read this to the licensee", error_messages={"required": "Read it to the licensee, then tick the box."}
    )
    version = forms.IntegerField(widget=forms.HiddenInput, initial=3)


class FilterForm(forms.Form):
    """A short list of filters."""

    find = forms.CharField(label="Find in list", required=False)
    status = forms.ChoiceField(label="Status", choices=[("", "Any status")], required=False)


FORM_WITH_ERRORS = {
    "who": "T. Lucero",
    "count": "-1",
    "kind": "routine",
    "version": "3",
    "finish_month": "",
    "finish_day": "31",
    "finish_year": "2026",
}
EVENTS = [
    {
        "title": "Plan sent by licensee",
        "text": "4 of 4 violations answered",
        "at": SENT,
        "by": "R. Archuleta",
        "kind": "licensee",
    },
    {
        "title": "Reminder emailed",
        "text": "1 business day before the plan was due",
        "at": SENT,
        "by": "the system",
        "kind": "system",
    },
    {
        "title": "Notice sent",
        "url": "#letter",
        "link": "Letter (PDF, 3 pages)",
        "at": SENT,
        "by": "Dana Ortiz",
        "kind": "",
    },
]
MARKS = {15: "off", 18: "start", 19: "count", 20: "count", 21: "off", 22: "off", 23: "count", 24: "count", 25: "end"}
DAYS = [{"text": day, "mark": "head"} for day in "SMTWTFS"] + [
    {"text": str(day), "mark": MARKS.get(day, "off" if day > 25 else "")} for day in range(15, 29)
]
FACTS = [
    {"label": "What we found", "value": "2,118 mature plants counted. The license allows 2,000."},
    {"label": "Their plan", "value": "Move 130 plants out of flower and destroy 20. Count every Friday."},
    {"label": "Who and when", "value": "R. Archuleta, by Tue, Dec 1"},
]
STAGES = [
    {"label": label, "note": note, "state": state}
    for label, note, state in [
        ("Inspected", "Mon, Nov 9", "done"),
        ("Notice sent", "Tue, Nov 10", "done"),
        ("Plan received", "Tue, Nov 17, 1 day early", "done"),
        ("Plan review", "Now, due Fri, Nov 20", "now"),
        ("Proof of fix", "Due Thu, Dec 10", ""),
        ("Closed", "Not yet", ""),
    ]
]
ROWS = [
    {
        "text": "Rio Bravo Gardens",
        "url": "#rio",
        "sub": "Producer",
        "cells": [
            {"label": "Due", "text": "Overdue since Tue, Nov 17"},
            {"label": "Status", "text": "Plan overdue", "tone": "red"},
        ],
    },
    {
        "text": "High Mesa Organics",
        "url": "#high",
        "sub": "Microbusiness",
        "cells": [
            {"label": "Due", "text": "Wed, Nov 25", "sub": "4 business days left"},
            {"label": "Status", "text": "Waiting for plan", "tone": "blue"},
        ],
    },
]
NEXT = [
    {
        "who": "You do this now",
        "title": "Send your plan by Wednesday, November 25",
        "text": "It takes about 20 minutes.",
        "now": True,
    },
    {"who": "We do this", "title": "We read your plan", "text": "We email you within 3 business days.", "ours": True},
    {
        "who": "You do this",
        "title": "Fix all 3 and send photos or papers by Friday, December 18",
        "text": "One at a time is fine.",
    },
    {"who": "We do this", "title": "We close your case", "text": "We send you a close-out letter.", "ours": True},
]
STEPS = [
    {"label": "Send reminder", "url": "#remind", "reasons": []},
    {"label": "Close the case", "url": "#close", "reasons": REASONS},
]
FILE = {"name": "floor-plan-new.pdf", "url": "#file", "kind": "PDF", "size": "2.1 MB"}
LIST = '<ul class="files plain">{}</ul>'

SAMPLES = [
    Sample(
        "page_header",
        {
            "title": "Enchanted Acre Farm",
            "crumbs": [("My work", "#work"), ("Enchanted Acre Farm", "#farm"), ("Case 26-0179", "")],
            "tone": "violet",
            "status": "Plan to review",
            "lead": "",
            "facts": [("Case", "26-0179"), ("License", "CCD-2023-0412-001"), ("Officer", "Dana Ortiz")],
            "actions": [("Add a note", "#note"), ("Reassign", "#reassign")],
            "primary": ("Start an inspection", "#start"),
        },
    ),
    Sample("error_summary", {"forms": NoteForm(FORM_WITH_ERRORS)}),
    Sample(
        "act_fields",
        {
            "once": "b7f1",
            "version": 4,
            "stale": True,
            "meanwhile": [{"title": "Reminder emailed", "by": {"name": "Luis Maestas"}}],
        },
        around="<form>{}</form>",
    ),
    Sample("stage", {"title": "Where this case is", "stages": STAGES}),
    Sample(
        "tabs",
        {
            "label": "Case sections",
            "tabs": [
                {"label": "Overview", "url": "#", "current": True, "count": None},
                {"label": "Letters", "url": "#letters", "count": 2},
            ],
        },
    ),
    Sample(
        "next_step",
        {
            "kicker": "Your next step",
            "title": "Review the corrective action plan",
            "url": "#plan",
            "label": "Review plan (4)",
            "text": "The licensee sent a plan for all 4 violations. Accept each one, or say what is missing.",
            "tone": "soon",
            "words": "Due tomorrow, Fri, Nov 20",
            "note": "Team goal: 3 business days after the plan arrives",
        },
    ),
    Sample("status", {"tone": "amber", "text": "Notice in draft"}),
    Sample(
        "tile",
        {"number": 2, "label": "Overdue", "note": "Act today", "url": "#overdue", "tone": "red"},
        around='<nav class="tiles" aria-label="Work by urgency">{}</nav>',
    ),
    Sample("due", {"tone": "over", "words": "Overdue 2 business days", "note": "Plan was due Tue, Nov 17"}),
    Sample(
        "clock",
        {
            "label": "Corrective action plan",
            "words": "4 business days left",
            "tone": "later",
            "due": DUE,
            "days": DAYS,
            "how": "Notice received Wed, Nov 18. Weekends do not count. Day 5 is Wed, Nov 25.",
            "how_label": "How we counted 5 business days",
        },
        around='<div class="panel clock">{}</div>',
    ),
    Sample(
        "violation_card",
        {
            "number": 1,
            "title": "Too many mature plants",
            "citation": "16.8.8.9 NMAC, plant limits",
            "rule_url": "#rule",
            "tone": "violet",
            "state": "Plan to review",
            "rows": FACTS,
            "photos": [PHOTO],
            "steps": STEPS,
        },
    ),
    Sample("photos", {"photos": [PHOTO | {"alt": "Photo 2: labels", "caption": "Nov 9, 10:52 a.m."}]}),
    Sample("timeline", {"events": EVENTS}),
    Sample(
        "summary",
        {"rows": [*FACTS, {"label": "Contact", "value": "R. Archuleta", "url": "#contact", "link": "Change"}]},
    ),
    Sample("steps", {"steps": STEPS}),
    Sample("reasons", {"reasons": REASONS, "title": "Why this is not possible yet"}),
    Sample(
        "filters",
        {"label": "Filter the list", "form": FilterForm(), "clear_url": "#clear", "chips": [("Open", "#open")]},
        around='<div class="panel">{}</div>',
    ),
    Sample(
        "table",
        {
            "id": "sample-table",
            "caption": "2 cases, soonest due first.",
            "columns": ["Facility", "Due", "Status"],
            "rows": ROWS,
        },
    ),
    Sample("pagination", {"words": "Cases 1 to 25", "next_url": "#next", "previous_url": "#previous"}),
    Sample("progress", {"done": 2, "half": 1, "total": 4, "words": "2 of 4 fixed"}),
    Sample("document", FILE | {"note": "Sent Nov 24 by T. Lucero", "remove_url": "#remove"}, around=LIST),
    Sample(
        "notice",
        {
            "subject": "Notice of License Violation",
            "url": "#notice",
            "to": "rosa@example.com",
            "at": SENT,
            "tone": "green",
            "state": "Accepted",
        },
        around=LIST,
    ),
    Sample(
        "empty",
        {"text": "No overdue cases. The next one is due Monday, November 23.", "url": "#all", "link": "See all cases"},
    ),
    Sample(
        "alert", {"tone": "success", "title": "Notice sent", "text": "The plan will be due on Wednesday, November 25."}
    ),
    Sample(
        "due_box",
        {
            "title": "Send your plan by",
            "due": DUE,
            "tone": "soon",
            "words": "4 business days left",
            "links": [
                {"icon": "cal", "label": "Add to calendar", "url": "#ics"},
                {"icon": "doc", "label": "Your notice (PDF, 3 pages)", "url": "#pdf"},
            ],
        },
    ),
    Sample("process", {"items": NEXT}),
    Sample(
        "upload",
        {
            "id": "proof-2",
            "name": "proof",
            "label": "Add proof for violation 2",
            "hint": "Photos or PDF. Up to 50 MB each.",
            "files": [FILE | {"name": "floor-plan-old.pdf", "url": "#old", "remove_url": "#remove-old"}],
        },
    ),
    Sample(
        "confirm",
        {
            "text": "You can stop it for 5 minutes. After that it can not be undone.",
            "button": "Send notice",
            "back_url": "#preview",
            "back": "Go back to the letter",
            "rows": [{"label": "To", "value": "High Mesa Organics"}],
        },
    ),
    Sample(
        "help",
        {
            "title": "Need help?",
            "person": "Dana Ortiz",
            "role": "your compliance officer",
            "phone": "505-555-0119",
            "hours": "Monday to Friday, 8 a.m. to 5 p.m.",
            "email": "ccd@example.nm.gov",
            "points": ["If something may stop you from meeting a date, call before the date."],
        },
    ),
]
