"""How an answer of the search is shown: a card for each person and case, and on each why it answers."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from craffu.access.acting import Acting
from craffu.access.permissions import check_can_break_glass
from craffu.breaches.permissions import check_can_view_terms_now
from craffu.cases.search import WhyCase
from craffu.common.refusals import allows
from craffu.orders.search import OrderHit, WhyOrder
from craffu.people.permissions import check_can_view_person
from craffu.people.queries import Identity
from craffu.people.search.answers import Hit
from craffu.people.search.asking import Asked, BornAsked
from craffu.people.search.by_number import Numbered
from craffu.people.search.matching import Why
from craffu.people.search.ranking import Reason
from craffu.web.court.words import day_words, partial_date_words
from craffu.web.orders import words
from craffu.web.orders.opening import named_link
from craffu.web.people.presenters import age_words, born_words, case_link, name_shown, person_link
from craffu.web.presenters import Text
from craffu.web.references import address_of
from craffu.web.restricted.stubs import Stub
from craffu.web.search.finding import Everything

_WHY: Mapping[Why, Callable[[], str]] = {
    Why.WELSH: lambda: _("Welsh or English form: %(asked)s, recorded %(found)s"),
    Why.NICKNAME: lambda: _("Known as: %(asked)s, recorded %(found)s"),
    Why.VARIANT: lambda: _("Another form of the name: %(asked)s, recorded %(found)s"),
    Why.CHANGED: lambda: _("Welsh mutation: %(asked)s, recorded %(found)s"),
    Why.APART: lambda: _("Written together or apart: %(asked)s, recorded %(found)s"),
    Why.SOUND: lambda: _("Sounds like: %(asked)s, recorded %(found)s"),
    Why.SPELT: lambda: _("Spelt like: %(asked)s, recorded %(found)s"),
    Why.BEGINS: lambda: _("Begins with: %(asked)s, recorded %(found)s"),
    Why.INSIDE: lambda: _("Part of the name: %(asked)s, recorded %(found)s"),
    Why.INITIAL: lambda: _("Initial: %(asked)s, recorded %(found)s"),
}
_NUMBERS: Mapping[str, Callable[[str], str]] = {
    "pnc": lambda number: _("PNC ID: %(number)s") % {"number": number},
    "cro": lambda number: _("CRO number: %(number)s") % {"number": number},
    "asn": lambda number: _("Arrest summons number: %(number)s") % {"number": number},
    "reference": lambda number: _("Reference: %(number)s") % {"number": number},
}
_CASES: Mapping[WhyCase, Callable[[str], str]] = {
    WhyCase.NUMBER: lambda found: _("Reference: %(number)s") % {"number": found},
    WhyCase.STATION: lambda found: _("Recorded at: %(town)s") % {"town": found},
    WhyCase.COURT: lambda found: _("Heard at: %(town)s") % {"town": found},
    WhyCase.HEARD: lambda found: _("Hearing: %(day)s") % {"day": day_words(date.fromisoformat(found))},
}


_ORDERS: Mapping[WhyOrder, Callable[[str], str]] = {
    WhyOrder.REFERENCE: lambda number: _("Reference: %(number)s") % {"number": number},
    WhyOrder.COURT_CASE: lambda number: _("Court case number: %(number)s") % {"number": number},
}


@dataclass(frozen=True, slots=True)
class Card:
    """One person, case or order: what it is called, where it lies (empty where the reader may not open it), facts, reasons."""

    title: Text
    href: str
    reference: str
    facts: tuple[str, ...]
    reasons: tuple[str, ...]
    # Where an officer reads at once what stands against them; empty for whoever may not.
    now: str = ""


@dataclass(frozen=True, slots=True)
class Opens:
    """What of a person the reader may open: their page, and the terms that stand against them."""

    people: bool
    terms: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """An answer as a page shows it."""

    people: tuple[Card, ...]
    cases: tuple[Card, ...]
    orders: tuple[Card, ...]
    stubs: tuple[Stub, ...]
    can_break_glass: bool
    count: str
    are_closest: bool
    is_cut: bool
    searched: str
    is_without_index: bool = False
    # What looks like the number of a case or crime, which the reader's role does not search.
    asks_for_a_case: bool = False

    @property
    def is_empty(self) -> bool:
        return not (self.people or self.cases or self.orders or self.stubs)


def shown(by: Acting, answer: Everything, today: date) -> Shown:
    opens = Opens(allows(check_can_view_person, by), allows(check_can_view_terms_now, by))
    known = answer.identities
    people = [_numbered_card(one, known[one.person], today, opens=opens) for one in answer.numbered]
    people += [_card(hit, known[hit.person], answer.asked, today, opens=opens) for hit in answer.found.hits]
    cases = tuple(
        Card(case_link(hit.reference).text, case_link(hit.reference).href, "", (), (_CASES[hit.why](hit.found),))
        for hit in answer.cases
    )
    orders = tuple(_order_card(hit, answer.bound.get(hit.reference, "")) for hit in answer.orders)
    shut = (*answer.stubs, *(stub for _order, stub in answer.order_stubs))
    counts = [_count(len(people), len(cases) + len(answer.stubs), searches_cases=answer.searches_cases)]
    if orders or answer.order_stubs:
        counts.append(_("Orders found: %(orders)s") % {"orders": len(orders) + len(answer.order_stubs)})
    return Shown(
        people=tuple(people),
        cases=cases,
        orders=orders,
        stubs=shut,
        can_break_glass=bool(shut) and allows(check_can_break_glass, by),
        count=". ".join(counts),
        are_closest=answer.found.are_closest and bool(people) and not answer.numbered,
        is_cut=answer.found.is_cut,
        searched=_searched(searches_cases=answer.searches_cases, searches_orders=answer.searches_orders),
        is_without_index=answer.is_without_index,
        asks_for_a_case=not answer.searches_cases and bool(answer.asked.numbers),
    )


def _order_card(hit: OrderHit, bound: str) -> Card:
    """`bound` is the reference of whom it binds, where the reader may read the terms that stand against them."""
    link = named_link(hit.reference)
    facts = (words.kind_words(hit.kind, is_interim=hit.is_interim), words.ORDER_STATUS[hit.status].words)
    now = address_of("person_now", "person", bound) if bound else ""
    return Card(link.text, link.href, "", tuple(map(str, facts)), (_ORDERS[hit.why](hit.found),), now)


def _count(people: int, cases: int, *, searches_cases: bool) -> str:
    if not searches_cases:
        return _("People found: %(people)s") % {"people": people}
    return _("People found: %(people)s. Cases found: %(cases)s") % {"people": people, "cases": cases}


def _searched(*, searches_cases: bool, searches_orders: bool) -> str:
    said = [_of_people_and_cases(searches_cases=searches_cases)]
    if searches_orders:
        said.append(_("Orders are searched by their reference and by the number of the court’s case."))
    return " ".join(said)


def _of_people_and_cases(*, searches_cases: bool) -> str:
    if searches_cases:
        return _(
            "Searched: names, other names, dates of birth and numbers of people; references, stations, courts and hearing "
            "days of cases. Addresses and telephones are protected and are not searched."
        )
    return _(
        "Searched: names, other names, dates of birth and numbers of people. Addresses and telephones are protected and are "
        "not searched."
    )


def _facts(identity: Identity, today: date) -> tuple[str, ...]:
    said = [
        _("Born: %(day)s") % {"day": born_words(identity)},
        _("Age: %(age)s") % {"age": age_words(identity, today)},
    ]
    if identity.other_names:
        said.append(_("Also recorded as: %(names)s") % {"names": "; ".join(identity.other_names[:3])})
    return tuple(said)


def _numbered_card(one: Numbered, identity: Identity, today: date, *, opens: Opens) -> Card:
    reason = _NUMBERS[one.kind](one.number)
    if one.is_part:
        reason = _("Begins with the number asked for. %(number)s") % {"number": reason}
    return _person(identity, today, (reason,), opens=opens)


def _card(hit: Hit, identity: Identity, asked: Asked, today: date, *, opens: Opens) -> Card:
    reasons = [_reason(one) for one in hit.answer.reasons]
    if hit.is_other_name:
        reasons.append(_("Another name recorded: %(name)s") % {"name": hit.name})
    elif hit.name != identity.name:
        reasons.append(_("Recorded by one system as: %(name)s") % {"name": hit.name})
    if hit.answer.in_other_order:
        reasons.append(_("The same words in another order"))
    if hit.answer.missing:
        reasons.append(_("Words asked for that are not in the name: %(number)s") % {"number": hit.answer.missing})
    reasons += _date_reasons(hit, asked.born)
    if not reasons:
        reasons.append(_("The name as you typed it"))
    return _person(identity, today, tuple(reasons), opens=opens)


def _date_reasons(hit: Hit, born: BornAsked | None) -> list[str]:
    if born is None:
        return []
    day = partial_date_words(hit.born_on) or _("Not given")
    if hit.is_swapped_date:
        return [_("Day and month swapped: born %(day)s") % {"day": day}]
    if hit.is_other_date:
        return [_("Another date of birth: %(day)s") % {"day": day}]
    return [_("Born as asked: %(day)s") % {"day": day}]


def _reason(one: Reason) -> str:
    return _WHY[one.why]() % {"asked": one.asked, "found": one.found}


def _person(identity: Identity, today: date, reasons: tuple[str, ...], *, opens: Opens) -> Card:
    href = person_link(identity.reference).href if opens.people else ""
    now = address_of("person_now", "person", identity.reference) if opens.terms else ""
    return Card(name_shown(identity), href, identity.reference, _facts(identity, today), reasons, now)
