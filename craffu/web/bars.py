"""What stands at the head of a page about one thing, in the manner of the Ministry of Justice's design system.

Who or what it is about, the pages of that record, and what its reader must know. Written out by Python as `tables` writes lists:
every record has them.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from django.utils.translation import gettext as _
from markupsafe import Markup, escape

from craffu.web.kept import component
from craffu.web.tables import attributes_html, classes_html, said_html

_MARKS: Final = {
    "success": '<path d="M4 16l7 7L26 8" fill="none" stroke="currentColor" stroke-width="4"/>',
    "warning": (
        '<path d="M15 3L28 27H2z" fill="currentColor"/><path d="M15 11v8M15 21v3" stroke="#fff" stroke-width="3"/>'
    ),
    "error": (
        '<path d="M10 3h10l7 7v10l-7 7H10l-7-7V10z" fill="currentColor"/>'
        '<path d="M10 10l10 10M20 10L10 20" stroke="#fff" stroke-width="3"/>'
    ),
    "information": (
        '<circle cx="15" cy="15" r="12" fill="currentColor"/><path d="M15 13v9M15 8v3" stroke="#fff" stroke-width="3"/>'
    ),
}
_HEADINGS: Final = frozenset({"h2", "h3", "h4"})


def alert_html(params: Mapping[str, Any]) -> Markup:
    """One thing about this page or section that the reader must know: `title`, `variant` and words."""
    return Markup("".join(_alert(params)))  # noqa: S704  # every part is escaped, or markup that was given as such


def sub_navigation_html(params: Mapping[str, Any]) -> Markup:
    """The pages of one record."""
    return Markup("".join(_sub_navigation(params)))  # noqa: S704  # every part is escaped, or markup that was given as such


def identity_bar_html(params: Mapping[str, Any]) -> Markup:
    """Who or what the page is about.

    `title`, `headingLevel` (1 where the bar holds the page's H1), `facts` (label and value), `badges`, `note`, and `actions` as
    buttons.
    """
    return Markup("".join(_identity_bar(params)))  # noqa: S704  # every part is escaped, or markup that was given as such


def badge_html(params: Mapping[str, Any]) -> Markup:
    """A standing fact about a person. The words carry the meaning; the colour only helps."""
    more = f"{classes_html(params.get('classes'))}"
    badge = f'  <span class="moj-badge{more}"{attributes_html(params.get("attributes"))}>{said_html(params)}</span>\n'
    return Markup(badge)  # noqa: S704  # every part is escaped, or markup that was given as such


def _said_variant(variant: str) -> str:
    match variant:
        case "success":
            return _("Success")
        case "warning":
            return _("Warning")
        case "error":
            return _("Error")
    return _("Information")


def _alert(params: Mapping[str, Any]) -> Iterator[str]:
    given = params.get("variant")
    variant = given if given in _MARKS else "information"
    title, words = escape(params.get("title") or ""), said_html(params)
    has_heading = bool(params.get("showTitleAsHeading")) and bool(words)
    heading = " moj-alert--with-heading" if has_heading else ""
    yield f'  <div class="moj-alert moj-alert--{variant}{heading}{classes_html(params.get("classes"))}"\n'
    yield f'    role="{escape(params.get("role") or "region")}" aria-label="{escape(_said_variant(variant))}: {title}"'
    dismissible = ' data-dismissible="true"' if params.get("dismissible") else ""
    yield f' data-module="moj-alert"{dismissible}{attributes_html(params.get("attributes"))}>\n    <div>\n'
    yield '      <svg class="moj-alert__icon" role="presentation" focusable="false" xmlns="http://www.w3.org/2000/svg" '
    yield f'viewBox="0 0 30 30" height="30" width="30">    {_MARKS[variant]}\n</svg>\n    </div>\n'
    yield '    <div class="moj-alert__content">\n'
    if has_heading:
        tag = params.get("headingTag") if params.get("headingTag") in _HEADINGS else "h2"
        yield f'        <{tag} class="moj-alert__heading">{title}</{tag}>\n'
    yield f"      {words or title}\n    </div>\n"
    if dismissible:
        yield '      <div class="moj-alert__action"><button type="button" class="moj-alert__dismiss" hidden>'
        yield f"{escape(params.get('dismissText') or _('Dismiss'))}</button></div>\n"
    yield "  </div>\n"


def _sub_navigation(params: Mapping[str, Any]) -> Iterator[str]:
    label = escape(params.get("label") or _("Pages of this record"))
    yield f'  <nav class="moj-sub-navigation{classes_html(params.get("classes"))}" aria-label="{label}"'
    yield f'{attributes_html(params.get("attributes"))}>\n    <ul class="moj-sub-navigation__list">\n'
    for item in params["items"]:
        current = ' aria-current="page"' if item.get("active") else ""
        more = attributes_html(item.get("attributes"))
        yield '        <li class="moj-sub-navigation__item">\n          <a class="moj-sub-navigation__link" '
        yield f'href="{escape(item["href"])}"{current}{more}>{said_html(item)}</a>\n        </li>\n'
    yield "    </ul>\n  </nav>\n"


def _identity_bar(params: Mapping[str, Any]) -> Iterator[str]:
    level = int(params.get("headingLevel") or 1)
    yield f'  <div class="moj-identity-bar craffu-identity-bar{classes_html(params.get("classes"))}"'
    yield f'{attributes_html(params.get("attributes"))}>\n    <div class="moj-identity-bar__container">\n'
    yield f'      <div class="moj-identity-bar__details">\n        <h{level} class="moj-identity-bar__title '
    yield f'govuk-heading-m">{said_html(params["title"])}</h{level}>\n'
    if facts := params.get("facts"):
        yield '          <dl class="craffu-facts">\n'
        for fact in facts:
            yield f'              <div class="craffu-facts__fact"><dt>{escape(fact["label"])}</dt> '
            yield f"<dd>{said_html(fact)}</dd></div>\n"
        yield "          </dl>\n"
    if badges := params.get("badges"):
        yield '          <ul class="craffu-badges">\n'
        yield from (f"              <li>{badge_html(one)}</li>\n" for one in badges)
        yield "          </ul>\n"
    if note := params.get("note"):
        yield f'          <p class="govuk-body craffu-identity-bar__note">{said_html(note)}</p>\n'
    yield "      </div>\n"
    if actions := params.get("actions"):
        yield '        <div class="moj-identity-bar__actions">\n'
        yield '          <div class="moj-button-group moj-button-group--inline">\n'
        yield from (f"              {component('button', action)}\n" for action in actions)
        yield "          </div>\n        </div>\n"
    yield "    </div>\n  </div>\n"
