"""A day typed in three boxes, several files from one, and the sheet that lays a form out."""

from datetime import date

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template import Context, Template
from django.utils.datastructures import MultiValueDict

from casefile.fields import FilesField, MemorableDateField, Sheet


class FixForm(forms.Form):
    about = "Violation 2"
    helper = Sheet()

    finish = MemorableDateField(
        label="What day will you finish?",
        help_text="For example: 12 4 2026",
        earliest=date(2026, 11, 18),
        latest=date(2026, 12, 18),
        error_messages={"required": "Enter the day you will finish."},
    )


class OpenForm(forms.Form):
    finish = MemorableDateField(required=False)


def typed(month: str, day: str, year: str) -> dict[str, str]:
    return {"finish_month": month, "finish_day": day, "finish_year": year}


def errors(month: str, day: str, year: str) -> list[str]:
    return FixForm(typed(month, day, year)).errors.get("finish", [])


class TestMemorableDate:
    @pytest.mark.parametrize("month", ["12", "Dec", "dec.", "December", "DECEMBER", " 12 "])
    @pytest.mark.parametrize("day", ["4", "04", " 4"])
    def test_accepts_what_people_type(self, month, day):
        form = FixForm(typed(month, day, "2026"))
        assert form.is_valid()
        assert form.cleaned_data["finish"] == date(2026, 12, 4)

    @pytest.mark.parametrize(
        "month, day, year, error",
        [
            ("", "", "", "Enter the day you will finish."),
            ("", "4", "2026", "Add the month of the date."),
            ("", "", "2026", "Add the month and the day of the date."),
            ("13", "4", "2026", "Enter the month as a number from 1 to 12, or its name."),
            ("Ma", "4", "2026", "Enter the month as a number from 1 to 12, or its name."),
            ("²", "4", "2026", "Enter the month as a number from 1 to 12, or its name."),
            ("12", "4", "26", "Enter the year with 4 digits, for example 2026."),
            ("11", "31", "2026", "Enter a day from 1 to 30. The last day of November 2026 is 30."),
            ("2", "29", "2026", "Enter a day from 1 to 28. The last day of February 2026 is 28."),
            ("12", "0", "2026", "Enter a day from 1 to 31. The last day of December 2026 is 31."),
            ("12", "x", "2026", "Enter a day from 1 to 31. The last day of December 2026 is 31."),
            ("12", "19", "2026", "The day must be on or before December 18, 2026."),
            ("11", "17", "2026", "The day must be on or after November 18, 2026."),
        ],
    )
    def test_says_what_to_do(self, month, day, year, error):
        assert errors(month, day, year) == [error]

    @pytest.mark.parametrize("month, day", [("11", "18"), ("12", "18")])
    def test_takes_both_ends_of_the_range(self, month, day):
        assert errors(month, day, "2026") == []

    def test_takes_the_29th_of_february_in_a_leap_year(self):
        assert OpenForm(typed("2", "29", "2028")).is_valid()

    def test_may_stay_empty_when_optional(self):
        form = OpenForm(typed("", "", ""))
        assert form.is_valid()
        assert form.cleaned_data["finish"] is None

    def test_keeps_what_was_typed(self):
        html = rendered(FixForm(typed("Decembre", "99", "2026")))
        assert 'value="Decembre"' in html
        assert 'value="99"' in html

    def test_shows_a_day_it_was_given(self):
        html = rendered(FixForm(initial={"finish": date(2026, 12, 4)}))
        assert 'name="finish_month" value="12"' in html
        assert 'name="finish_day" value="4"' in html

    def test_knows_when_nothing_changed(self):
        same = FixForm(typed("Dec", "04", "2026"), initial={"finish": date(2026, 12, 4)})
        assert not same.has_changed()

    def test_marks_only_the_wrong_box(self):
        html = rendered(FixForm(typed("", "4", "2026")))
        boxes = [part for part in html.split("<input")[1:] if "finish_" in part]
        assert ["aria-invalid" in box for box in boxes] == [True, False, False]

    def test_marks_all_boxes_of_a_day_out_of_range(self):
        assert rendered(FixForm(typed("12", "19", "2026"))).count('aria-invalid="true"') == 3


class TestFiles:
    class Form(forms.Form):
        proof = FilesField(required=False)

    def test_gives_a_list(self):
        files = [SimpleUploadedFile(name, b"x") for name in ("a.jpg", "b.pdf")]
        form = self.Form({}, MultiValueDict({"proof": files}))
        assert form.is_valid()
        assert [file.name for file in form.cleaned_data["proof"]] == ["a.jpg", "b.pdf"]

    def test_gives_an_empty_list_when_nothing_was_picked(self):
        form = self.Form({}, MultiValueDict())
        assert form.is_valid()
        assert form.cleaned_data["proof"] == []

    def test_says_so_when_one_is_needed(self):
        class Needed(forms.Form):
            proof = FilesField(error_messages={"required": "Add a photo or a PDF."})

        assert Needed({}, MultiValueDict()).errors["proof"] == ["Add a photo or a PDF."]

    def test_offers_camera_and_gallery(self):
        html = str(self.Form()["proof"])
        assert "multiple" in html
        assert "capture" not in html


class TestSheet:
    def test_leaves_form_tag_token_and_buttons_to_the_page(self):
        html = rendered(FixForm())
        assert "<form" not in html
        assert "csrf" not in html

    def test_shows_the_named_fields_in_their_order(self):
        class Form(forms.Form):
            helper = Sheet("second", "first")
            first, second, third = forms.CharField(), forms.CharField(), forms.CharField(required=False)

        html = rendered(Form())
        assert html.index('name="second"') < html.index('name="first"')
        assert 'name="third"' not in html

    def test_leaves_the_summary_to_a_page_of_several_forms(self):
        class Form(forms.Form):
            helper = Sheet(summary=False)
            text = forms.CharField()

        assert "errsum" not in rendered(Form({}))
        assert "errsum" in rendered(FixForm({}))


def rendered(form: forms.Form) -> str:
    return Template("{% load crispy_forms_tags %}{% crispy form %}").render(Context({"form": form}))
