"""What an officer at a door reads: the words that stand now, what a breach of each order is, and how fresh all of it is (P07)."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.conf import settings
from django.utils.translation import gettext as _

from craffu.breaches.charging.rules import gravity
from craffu.breaches.ledger.yearly import Counted
from craffu.clocks.london import day_of, local_time, start_of
from craffu.documents.papers import Said, Words
from craffu.orders.effect.rules import (
    Enforceable,
    Period,
    Term,
    Version,
    begins_at,
    enforceable,
    term_in_force,
    version_at,
)
from craffu.orders.models import Condition, Order, OrderProposal, OrderTerms, ServiceAttempt
from craffu.orders.papers.rules import printed_as_law
from craffu.orders.proposing.rules import Does, may_be_about
from craffu.orders.queries import OrderStory, as_happened, checked_terms, found_to_differ
from craffu.orders.terms.rules import Label
from craffu.people.queries import Identity
from craffu.web.court.words import day_words, instant_words
from craffu.web.orders import words as order_words
from craffu.web.orders.opening import order_link
from craffu.web.orders.presenters import last_compared, terms_line, until_words
from craffu.web.papers.card import breach_words, excuse_words, law_words, liable_words
from craffu.web.people.presenters import age_words, also_recorded, born_words, name_shown
from craffu.web.presenters import Link, Params, Text

# From when on a source's silence is a warning: the project's own decision, as nothing records how often each is expected.
SILENT_FOR: Final = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Fact:
    """One line of facts: what it is, and what is said of it, each in a language of its own where that is not the page's."""

    key: Text
    said: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class ConditionNow:
    """A condition word for word, a plain line, and what limits it."""

    number: int
    words: tuple[Said, ...]
    plain: Text
    beside: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OrderNow:
    """One order that stands: what is doubtful first, then what is so, its words, and what a breach of it is."""

    link: Link
    kind: str
    status: Params
    warnings: tuple[str, ...]
    before: tuple[Fact, ...]
    version: str
    conditions: tuple[ConditionNow, ...]
    after: tuple[Fact, ...]


def _fact(key: Text, *said: Words) -> Fact:
    told = [one if isinstance(one, Said) else Said(one) for one in said]
    return Fact(key, tuple(one for one in told if one.words))


def bar(identity: Identity, now: datetime, badges: Sequence[Params]) -> Params:
    """Who it is, as short as somebody at a door needs it, and by which names else they were found."""
    facts = [
        *also_recorded(identity.other_names),
        {"label": _("Age"), "text": age_words(identity, day_of(now))},
        {"label": _("Born"), "text": born_words(identity)},
        {"label": _("Reference"), "text": identity.reference},
    ]
    return {"title": {"text": name_shown(identity)}, "headingLevel": 1, "facts": facts, "badges": [*badges]}


def as_of(now: datetime) -> str:
    return _("Terms at %(time)s, %(day)s") % {"time": f"{local_time(now):%H:%M}", "day": day_words(day_of(now))}


def by_gravity(orders: Iterable[tuple[Order, Enforceable]], stories: Mapping[int, OrderStory]) -> list[Order]:
    """The most serious first; of equals the one made last."""
    newest = sorted(orders, key=lambda one: (one[0].made_at is not None, one[0].made_at, one[0].pk), reverse=True)
    return [
        order
        for order, found in sorted(
            newest, key=lambda one: gravity(stories[one[0].pk].kind, one[1], is_interim=one[0].is_interim)
        )
    ]


def standing_at(story: OrderStory, at: datetime) -> OrderTerms | None:
    """The version in force at an instant; before the first begins, that one (ORD-15)."""
    versions = [Version(one.number, one.applies_from) for one in story.made if one.applies_from is not None]
    number = version_at(versions, at)
    return next((one for one in story.made if one.number == number), story.made[0] if story.made else None)


def orders_now(
    stories: Mapping[int, OrderStory],
    protected: Mapping[int, Sequence[tuple[int, Identity]]],
    changes: Collection[OrderProposal],
    now: datetime,
) -> list[OrderNow]:
    """Every order that stands, the most serious first."""
    found = {pk: enforceable(one.kind, as_happened(one.order), now) for pk, one in stories.items()}
    sorted_ = by_gravity([(one.order, found[pk]) for pk, one in stories.items()], stories)
    return [_order(stories[one.pk], found[one.pk], protected.get(one.pk, ()), changes, now) for one in sorted_]


def _order(
    story: OrderStory,
    found: Enforceable,
    protected: Sequence[tuple[int, Identity]],
    changes: Collection[OrderProposal],
    now: datetime,
) -> OrderNow:
    order, kind = story.order, story.kind
    terms = standing_at(story, now)
    names = [f"{name_shown(one)} ({one.reference})" for _record, one in protected]
    return OrderNow(
        order_link(order.reference),
        order_words.kind_words(order.kind, is_interim=order.is_interim),
        order_words.ORDER_STATUS[order.status].tag,
        tuple(_warnings(story, terms, changes)),
        (
            _fact(_("In force"), str(order_words.IN_FORCE_BECAUSE[found.in_force_because])),
            _fact(_("Until"), until_words(order)),
            _fact(_("Served"), *_served(order, story.attempts)),
            _fact(order_words.prevailing(order.kind).label, _compared(order, terms)),
            _fact(_("When it binds"), *_binds(story, found)),
        ),
        terms_line(terms) if terms else "",
        tuple(_condition(one, terms, story, now) for one in (terms.conditions.all() if terms else ())),
        (
            _fact(_("Protects"), "; ".join(names) or _("Nobody is named here. Read the conditions.")),
            _fact(_("A breach is"), *breach_words(kind, found)),
            _fact(_("Arrest power"), law_words(kind, kind.effect.arrest)),
            _fact(_("Reasonable excuse"), _excuse(story)),
        ),
    )


def _warnings(story: OrderStory, terms: OrderTerms | None, changes: Collection[OrderProposal]) -> Iterable[str]:
    for one in changes:
        about = may_be_about(story.order.kind, one.kind) and one.is_interim == story.order.is_interim
        if about and story.order.made_at is not None and one.made_on >= day_of(story.order.made_at):
            said = {"day": day_words(one.made_on)}
            if one.does == Does.ENDS:
                yield (
                    _("Ended or discharged at court on %(day)s, it seems, and not entered here: ring the court desk.")
                    % said
                )
            else:
                yield _("Varied at court on %(day)s, new terms not received: ring the court desk.") % said
    prevailing = order_words.prevailing(story.order.kind)
    for each in found_to_differ(terms):
        said = {"differs": each.differs, "when": instant_words(each.at)}
        yield prevailing.differ_so % said
    if later := [one for one in story.made if terms and one.number > terms.number]:
        yield _("Other words apply later: %(version)s") % {"version": terms_line(later[0])}
    if terms is None:
        yield str(prevailing.not_typed)


def _served(order: Order, attempts: Sequence[ServiceAttempt]) -> list[Words]:
    if order.served_at is None:
        said: list[Words] = [_("No. Service is not recorded.")]
    else:
        last = next((one for one in reversed(attempts) if one.result == "served"), None)
        who = (last.server or (last.by.name if last.by else "")) if last else ""
        how = str(order_words.METHODS.get(last.method, "")) if last else ""
        said = [_("Yes, %(facts)s") % {"facts": ", ".join(filter(None, [instant_words(order.served_at), how, who]))}]
    if order.aware_at is not None:
        said.append(_("Known to have been aware from %(when)s") % {"when": instant_words(order.aware_at)})
    return said


def _compared(order: Order, terms: OrderTerms | None) -> str:
    """ORD-20: words that nobody else compared stay to be read, and say so."""
    held = checked_terms(terms)
    if terms is None or held is None or held.label == Label.NOT_CHECKED:
        return str(order_words.prevailing(order.kind).not_checked)
    last = last_compared(terms)
    said = {"name": last.by.name, "when": instant_words(last.at)}
    return _("Compared word for word by %(name)s, %(when)s") % said


def _binds(story: OrderStory, found: Enforceable) -> list[Words]:
    """From when a breach counts, and the kind's own words about its effect, as the catalogue has them."""
    own = printed_as_law(story.kind, story.kind.effect.begins_in_words)
    law: list[Words] = [_("The law, as the catalogue words it:"), Said(own, "en")] if own else []
    return [*liable_words(found), *law]


def _excuse(story: OrderStory) -> str:
    if said := excuse_words(story.kind):
        return (
            said if not story.kind.effect.reasonable_excuse else _("Yes: it is a defence. Ask, and note what they say.")
        )
    return _("Not confirmed: get legal advice.")


def _condition(one: Condition, terms: OrderTerms | None, story: OrderStory, now: datetime) -> ConditionNow:
    spoken = "cy" if terms is not None and terms.language == "cy" else "en"
    said = [Said(one.words, spoken), *([Said(one.words_cy, "cy")] if one.words_cy else [])]
    beside = []
    if one.first_day:
        beside.append(_("From %(day)s") % {"day": day_words(one.first_day)})
    if one.last_day:
        beside.append(_("Until %(day)s") % {"day": day_words(one.last_day)})
    order = story.order
    whole = Period(begins_at(story.kind, as_happened(order)), order.last_day, (order.ended_at,))
    own = Term(str(one.number), start_of(one.first_day) if one.first_day else None, one.last_day)
    if whole.holds(now) and not term_in_force(own, whole, now):
        beside.append(_("This condition does not apply today"))
    if one.supervisor:
        beside.append(_("Supervised by %(name)s") % {"name": one.supervisor})
    return ConditionNow(one.number, tuple(said), order_words.CONDITION_TYPES.get(one.type, one.type), tuple(beside))


def yearly_words(counted: Counted, now: datetime) -> str:
    """One line, each count by its own name; what is possible is not counted as a breach."""
    year = local_time(now).year
    if not counted.alleged and not counted.possible:
        return _("No breach has been received in %(year)s.") % {"year": year}
    return _(
        "Breaches in %(year)s, reported: %(alleged)s. Held for breaches by the police: %(accepted)s. Proved by a court: "
        "%(proved)s. Possible, not decided and not counted: %(possible)s."
    ) % {
        "year": year, "alleged": counted.alleged, "accepted": counted.accepted, "proved": counted.proved,
        "possible": counted.possible,
    }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Feeds:
    """How fresh the page is: what has been silent for long, as a warning, and the rest in a line."""

    silent: tuple[str, ...]
    heard: tuple[str, ...]


def feeds(heard: Mapping[str, datetime], now: datetime) -> Feeds:
    """When police and courts were last heard (INT-06). Nothing is hidden where they were not."""
    said: list[tuple[bool, str]] = []
    court, police = heard.get("court-results"), heard.get("rms")
    if court is None:
        said.append((True, _("Court results are not available: none has been received yet.")))
    else:
        words = _("Court results last received: %(when)s. Newer results may exist.")
        said.append((now - court > SILENT_FOR, words % {"when": instant_words(court)}))
    if police is None:
        said.append((True, _("Police records are not available: none has been received yet.")))
    else:
        words = _("Police records last received: %(when)s. Newer records may exist.")
        said.append((now - police > SILENT_FOR, words % {"when": instant_words(police)}))
    return Feeds(tuple(one for is_old, one in said if is_old), tuple(one for is_old, one in said if not is_old))


def duty_call() -> Link | None:
    """Whom to ring, where the force has set a number."""
    number = settings.CRAFFU_DUTY_NUMBER.strip()
    if not number:
        return None
    # Of +44 (0)1267 nobody dials the nought.
    digits = "".join(one for one in number.replace("(0)", "") if one.isdigit() or one == "+")
    return Link(_("Call the duty coordinator: %(number)s") % {"number": number}, f"tel:{digits}")
