"""A Django form's fields as parameters of GOV.UK components: label, hint, value and error in one place.

Views keep Django's forms; templates say `{{ input(form.name | input_params) }}` and, on top, the error summary.
"""

from typing import Any

from django.forms import BaseForm, BoundField
from django.utils.translation import gettext

from craffu.web.presenters import Params

type Extra = dict[str, Any]


def _error(field: BoundField) -> Params | None:
    return {"text": " ".join(str(error) for error in field.errors)} if field.errors else None


def _common(field: BoundField, extra: Extra) -> Extra:
    hint = {"text": field.help_text} if field.help_text else None
    return {"name": field.html_name, "hint": hint, "errorMessage": _error(field), **extra}


def _labelled(field: BoundField, extra: Extra) -> Extra:
    return {"id": field.auto_id, "label": {"text": field.label}, **_common(field, extra)}


def input_params(field: BoundField, **extra: Any) -> Params:
    """For `input`, `textarea`, `character_count`, `date_picker`. A password is never sent back to the page."""
    shows_value = getattr(field.field.widget, "render_value", True)
    value = field.value() if shows_value else None
    return _labelled(field, {"value": "" if value is None else value, **extra})


def file_params(field: BoundField, **extra: Any) -> Params:
    """For `file_upload`."""
    return _labelled(field, extra)


def _chosen(field: BoundField) -> frozenset[str]:
    value = field.value()
    if value is None:
        return frozenset()
    return frozenset(str(one) for one in value) if isinstance(value, list | tuple) else frozenset({str(value)})


def _options(field: BoundField) -> list[tuple[str, str]]:
    return [(str(value), str(label)) for value, label in field.field.choices]  # type: ignore[attr-defined]


def select_params(field: BoundField, **extra: Any) -> Params:
    """For `select`."""
    chosen = _chosen(field)
    items = [{"value": value, "text": label, "selected": value in chosen} for value, label in _options(field)]
    return _labelled(field, {"items": items, **extra})


def choice_params(field: BoundField, **extra: Any) -> Params:
    """For `radios` and `checkboxes`: the label becomes the legend."""
    chosen = _chosen(field)
    items = [{"value": value, "text": label, "checked": value in chosen} for value, label in _options(field) if value]
    legend = {"legend": {"text": field.label, "classes": "govuk-fieldset__legend--s"}}
    return {"idPrefix": field.auto_id, "fieldset": legend, "items": items, **_common(field, extra)}


def date_params(field: BoundField, **extra: Any) -> Params:
    """For `date_input`, over a date field with Django's SelectDateWidget (it reads name_day, name_month, name_year)."""
    subwidgets = field.field.widget.get_context(field.html_name, field.value(), {})["widget"]["subwidgets"]
    values = {sub["name"].rsplit("_", 1)[1]: (sub["value"] or [""])[0] for sub in subwidgets}
    labels = {"day": gettext("Day"), "month": gettext("Month"), "year": gettext("Year")}
    items = [
        {
            "name": f"{field.html_name}_{part}",
            "id": f"{field.auto_id}_{part}",
            "label": label,
            "value": values.get(part, ""),
            "classes": f"govuk-input--width-{4 if part == 'year' else 2}",
        }
        for part, label in labels.items()
    ]
    legend = {"legend": {"text": field.label, "classes": "govuk-fieldset__legend--s"}}
    return {"id": field.auto_id, "fieldset": legend, "items": items, **_common(field, extra)}


def _target(field: BoundField) -> str:
    """The id of the first control of a field: where its error leads."""
    is_date = hasattr(field.field.widget, "day_field")
    return f"{field.auto_id}_day" if is_date else str(field.auto_id)


def error_summary_params(form: BaseForm) -> Params | None:
    """For `error_summary`: every error of the form, each leading to its field; None when there is none."""
    if not form.errors:
        return None
    found: list[Params] = [{"text": error} for error in form.non_field_errors()]
    found += [{"text": error, "href": f"#{_target(field)}"} for field in form for error in field.errors]
    return {"titleText": gettext("There is a problem"), "errorList": found}
