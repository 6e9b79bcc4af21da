"""What the register knows beside each option of the menu (P24; PLN-01)."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from craffu.clocks.london import day_of
from craffu.orders.models import Condition, Order
from craffu.prevention.planning.gathering import Known
from craffu.prevention.planning.queries import PlanStory
from craffu.prevention.planning.rules import Choice, Option
from craffu.web import cells
from craffu.web.court.words import day_words
from craffu.web.orders.presenters import until_words
from craffu.web.orders.words import ORDER_STATUS, kind_words
from craffu.web.plans.presenters import condition_words, rows_of
from craffu.web.plans.words import (
    OPTIONS,
)
from craffu.web.presenters import Params

_A_YEAR: Final = timedelta(days=365)
# An option whose facts are found in orders alone names so many of the latest.
_MOST: Final = 5


def menu_known(known: Known, stories: Sequence[PlanStory], now: datetime) -> Params:
    """Each option with what the register knows of it. Facts, and no advice."""
    return rows_of((OPTIONS[option], cells.lines(option_known(option, known, stories, now))) for option in Option)


def option_known(option: str, known: Known, stories: Sequence[PlanStory], now: datetime) -> list[str]:
    """What the register knows of one option, the newest first; that it knows nothing, where it does not."""
    told = [*_TOLD[option](known, now), *_tried(option, stories)] if option in _TOLD else list(_tried(option, stories))
    return told or [_("Nothing is recorded.")]


def named(option: str, known: Known) -> list[str]:
    """The orders and cases that stand beside one option, as the log names them."""
    orders = [f"order/{one.reference}" for one in _orders_beside(option, known)]
    if option != Option.ORDER:
        return orders
    return [*orders, *(f"case/{one.case}" for one in known.to_consider if one.to_decide or one.offered)]


def _orders_beside(option: str, known: Known) -> list[Order]:
    if option == Option.ORDER:
        return [*known.standing, *known.not_made, *known.past[:_MOST]]
    if option == Option.BAIL_CONDITION:
        return known.conditions
    return [order for order, _condition in _required(known)] if option == Option.BEHAVIOUR_PROGRAMME else []


def _required(known: Known) -> list[tuple[Order, Condition]]:
    """What orders that stand require of somebody, beside what they forbid."""
    standing = {one.pk for one in known.standing}
    return [
        (story.order, one)
        for story in known.stories
        if story.order.pk in standing and story.made
        for one in story.made[-1].conditions.all()
        if one.is_requirement
    ]


def _of_orders(known: Known, _now: datetime) -> Iterator[str]:
    for order in _orders_beside(Option.ORDER, known):
        yield _order_words(order)
    for one in known.to_consider:
        if one.to_decide:
            kinds = "; ".join(kind_words(kind) for kind in one.to_decide)
            yield _("To be decided in case %(case)s: %(kinds)s") % {"case": one.case, "kinds": kinds}
        elif one.offered:
            kinds = "; ".join(kind_words(kind) for kind in one.offered)
            yield _("There to be considered in case %(case)s: %(kinds)s") % {"case": one.case, "kinds": kinds}


def _order_words(order: Order) -> str:
    kind, status = kind_words(order.kind, is_interim=order.is_interim), ORDER_STATUS[order.status].words
    if order.ended_at is not None:
        until = until_words(order)
    elif order.last_day is not None:
        until = _("until %(day)s") % {"day": day_words(order.last_day)}
    else:
        until = _("until further order") if order.is_indefinite else ""
    return f"{order.reference}, {kind}: {status}" + (f" ({until})" if until else "")


def _of_bail(known: Known, now: datetime) -> Iterator[str]:
    for order in known.conditions:
        yield _order_words(order)
    for one in known.arrests:
        if one.bail_ends_on is not None and one.bail_ends_on >= day_of(now):
            yield _("Police bail until %(day)s") % {"day": day_words(one.bail_ends_on)}


def _of_arrests(known: Known, now: datetime) -> Iterator[str]:
    recent = [one for one in known.arrests if now - one.at <= _A_YEAR]
    for one in recent[:_MOST]:
        words = _("Arrested on %(day)s for the breach of an order") if one.is_for_breach else _("Arrested on %(day)s")
        yield words % {"day": day_words(day_of(one.at))}
    if len(recent) > _MOST:
        more = len(recent) - _MOST
        yield ngettext("And %(number)s arrest more in a year", "And %(number)s arrests more in a year", more) % {
            "number": more
        }
    if not recent:
        yield _("No arrest of the last year is recorded.")
    yield _("The register holds no warrants: ask the court.")


def _of_programmes(known: Known, _now: datetime) -> Iterator[str]:
    for order, condition in _required(known):
        yield condition_words(condition, order)


_TOLD: Final[Mapping[str, Callable[[Known, datetime], Iterator[str]]]] = {
    Option.ORDER: _of_orders,
    Option.BAIL_CONDITION: _of_bail,
    Option.ARREST: _of_arrests,
    Option.BEHAVIOUR_PROGRAMME: _of_programmes,
}


def _tried(option: str, stories: Sequence[PlanStory]) -> Iterator[str]:
    """In which plans it was used, and what became of them: what followed is told by the rates."""
    for story in reversed(stories):
        one = story.standing
        used = next((each for each in one.options if each.option == option), None) if one else None
        if one is None or used is None or used.choice != Choice.USE:
            continue
        said = {
            "day": day_words(day_of(one.row.known_from)), "words": used.words,
            "forums": ", ".join(each.upper() for each in used.forums),
        }  # fmt: skip
        if used.forums:
            yield _("Referred to %(forums)s by the plan of %(day)s: %(words)s") % said
        elif story.ended is None:
            yield _("Used by the plan of %(day)s: %(words)s") % said
        else:
            yield _("Used by the plan of %(day)s, which has ended: %(words)s") % said
