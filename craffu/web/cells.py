"""Cells of tables as parameters of the `table` component: words, numbers, links and tags."""

from collections.abc import Iterable, Sequence

from django.utils.html import format_html

from craffu.web.presenters import Link, Params, Text
from craffu.web.tables import lines_html, link_html

# A column's heading, with its format where it is not text: `numeric`.
type Heading = Text | tuple[Text, str]


def words(text: Text) -> Params:
    return {"text": str(text)}


def english(text: Text) -> Params:
    """Words that are English whatever the page's language: a court's, a sender's."""
    return {"html": format_html('<span lang="en">{}</span>', text)}


def number(value: int | None) -> Params:
    """A number at the right, with its thousands set apart; empty where there is none."""
    return {"text": "" if value is None else f"{value:,}", "format": "numeric"}


def link(to: Link, after: Text = "") -> Params:
    """A link, with words after it."""
    return {"html": link_html(to.href, to.text, after)}


def link_about(to: Link, about: Text) -> Params:
    """A link whose words stand in every row; `about` says of what to screen readers."""
    hidden = format_html('<span class="govuk-visually-hidden">: {}</span>', about)
    return {"html": format_html('<a class="govuk-link" href="{}">{}{}</a>', to.href, to.text, hidden)}


def tag(params: Params, after: Text = "") -> Params:
    """A status tag, with words under it."""
    classes = f"govuk-tag {params.get('classes') or ''}".strip()
    below = lines_html([after]) if after else ""
    return {"html": format_html('<strong class="{}">{}</strong>{}', classes, params["text"], below)}


def tag_and_link(params: Params, to: Link, about: Text) -> Params:
    """A status tag, with what can be done about it on a line under it; `about` says of what to screen readers."""
    hidden = format_html('<span class="govuk-visually-hidden">: {}</span>', about)
    link = format_html('<a class="govuk-link craffu-line" href="{}">{}{}</a>', to.href, to.text, hidden)
    return {"html": format_html("{}{}", tag(params)["html"], link)}


def lines(parts: Iterable[Text]) -> Params:
    """Several texts, each on a line of its own."""
    return {"html": lines_html([part for part in parts if part])}


def table(
    caption: Text, head: Sequence[Heading], rows: Iterable[Sequence[Params]], *, is_hidden: bool = False
) -> Params:
    """A table that becomes cards on a narrow screen. A heading may come with its column's format (`numeric`).

    `is_hidden` leaves the caption to screen readers, where a heading above already says it.
    """
    columns = [{"text": one[0], "format": one[1]} if isinstance(one, tuple) else {"text": one} for one in head]
    return {
        "caption": caption,
        "captionClasses": "govuk-visually-hidden" if is_hidden else "govuk-table__caption--m",
        "classes": "craffu-table--cards",
        "firstCellIsHeader": True,
        "head": columns,
        "rows": [list(row) for row in rows],
    }
