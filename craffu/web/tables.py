"""The table of the design system, written out as its macro writes it, several times as fast: lists are most of a page.

A list has hundreds of cells, so what is done to the parameters of other components before their macros see them is done here
to each cell as it is written. That the two say the same is tested with the examples that the design system publishes.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.safestring import SafeString
from markupsafe import Markup, escape

from craffu.web.references import has_reference, unbroken

# On a narrow screen each row of such a table becomes a card, and each cell bears its column's heading.
CARDS = "craffu-table--cards"
_SPANS = ("colspan", "rowspan")
# A cell of these alone looks as every other of its column.
_PLAIN: Final = frozenset({"html", "text", "format"})
# Ours and Django's: both stand as they are. To ask a markup to escape itself is to copy it.
_MARKUP: Final = (Markup, SafeString)
_is_special = re.compile(r"[&<>\"']").search


def text_html(text: str) -> str:
    """Text made safe. Most has nothing to escape, and to look for that is quicker than to copy it."""
    return escape(text) if _is_special(text) else text


def table_html(params: Mapping[str, Any]) -> Markup:
    """A table of these parameters; only what is markup already is not escaped."""
    return Markup("".join(_parts(params)))  # noqa: S704  # every part is escaped, or markup that was given as such


def link_html(href: str, text: object, after: object = "") -> Markup:
    """A link within a cell, with words after it. The reference that it bears is never broken; a sentence around it may be."""
    words = str(text)
    is_sentence = " " in words
    shown, kept = (unbroken(words), "") if is_sentence else (text_html(words), " craffu-unbroken")
    link = f'<a class="govuk-link{kept}" href="{text_html(href)}">{shown}</a> {escape(after) if after else ""}'
    return Markup(link)  # noqa: S704  # every part is escaped


def lines_html(parts: Iterable[object]) -> Markup:
    """Each part on a line of its own within a cell."""
    said = [text_html(part) if type(part) is str else escape(part) for part in parts]
    lines = "".join([f'<span class="craffu-line">{one}</span>' for one in said])
    return Markup(lines)  # noqa: S704  # every part is escaped


def _parts(params: Mapping[str, Any]) -> Iterator[str]:
    yield f'<table class="govuk-table{classes_html(params.get("classes"))}"{attributes_html(params.get("attributes"))}>'
    if caption := params.get("caption"):
        yield f'<caption class="govuk-table__caption{classes_html(params.get("captionClasses"))}">{escape(caption)}</caption>'
    if head := params.get("head"):
        yield '<thead class="govuk-table__head"><tr class="govuk-table__row">'
        for cell in head:
            yield f'<th scope="col" class="govuk-table__header{_format("header", cell)}"{_spans(cell)}>{said_html(cell)}</th>'
        yield "</tr></thead>"
    labels = _labels(head or ()) if CARDS in (params.get("classes") or "") else [""] * len(head or ())
    columns = _Columns(labels, bool(params.get("firstCellIsHeader")))
    yield '<tbody class="govuk-table__body">'
    for row in params.get("rows") or ():
        # Rows and cells that a condition left out are nothing.
        if row:
            cells = [columns.cell_html(place, cell) for place, cell in enumerate([cell for cell in row if cell])]
            yield f'<tr class="govuk-table__row">{"".join(cells)}</tr>'
    yield "</tbody></table>"


def _labels(head: Sequence[Mapping[str, Any]]) -> list[str]:
    """Each column's heading as an attribute of its cells says it; empty where there is none."""
    said = [str(cell.get("text") or escape(cell.get("html", "")).striptags()) for cell in head]
    return [_attribute("data-label", one) if one else "" for one in said]


class _Columns:
    """How the cells of each column begin and end. Most cells of a list differ in what they say alone."""

    def __init__(self, labels: Sequence[str], has_header: bool) -> None:
        self.labels, self.has_header = labels, has_header
        self.plain = [f'<td class="govuk-table__cell"{label}>' for label in labels]
        self.numeric = [f'<td class="govuk-table__cell govuk-table__cell--numeric"{label}>' for label in labels]
        if has_header and labels:
            self.plain[0] = self.numeric[0] = f'<th scope="row" class="govuk-table__header"{labels[0]}>'

    def cell_html(self, place: int, cell: Mapping[str, Any]) -> str:
        is_header = self.has_header and place == 0
        end = "</th>" if is_header else "</td>"
        if place < len(self.labels) and cell.keys() <= _PLAIN:
            named = cell.get("format")
            if not named or named == "numeric":
                return f"{(self.numeric if named else self.plain)[place]}{said_html(cell)}{end}"
        has_label = place < len(self.labels) and "data-label" not in (cell.get("attributes") or ())
        spans = _spans(cell, self.labels[place] if has_label else "")
        if is_header:
            classes = classes_html(cell.get("classes"))
            return f'<th scope="row" class="govuk-table__header{classes}"{spans}>{said_html(cell)}{end}'
        return f'<td class="govuk-table__cell{_format("cell", cell)}"{spans}>{said_html(cell)}{end}'


def said_html(cell: Mapping[str, Any]) -> str:
    """What a cell says: markup, or text in which no line ends within a reference."""
    if markup := cell.get("html"):
        return markup if type(markup) in _MARKUP else escape(markup)
    text = cell.get("text")
    if isinstance(text, str | Promise):
        words = str(text)
        if has_reference(words):
            return unbroken(words)
        return text_html(text) if isinstance(text, str) else escape(text)
    return escape("" if text is None else text)


def classes_html(classes: Any) -> str:
    return f" {escape(classes)}" if classes else ""


def _format(part: str, cell: Mapping[str, Any]) -> str:
    named, classes = cell.get("format"), cell.get("classes")
    of_format = f"govuk-table__{part}--{named}" if named else ""
    return f"{classes_html(of_format)}{classes_html(classes)}"


def _spans(cell: Mapping[str, Any], label: str = "") -> str:
    spans = "".join(f' {name}="{escape(cell[name])}"' for name in _SPANS if cell.get(name))
    return f"{spans}{label}{attributes_html(cell.get('attributes'))}"


def attributes_html(given: Any) -> str:
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
