"""The timeline in the manner of the Ministry of Justice's design system, written out as `tables` writes lists: fifty to a page.

What happened, newest first, as an ordered list, so that a screen reader says how many and which.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from markupsafe import Markup, escape

from craffu.web.tables import attributes_html, classes_html, said_html


def timeline_html(params: Mapping[str, Any]) -> Markup:
    """`days`: a list of {"label", "items"}, each day under its own heading; or `items` alone.

    An item has `title`, `byline`, `time` ({"text", "datetime"}), `tags`, and `text` or `html`. `headingLevel` is that of the
    days, else of the items. Only what is markup already is not escaped.
    """
    return Markup("".join(_parts(params)))  # noqa: S704  # every part is escaped, or markup that was given as such


def _parts(params: Mapping[str, Any]) -> Iterator[str]:
    level = int(params.get("headingLevel") or 2)
    for day in params.get("days") or ():
        yield f'<h{level} class="govuk-heading-s">{escape(day["label"])}</h{level}>'
        yield from _list(day["items"], level + 1)
    if items := params.get("items"):
        yield from _list(items, level)


def _list(items: Sequence[Mapping[str, Any]], level: int) -> Iterator[str]:
    yield '<ol class="moj-timeline craffu-timeline">'
    for item in items:
        more = attributes_html(item.get("attributes"))
        yield f'<li class="moj-timeline__item{classes_html(item.get("classes"))}"{more}><div class="moj-timeline__header">'
        yield f'<h{level} class="moj-timeline__title">{escape(item["title"])}</h{level}>'
        if byline := item.get("byline"):
            yield f'<p class="moj-timeline__byline">{escape(byline)}</p>'
        yield "</div>"
        if time := item.get("time"):
            yield _time(time)
        if tags := item.get("tags"):
            yield f'<ul class="craffu-badges">{"".join(map(_tag, tags))}</ul>'
        if said := said_html(item):
            yield f'<div class="moj-timeline__description">{said}</div>'
        yield "</li>"
    yield "</ol>"


def _time(time: Mapping[str, Any]) -> str:
    said = f' datetime="{escape(time["datetime"])}"' if time.get("datetime") else ""
    return f'<p class="moj-timeline__date"><time{said}>{escape(time["text"])}</time></p>'


def _tag(tag: Mapping[str, Any]) -> str:
    return f'<li><strong class="govuk-tag{classes_html(tag.get("classes"))}">{said_html(tag)}</strong></li>'
