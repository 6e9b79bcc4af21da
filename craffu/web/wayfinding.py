"""The ways from a page to others, written out as their macros write them: breadcrumbs, languages, and the pages of a list.

Every page has some of them. What is done to the parameters of other components before their macros see them is done here as
each is written; that the two say the same, to the byte, is tested with the examples that the design system publishes.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from django.utils.translation import get_language, gettext
from jinja2.filters import do_indent
from markupsafe import Markup, escape

from craffu.web.tables import attributes_html, classes_html, said_html

_ENGLISH: Final = "en"
_ARROW: Final = (
    '    <svg class="govuk-pagination__icon govuk-pagination__icon--{}" xmlns="http://www.w3.org/2000/svg" height="13" '
    'width="15" aria-hidden="true" focusable="false" viewBox="0 0 15 13">\n        <path d="{}"></path>\n      </svg>\n'
)
_ARROWS: Final = {
    "prev": _ARROW.format(
        "prev",
        "m6.5938-0.0078125-6.7266 6.7266 6.7441 6.4062 1.377-1.449-4.1856-3.9768h12.896v-2h-12.984l4.2931-4.293-1.414-1.414z",
    ),
    "next": _ARROW.format(
        "next",
        "m8.107-0.0078125-1.4136 1.414 4.2926 4.293h-12.986v2h12.896l-4.1855 3.9766 1.377 1.4492 6.7441-6.4062-6.7246-6.7266z",
    ),
}
# As the macro says it, with what screen readers alone are told.
_IN_ENGLISH: Final = {
    "prev": 'Previous<span class="govuk-visually-hidden"> page</span>',
    "next": 'Next<span class="govuk-visually-hidden"> page</span>',
}


def breadcrumbs_html(params: Mapping[str, Any]) -> Markup:
    """Where a page lies. Only what is markup already is not escaped."""
    return Markup("".join(_breadcrumbs(params)))  # noqa: S704  # every part is escaped, or markup that was given as such


def languages_html(params: Mapping[str, Any]) -> Markup:
    """The same page in the other language. The language of the page is text, not a link."""
    return Markup("".join(_languages(params)))  # noqa: S704  # every part is escaped, or markup that was given as such


def pagination_html(params: Mapping[str, Any]) -> Markup:
    """The other pages of a list."""
    return Markup("".join(_pagination(params)))  # noqa: S704  # every part is escaped, or markup that was given as such


def _breadcrumbs(params: Mapping[str, Any]) -> Iterator[str]:
    collapses = " govuk-breadcrumbs--collapse-on-mobile" if params.get("collapseOnMobile") else ""
    yield f'<nav class="govuk-breadcrumbs{classes_html(params.get("classes"))}{collapses}"'
    label = escape(params.get("labelText") or gettext("Breadcrumb"))
    yield f'{attributes_html(params.get("attributes"))} aria-label="{label}">\n  <ol class="govuk-breadcrumbs__list">\n'
    for item in params.get("items") or ():
        if href := item.get("href"):
            more = attributes_html(item.get("attributes"))
            link = f'<a class="govuk-breadcrumbs__link" href="{escape(href)}"{more}>{said_html(item)}</a>'
            yield f'    <li class="govuk-breadcrumbs__list-item">\n      {link}\n    </li>\n'
        else:
            yield f'    <li class="govuk-breadcrumbs__list-item" aria-current="page">{said_html(item)}</li>\n'
    yield "  </ol>\n</nav>\n"


def _languages(params: Mapping[str, Any]) -> Iterator[str]:
    yield f'  <nav class="govuk-language-navigation{classes_html(params.get("classes"))}"'
    label = escape(params.get("ariaLabel") or gettext("Language"))
    yield f'{attributes_html(params.get("attributes"))} aria-label="{label}">\n    <ul class="govuk-language-navigation__list">\n'
    for item in params.get("items") or ():
        extra, more = classes_html(item.get("classes")), attributes_html(item.get("attributes"))
        language, direction = (f' {name}="{escape(item[name])}"' if item.get(name) else "" for name in ("lang", "dir"))
        yield '        <li class="govuk-language-navigation__list-item">\n            '
        if item.get("current") or not item.get("href"):
            yield f'<span class="govuk-language-navigation__text{extra}" aria-current="true"{language}{direction}{more}>'
            yield f"{said_html(item)}</span>"
        else:
            target = item.get("hrefLang") or item.get("lang")
            in_language = f' hreflang="{escape(target)}"' if target else ""
            said = item.get("languageDescriptionText")
            yield f'<a class="govuk-language-navigation__link{extra}" href="{escape(item["href"])}" rel="alternate"'
            yield f"{language}{in_language}{direction}{more}>{said_html(item)}"
            yield f'<span class="govuk-visually-hidden"> {escape(said)}</span></a>' if said else "</a>"
        yield "\n        </li>\n"
    yield "    </ul>\n  </nav>\n"


def _pagination(params: Mapping[str, Any]) -> Iterator[str]:
    previous, following = params.get("previous") or {}, params.get("next") or {}
    is_block = "items" not in params and bool(previous or following)
    block = " govuk-pagination--block" if is_block else ""
    yield f'<nav class="govuk-pagination{block}{classes_html(params.get("classes"))}"'
    label = escape(params.get("landmarkLabel") or gettext("Pagination"))
    yield f' aria-label="{label}"{attributes_html(params.get("attributes"))}>\n'
    if previous.get("href"):
        yield _end(previous, "prev", is_block=is_block)
    if "items" in params:
        yield '  <ul class="govuk-pagination__list">\n'
        yield from (_page(item) for item in params["items"] if item)
        yield "  </ul>\n"
    if following.get("href"):
        yield _end(following, "next", is_block=is_block)
    yield "</nav>\n"


def _end(link: Mapping[str, Any], which: str, *, is_block: bool) -> str:
    """The page before this one, or the one after it."""
    label = escape(link.get("labelText") or "")
    decorated = " govuk-pagination__link-title--decorated" if is_block and not label else ""
    before, after = (_ARROWS[which], "") if is_block or which == "prev" else ("", _ARROWS[which])
    about = (
        '      <span class="govuk-visually-hidden">:</span>\n'
        f'      <span class="govuk-pagination__link-label">{label}</span>\n'
        if label and is_block
        else ""
    )
    return (
        f'  <div class="govuk-pagination__{which}">\n    <a class="govuk-link govuk-pagination__link" '
        f'href="{escape(link["href"])}" rel="{which}"{attributes_html(link.get("attributes"))}>\n{before}'
        f'      <span class="govuk-pagination__link-title{decorated}">\n        {_end_words(link, which)}\n      </span>\n'
        f"{about}{after}    </a>\n  </div>\n"
    )


def _end_words(link: Mapping[str, Any], which: str) -> str:
    if markup := link.get("html"):
        return do_indent(escape(markup).strip(), 8).strip()
    if link.get("text"):
        return said_html(link).strip()
    if (get_language() or _ENGLISH) == _ENGLISH:
        return _IN_ENGLISH[which]
    return escape(gettext("Previous page") if which == "prev" else gettext("Next page"))


def _page(item: Mapping[str, Any]) -> str:
    if item.get("ellipsis"):
        return '      <li class="govuk-pagination__item govuk-pagination__item--ellipsis">\n      &ctdot;\n    </li>\n'
    number = item.get("number")
    said = escape(item.get("visuallyHiddenText") or gettext("Page %(number)s") % {"number": number})
    shown, current = (" govuk-pagination__item--current", ' aria-current="page"') if item.get("current") else ("", "")
    return (
        f'      <li class="govuk-pagination__item{shown}">\n      <a class="govuk-link govuk-pagination__link" '
        f'href="{escape(item.get("href", ""))}" aria-label="{said}"{current}{attributes_html(item.get("attributes"))}>\n'
        f"        {escape(number)}\n      </a>\n    </li>\n"
    )
