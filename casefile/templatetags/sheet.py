"""What the form pack asks of a form: its errors as links, and a day as its three boxes."""

from collections.abc import Iterable

from django import template
from django.forms import BaseForm
from django.forms.boundfield import BoundField

register = template.Library()


@register.simple_tag
def error_links(forms: BaseForm | Iterable[BaseForm] | None) -> list[dict[str, str]]:
    """Every error of one or several forms as {text, target}, in order. A form with `about` ("Violation 2") says so."""
    several = [forms] if isinstance(forms, BaseForm) else list(forms or ())
    return [link for form in several if form.is_bound for link in _links(form)]


def _links(form: BaseForm) -> list[dict[str, str]]:
    about = getattr(form, "about", "")
    links = []
    for name, errors in form.errors.items():
        target = _target(form[name]) if name in form.fields else ""
        links += [{"text": f"{about}: {error}" if about else str(error), "target": target} for error in errors]
    return links


def _target(field: BoundField) -> str:
    """The id of the first input of a field."""
    if field.id_for_label:
        return field.id_for_label
    return f"{field.auto_id}_0" if field.auto_id else ""


@register.simple_tag
def date_parts(field: BoundField) -> list[dict[str, object]]:
    """The three boxes of a MemorableDateField as they were typed, each with its ids and whether it is wrong."""
    shown = field.subwidgets[0].data["subwidgets"]
    data = field.form.errors.as_data().get(field.name, []) if field.form.is_bound else []
    named = {part for error in data for part in (error.params or {}).get("parts", ())}
    return [
        {
            "name": name,
            "label": name.capitalize(),
            "input": part["name"],
            "id": part["attrs"].get("id", ""),
            "value": part["value"] or "",
            "size": {"month": 9, "day": 2, "year": 4}[name],
            "wrong": bool(data) and (name in named or not named),
        }
        for name, part in zip(("month", "day", "year"), shown, strict=True)
    ]
