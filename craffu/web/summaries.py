"""The summary list of the design system, written out as its macro writes it: a page about one thing begins with one.

Its parameters come as `prepared` leaves them: what is named `html` is markup, and everything else is text. That the two write the
same, to the byte, is tested with the examples that the design system publishes.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from jinja2.filters import do_indent
from markupsafe import Markup, escape

from craffu.web.tables import attributes_html, classes_html


def summary_list_html(params: Mapping[str, Any]) -> Markup:
    """A summary list of these parameters, in a card of its own where they have one."""
    card = params.get("card")
    title = card.get("title") if card else None
    rows = [row for row in params.get("rows") or () if row]
    has_actions = any(_actions(row) for row in rows)
    more = attributes_html(params.get("attributes"))
    inside = "".join(_row(row, title, has_actions=has_actions) for row in rows)
    listed = f'<dl class="govuk-summary-list{classes_html(params.get("classes"))}"{more}>\n{inside}</dl>'
    if card:
        listed = _card(card, listed)
    return Markup(listed)  # noqa: S704  # every part is escaped, or markup that was given as such


def _row(row: Mapping[str, Any], title: Mapping[str, Any] | None, *, has_actions: bool) -> str:
    actions = _actions(row)
    without = " govuk-summary-list__row--no-actions" if has_actions and not actions else ""
    return (
        f'  <div class="govuk-summary-list__row{without}{classes_html(row.get("classes"))}">\n'
        f"{_part('dt', 'key', row.get('key') or {})}{_part('dd', 'value', row.get('value') or {})}"
        f"{_row_actions(row['actions'], actions, title) if actions else ''}"
        "  </div>\n"
    )


def _part(tag: str, part: str, cell: Mapping[str, Any]) -> str:
    classes = f"govuk-summary-list__{part}{classes_html(cell.get('classes'))}"
    return f'    <{tag} class="{classes}">\n      {placed_html(cell, 6)}\n    </{tag}>\n'


def _actions(of: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
    return (of.get("actions") or {}).get("items") or ()


def _row_actions(
    given: Mapping[str, Any], actions: Sequence[Mapping[str, Any]], title: Mapping[str, Any] | None
) -> str:
    if len(actions) == 1:
        links = f"      {_indented(_link(actions[0], title), 6)}\n"
    else:
        items = "".join(
            '        <li class="govuk-summary-list__actions-list-item">\n'
            f"          {_indented(_link(one, title), 8)}\n        </li>\n"
            for one in actions
        )
        links = f'      <ul class="govuk-summary-list__actions-list">\n{items}      </ul>\n'
    return f'    <dd class="govuk-summary-list__actions{classes_html(given.get("classes"))}">\n{links}    </dd>\n'


def _link(action: Mapping[str, Any], title: Mapping[str, Any] | None) -> str:
    """What can be done about a row, or about all; to screen readers with what it is done to."""
    words = do_indent(escape(action["html"]), 4) if action.get("html") else escape(action.get("text", ""))
    about = f" {escape(action['visuallyHiddenText'])}" if action.get("visuallyHiddenText") else ""
    if title:
        about += f" ({do_indent(escape(title['html']), 6) if title.get('html') else escape(title.get('text', ''))})"
    hidden = f'<span class="govuk-visually-hidden">{about}</span>' if about else ""
    more = attributes_html(action.get("attributes"))
    href = escape(action.get("href", ""))
    return f'<a class="govuk-link{classes_html(action.get("classes"))}" href="{href}"{more}>{words}{hidden}</a>'


def _card(card: Mapping[str, Any], listed: str) -> str:
    title, actions = card.get("title"), _actions(card)
    heading, links = "", ""
    if title:
        level = title.get("headingLevel") or 2
        heading = (
            f'    <h{level} class="govuk-summary-card__title{classes_html(title.get("classes"))}">\n'
            f"      {placed_html(title, 6)}\n    </h{level}>\n"
        )
    if actions:
        links = _card_actions(card["actions"], actions, title)
    return (
        f'<div class="govuk-summary-card{classes_html(card.get("classes"))}"{attributes_html(card.get("attributes"))}>\n'
        f'  <div class="govuk-summary-card__title-wrapper">\n{heading}{links}  </div>\n\n'
        f'  <div class="govuk-summary-card__content">\n    {_indented(listed, 4)}\n  </div>\n</div>\n'
    )


def _card_actions(
    given: Mapping[str, Any], actions: Sequence[Mapping[str, Any]], title: Mapping[str, Any] | None
) -> str:
    classes = f"govuk-summary-card__actions{classes_html(given.get('classes'))}"
    if len(actions) == 1:
        return f'    <div class="{classes}">\n      {_indented(_link(actions[0], title), 4)}\n    </div>\n'
    items = "".join(
        f'      <li class="govuk-summary-card__action">\n        {_indented(_link(one, title), 8)}\n      </li>\n'
        for one in actions
    )
    return f'    <ul class="{classes}">\n{items}    </ul>\n'


def placed_html(cell: Mapping[str, Any], width: int) -> str:
    """Markup, so many spaces to the right; or text, in which no line is moved."""
    if markup := cell.get("html"):
        return _indented(escape(markup), width)
    return escape(cell.get("text", ""))


def _indented(markup: str, width: int) -> str:
    markup = markup.strip()
    return do_indent(markup, width) if "\n" in markup else markup
