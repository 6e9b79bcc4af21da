"""Two versions of an order's words beside each other, with what was added, removed and changed said in words too (P12)."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from craffu.orders.effect.wording import Part, Words, changed_words
from craffu.orders.models import OrderTerms
from craffu.orders.terms.differing import How, Pair, Worded, pairs
from craffu.web import cells
from craffu.web.court.words import day_words
from craffu.web.orders import words
from craffu.web.orders.presenters import terms_line
from craffu.web.presenters import Params, Text


@dataclass(frozen=True, slots=True)
class Choice:
    """One version to choose."""

    number: int
    words: str
    is_chosen: bool


def choices(versions: Iterable[OrderTerms], chosen: int) -> list[Choice]:
    return [
        Choice(one.number, f"{terms_line(one)} ({words.WHY_TERMS.get(one.why, one.why)})", one.number == chosen)
        for one in versions
    ]


def select_of(name: str, label: Text, versions: Iterable[OrderTerms], chosen: int) -> Params:
    items = [
        {"value": str(one.number), "text": one.words, "selected": one.is_chosen} for one in choices(versions, chosen)
    ]
    return {"id": name, "name": name, "label": {"text": label}, "items": items}


def difference_table(before: OrderTerms, after: OrderTerms) -> Params:
    """Each condition with its words in either version, and what became of them."""
    head: list[cells.Heading] = [
        _("Condition"),
        _("Version %(number)s") % {"number": before.number},
        _("Version %(number)s") % {"number": after.number},
        _("Difference"),
    ]
    rows = [
        [
            cells.words(words.CONDITION_TYPES.get(one.type, one.type)),
            cells.lines(_said(pair.before)),
            cells.lines(_said(pair.after)),
            {"html": _difference(pair)},
        ]
        for pair in pairs(_worded(before), _worded(after))
        if (one := pair.after or pair.before)
    ]
    return cells.table(_("How the two versions differ"), head, rows)


def _worded(terms: OrderTerms) -> list[Worded]:
    return [
        Worded(one.number, one.type, one.words, one.words_cy, one.supervisor, one.first_day, one.last_day)
        for one in terms.conditions.all()
    ]


def _said(one: Worded | None) -> list[str]:
    return [_("Not in it")] if one is None else [one.words, one.words_cy, *_beside(one)]


def _beside(one: Worded) -> list[str]:
    found = []
    if one.first_day:
        found.append(_("From %(day)s") % {"day": day_words(one.first_day)})
    if one.last_day:
        found.append(_("Until %(day)s") % {"day": day_words(one.last_day)})
    if one.supervisor:
        found.append(_("Supervised by %(name)s") % {"name": one.supervisor})
    return found


def _difference(pair: Pair) -> SafeString:
    match pair.how:
        case How.ADDED:
            assert pair.after is not None  # noqa: S101 - that is what added means
            return format_html("<strong>{}</strong> <ins>{}</ins>", _("Added:"), pair.after.words)
        case How.REMOVED:
            assert pair.before is not None  # noqa: S101 - that is what removed means
            return format_html("<strong>{}</strong> <del>{}</del>", _("Removed:"), pair.before.words)
        case How.SAME:
            return format_html("{}", _("The same"))
    assert pair.before is not None and pair.after is not None  # noqa: S101, PT018 - both are there where it changed
    texts = [(pair.before.words, pair.after.words), (pair.before.words_cy, pair.after.words_cy)]
    texts.append(("; ".join(_beside(pair.before)), "; ".join(_beside(pair.after))))
    marked = ((_marked(was, is_now),) for was, is_now in texts if was != is_now)
    lines = format_html_join("", '<span class="craffu-line">{}</span>', marked)
    return format_html("<strong>{}</strong> {}", _("Changed:"), lines)


def _marked(was: str, is_now: str) -> SafeString:
    """The words of both in reading order; what was taken out and put in is marked, and said to screen readers."""
    return format_html_join("", "{}", ((_part(one),) for one in changed_words(was, is_now)))


def _part(one: Words) -> SafeString:
    match one.part:
        case Part.REMOVED:
            hidden = format_html('<span class="govuk-visually-hidden">{} </span>', _("removed:"))
            return format_html("<del>{}{}</del>", hidden, one.text)
        case Part.ADDED:
            hidden = format_html('<span class="govuk-visually-hidden">{} </span>', _("added:"))
            return format_html("<ins>{}{}</ins>", hidden, one.text)
    return format_html("{}", one.text)
