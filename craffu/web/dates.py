"""The three boxes of a date, written out as `summaries` writes its lists: every page about one thing asks for one.

The date input of the design system, for a date the person knows. Its parameters come as `prepared` leaves them; that the boxes
are the design system's is tested with its own examples.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from markupsafe import Markup, escape

from craffu.web.summaries import placed_html
from craffu.web.tables import attributes_html, classes_html

_PARTS = ("day", "month", "year")
_WRONG = "govuk-input--error"


def date_input_html(params: Mapping[str, Any]) -> Markup:
    """Day, month and year in a row, with a hint and an error above them, as a group of its own where it has a `fieldset`."""
    group, fieldset = params.get("formGroup") or {}, params.get("fieldset")
    wrong = " govuk-form-group--error" if params.get("errorMessage") else ""
    inside = _contents(params)
    if fieldset:
        inside = _fieldset(params, fieldset, inside)
    around = f"govuk-form-group{wrong}{classes_html(group.get('classes'))}"
    html = f'  <div class="{around}"{attributes_html(group.get("attributes"))}>\n      {inside}\n  </div>\n'
    return Markup(html)  # noqa: S704  # every part is escaped, or markup that was given as such


def _fieldset(params: Mapping[str, Any], fieldset: Mapping[str, Any], inside: str) -> str:
    said = [
        f"{params.get('id', '')}-{end}"
        for end, name in (("hint", "hint"), ("error", "errorMessage"))
        if params.get(name)
    ]
    by = " ".join(filter(None, (fieldset.get("describedBy"), *said)))
    described = f' aria-describedby="{escape(by)}"' if by else ""
    more = attributes_html(fieldset.get("attributes"))
    # role=group, because JAWS does not read the description of a set of text boxes otherwise.
    return (
        f'<fieldset class="govuk-fieldset{classes_html(fieldset.get("classes"))}" role="group"{described}{more}>\n'
        f"{_legend(fieldset.get('legend') or {})}  {inside}\n</fieldset>\n"
    )


def _legend(legend: Mapping[str, Any]) -> str:
    if not (legend.get("html") or legend.get("text")):
        return ""
    if legend.get("isPageHeading"):
        words = f'<h1 class="govuk-fieldset__heading">\n      {placed_html(legend, 6)}\n    </h1>'
    else:
        words = placed_html(legend, 4)
    return f'  <legend class="govuk-fieldset__legend{classes_html(legend.get("classes"))}">\n    {words}\n  </legend>\n'


def _contents(params: Mapping[str, Any]) -> str:
    id_, slots = escape(params.get("id", "")), params.get("formGroup") or {}
    own_id = f' id="{id_}"' if id_ else ""
    around = f"govuk-date-input{classes_html(params.get('classes'))}"
    return (
        f"{_hint(id_, params.get('hint'))}{_error(id_, params.get('errorMessage'))}"
        f'  <div class="{around}"{attributes_html(params.get("attributes"))}{own_id}>\n'
        f"      {_slot(slots.get('beforeInputs'))}\n\n    {''.join(_boxes(params))}\n"
        f"      {_slot(slots.get('afterInputs'))}\n\n  </div>\n"
    )


def _hint(id_: str, hint: Mapping[str, Any] | None) -> str:
    if not hint:
        return ""
    more = f'{classes_html(hint.get("classes"))}"{attributes_html(hint.get("attributes"))}'
    return f'    <div id="{id_}-hint" class="govuk-hint{more}>\n  {placed_html(hint, 2)}\n</div>\n\n'


def _error(id_: str, error: Mapping[str, Any] | None) -> str:
    if not error:
        return ""
    more = f'{classes_html(error.get("classes"))}"{attributes_html(error.get("attributes"))}'
    before = error.get("visuallyHiddenText", "Error")
    hidden = f'<span class="govuk-visually-hidden">{escape(before)}:</span> ' if before else ""
    return f'    <p id="{id_}-error" class="govuk-error-message{more}>\n  {hidden}{placed_html(error, 2)}\n</p>\n\n'


def _slot(slot: Mapping[str, Any] | None) -> str:
    return escape(slot.get("html") or slot.get("text", "")) if slot else ""


def _boxes(params: Mapping[str, Any]) -> Iterator[str]:
    """A box for each part that was not left out; where it is not said which are wrong, all are."""
    values = params.get("values") or {}
    given = params.get("items")
    parts = given or [
        params[one] if one in params else {"name": one} | ({"value": values[one]} if one in values else {})
        for one in _PARTS
    ]
    is_any_marked = any(_is_marked(one) for one in parts if one)
    for place, item in enumerate(parts):
        if item:
            part = _part_of(item, params) if given else _PARTS[place]
            is_all = params.get("errorMessage") and item.get("error") is not False and not is_any_marked
            yield f"      {_box(params, item, part, is_wrong=bool(is_all or _is_marked(item)))}\n"


def _is_marked(item: Mapping[str, Any]) -> bool:
    return bool(item.get("error") or _WRONG in (item.get("classes") or ""))


def _part_of(item: Mapping[str, Any], params: Mapping[str, Any]) -> str:
    """Which of the three a box is: told by the design system's names, or by the names the page gave its parts."""
    name = item.get("name")
    return next((one for one in _PARTS if name and name in (one, (params.get(one) or {}).get("name"))), "")


def _box(params: Mapping[str, Any], item: Mapping[str, Any], part: str, *, is_wrong: bool) -> str:
    own, name = item.get("classes") or "", item.get("name") or part
    width = "" if "govuk-input--width-" in own else f"govuk-input--width-{4 if part == 'year' else 2}"
    mark = _WRONG if is_wrong and _WRONG not in own else ""
    classes = " ".join(filter(None, ("govuk-input", "govuk-date-input__input", mark, width, own)))
    id_ = escape(item.get("id") or f"{params.get('id', '')}-{name}")
    full_name = f"{params['namePrefix']}-{name}" if params.get("namePrefix") else name
    said = (item, "value"), (params.get(part) or {}, "value"), (params.get("values") or {}, full_name)
    value = next((holder[key] for holder, key in said if key in holder), None)
    typed = "" if value is None or value is False else f' value="{escape(value)}"'
    more = "".join(f' {one}="{escape(item[one])}"' for one in ("autocomplete", "pattern") if item.get(one))
    return (
        '  <div class="govuk-date-input__item">\n    <div class="govuk-form-group">\n'
        f'      <label class="govuk-label govuk-date-input__label" for="{id_}">'
        f"{escape(item.get('label') or name.capitalize())}</label>\n"
        f'      <input class="{escape(classes)}" id="{id_}" name="{escape(full_name)}" type="text"{typed}{more}'
        f' inputmode="{escape(item.get("inputmode") or "numeric")}"{attributes_html(item.get("attributes"))}>\n'
        "    </div>\n  </div>\n"
    )
