"""The table of the design system, written out as its macro writes it, several times as fast: lists are most of a page.

That the two say the same is tested with the examples that the design system publishes.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from markupsafe import Markup, escape


def table_html(params: Mapping[str, Any]) -> Markup:
    """A table of these parameters; only what is markup already is not escaped."""
    return Markup("".join(_parts(params)))  # noqa: S704  # every part is escaped, or markup that was given as such


def _parts(params: Mapping[str, Any]) -> Iterator[str]:
    yield f'<table class="govuk-table{_more(params.get("classes"))}"{_attributes(params.get("attributes"))}>'
    if caption := params.get("caption"):
        yield f'<caption class="govuk-table__caption{_more(params.get("captionClasses"))}">{escape(caption)}</caption>'
    if head := params.get("head"):
        yield '<thead class="govuk-table__head"><tr class="govuk-table__row">'
        for cell in head:
            yield f'<th scope="col" class="govuk-table__header{_format("header", cell)}"{_spans(cell)}>{_said(cell)}</th>'
        yield "</tr></thead>"
    yield '<tbody class="govuk-table__body">'
    for row in params.get("rows") or ():
        if row:
            yield '<tr class="govuk-table__row">'
            yield from _cells(row, has_header=bool(params.get("firstCellIsHeader")))
            yield "</tr>"
    yield "</tbody></table>"


def _cells(row: list[Mapping[str, Any]], *, has_header: bool) -> Iterator[str]:
    for place, cell in enumerate(row):
        if has_header and place == 0:
            classes = _more(cell.get("classes"))
            yield f'<th scope="row" class="govuk-table__header{classes}"{_spans(cell)}>{_said(cell)}</th>'
        else:
            yield f'<td class="govuk-table__cell{_format("cell", cell)}"{_spans(cell)}>{_said(cell)}</td>'


def _said(cell: Mapping[str, Any]) -> str:
    text = cell.get("html") or cell.get("text")
    return escape("" if text is None else text)


def _more(classes: Any) -> str:
    return f" {escape(classes)}" if classes else ""


def _format(part: str, cell: Mapping[str, Any]) -> str:
    named = cell.get("format")
    return f"{_more(f'govuk-table__{part}--{named}' if named else '')}{_more(cell.get('classes'))}"


def _spans(cell: Mapping[str, Any]) -> str:
    spans = "".join(f' {name}="{escape(cell[name])}"' for name in ("colspan", "rowspan") if cell.get(name))
    return f"{spans}{_attributes(cell.get('attributes'))}"


def _attributes(given: Any) -> str:
    """Markup as it was given; or one attribute for each name."""
    if not given:
        return ""
    if isinstance(given, str):
        return escape(given)
    return "".join(_attribute(name, value) for name, value in given.items())


def _attribute(name: str, value: Any) -> str:
    """An optional attribute is left out where it has no value, and has none where its value is true."""
    is_optional = False
    if isinstance(value, Mapping):
        is_optional, value = value.get("optional") is True, value.get("value")
    elif isinstance(value, bool):
        value = str(value).lower()
    if is_optional and (value is None or value is False):
        return ""
    return f" {escape(name)}" if is_optional and value is True else f' {escape(name)}="{escape(value)}"'
