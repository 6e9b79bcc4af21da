"""A person's complete breach history over the links as they stand, now or as known at an earlier instant (IDN-06, BRC-07).

As known, nothing shows that was said, linked or joined later. A page reads its own fifty incidents and what is counted; how many
others there are costs it next to nothing (B6).
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import batched
from typing import Any, Final, NamedTuple

from django.db.models import (
    BigIntegerField,
    BooleanField,
    Count,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Sum,
    Value,
)
from django.db.models.functions import Coalesce

from craffu.access.acting import Acting
from craffu.access.asking import prepared
from craffu.access.later import Later, together
from craffu.breaches.due import DECIDE, INSPECTOR, MISMATCH
from craffu.breaches.history.facts import (
    Counts,
    Disagreement,
    Disagreements,
    Narrowed,
    OrderCounts,
    Proved,
    Row,
    Seen,
)
from craffu.breaches.history.rules import How, Link, Standing, counts_of, strongest, weakest
from craffu.breaches.ledger.queries import BreachStory, breaches_against, stories_of_breaches, then, told_then
from craffu.breaches.ledger.shut import is_charge
from craffu.breaches.models import Breach, BreachMismatch, BreachOfOrder, BreachSource, HistoryPrinted
from craffu.breaches.standpoints.reading import do_not_agree, orders_reviewed
from craffu.breaches.standpoints.rules import CourtResult, Mismatch, Reviewed
from craffu.cases.number_queries import court_numbers_later
from craffu.clocks.london import end_of, start_of
from craffu.common import lookups  # noqa: F401 (registers `one_of`)
from craffu.linkage.queries import PairStory, ends_waiting, stories_joining
from craffu.linkage.rules import Human
from craffu.orders.life.then import orders_as_known
from craffu.orders.models import Order, OrderTerms
from craffu.orders.queries import orders_of_records
from craffu.people.models import Membership, Person, SourceRecord
from craffu.people.queries import people_of_records, person_and_records, records_of
from craffu.people.rules import record_name
from craffu.work.models import WorkItem
from craffu.work.states import ItemState

# Of what does not agree a page lists so many, those first that have stood longest.
MOST_LISTED: Final = 10
# As known earlier, so many are asked whether they did not agree then either.
_MOST_ASKED: Final = 200
# Whoever reads all of it reads so many at once.
_AT_ONCE: Final = 500


def seen(by: Acting, person: Person, known_at: datetime | None = None) -> Seen:
    """Whose history is read. One query."""
    return Seen(person, tuple(records_of(by, person, known_at)), known_at)


def find_seen(by: Acting, person: str, known_at: datetime | None = None) -> Seen | None:
    """The same by the person's reference; None where there is none for this reader. One query."""
    found, records = person_and_records(by, person, known_at)
    return None if found is None else Seen(found, tuple(records), known_at)


def incidents(by: Acting, of: Seen, asked: Narrowed | None = None) -> QuerySet[Breach]:
    """The history, the latest incident first, or the part of it that is asked for."""
    is_any = asked is not None and asked.is_any
    rows = breaches_against(by, of.records, of.known_at, has_words=is_any)
    return rows.filter(*_parts(by, of, asked)) if asked is not None and is_any else rows


def _parts(by: Acting, of: Seen, asked: Narrowed) -> Iterator[Q | Exists]:
    court = then("court", of.known_at)
    if asked.order:
        yield Exists(_holding(by, of).filter(order__reference=asked.order))
    if asked.source:
        yield Exists(_known(by, BreachSource.objects.for_user(by), of).filter(kind=asked.source.value))
    if asked.view:
        yield ~Q(**{then(asked.view.value, of.known_at): ""})
    if asked.proved is Proved.OPEN:
        yield Q(**{court: ""})
    elif asked.proved:
        is_proved = Q(**{court: CourtResult.PROVED.value})
        yield is_proved if asked.proved is Proved.YES else ~is_proved & ~Q(**{court: ""})
    if asked.first:
        yield Q(happened_to__gte=start_of(asked.first))
    if asked.last:
        yield Q(happened_from__lt=end_of(asked.last))
    if asked.is_disagreeing:
        yield Exists(_open(by, of.known_at).filter(breach=OuterRef("pk")))


def _known(by: Acting, rows: QuerySet[Any], of: Seen) -> QuerySet[Any]:
    """What is told of the incident at hand, as known."""
    return told_then(by, rows.filter(breach=OuterRef("pk")), of.known_at)


def _holding(by: Acting, of: Seen) -> QuerySet[BreachOfOrder]:
    """The ties of the incident at hand to orders that hold: no later word about the same condition takes them back."""
    ties = _known(by, BreachOfOrder.objects.for_user(by), of)
    return ties.filter(~Exists(_taken_back(by, of, "")), holds=True)


def _taken_back(by: Acting, of: Seen, tie: str) -> QuerySet[BreachOfOrder]:
    """Later words that take back what a tie says, which lies at `tie` from the row at hand."""
    outer = {name: OuterRef(f"{tie}{name}") for name in ("breach", "order", "condition", "pk")}
    rows: QuerySet[BreachOfOrder] = BreachOfOrder.objects.for_user(by).filter(
        breach=outer["breach"], order=outer["order"], holds=False, pk__gt=outer["pk"]
    )
    rows = rows.annotate(which=Coalesce("condition", 0)).filter(which=Coalesce(outer["condition"], 0))
    return rows if of.known_at is None else rows.filter(known_from__lte=of.known_at)


_OF_AN_ORDER: Final = ("recorded", "charged", "proved", "not_proved", "no_action")


def counts(by: Acting, of: Seen, waiting: Collection[int] = ()) -> Counts:
    """What is on record, each count named. `waiting` are the records of `awaiting`. One query."""
    whole = _counted(_overall_of(by, frozenset(of.records), of.known_at))
    return _as_counts([*whole, *(_asked_together([_unlinked(by, of, waiting)]) if waiting else [])])


@prepared
def _overall_of(by: Acting, records: frozenset[int], known_at: datetime | None) -> QuerySet[Breach, Any]:
    return _overall(by, records, known_at)


def counted(by: Acting, of: Seen, waiting: Collection[int] = ()) -> tuple[Counts, list[OrderCounts]]:
    """`counts`, and what is counted of each order: the newest first, those too that nobody broke; last of none.

    Two queries; one more where an incident broke several orders, one where it broke an order against somebody who is another
    person as links stand, and one as known earlier, when an order stands as it stood then.
    """
    return counted_whole(by, of, waiting)[:2]


def counted_whole(by: Acting, of: Seen, waiting: Collection[int] = ()) -> tuple[Counts, list[OrderCounts], int | None]:
    """The same, and how much does not agree of all of it: None as known earlier, when it is asked of what was known then."""
    if of.known_at is None and not waiting:
        found = _counted(_as_it_stands(by, frozenset(of.records)))
    else:
        parts = [_standing(by, of.records)] if of.known_at is None else _as_it_stood(by, of)
        found = _asked_together([*parts, *([_unlinked(by, of, waiting)] if waiting else [])])
    if any(one.of_several for one in found):
        found += _asked_together([_tied(by, of, breaches_against(by, of.records).filter(of_several=True))])
    of_each: dict[int, list[_Alike]] = defaultdict(list)
    for one in found:
        if one.part != _WAITING and one.what != _OF_ANY:
            of_each[one.what].append(one.alike)
    named = {what: counts_of(several) for what, several in of_each.items()}
    against = orders_of_records(by, of.records)
    others = frozenset(named) - {one.pk for one in against} - {_OF_NONE}
    if others:
        against = [*against, *Order.objects.for_user(by).filter(pk__one_of=others)]
    stood = against if of.known_at is None else orders_as_known(by, against, of.known_at)
    known = {one.pk: one for one in stood}
    listed = [_of_order(order, named.get(number, {})) for number, order in sorted(known.items(), reverse=True)]
    untied = _of_order(None, named.get(_OF_NONE, {}))
    disagreeing = sum(one.disagreeing for one in found if one.part == _WHOLE) if of.known_at is None else None
    return _as_counts(found), [*listed, *([untied] if untied != OrderCounts(None) else [])], disagreeing


# Every incident once; again by each order, where it is of several; those on records that wait.
_WHOLE, _AGAIN, _WAITING = 0, 1, 2
# Beside an order by its row number: of none, and of several or whichever.
_OF_NONE, _OF_ANY = -1, -2

type _Alike = tuple[Standing, int]


class _Counted(NamedTuple):
    """How many stand alike, in which part of the count and of which order; and how much does not agree of them."""

    part: int
    what: int
    of_several: bool
    alike: _Alike
    disagreeing: int


def _asked_together(parts: Sequence[QuerySet[Any]]) -> list[_Counted]:
    """What is counted of these parts, in one query. The database counts."""
    return _counted(parts[0].union(*parts[1:], all=True).order_by() if len(parts) > 1 else parts[0])


def _counted(asked: Iterable[Any]) -> list[_Counted]:
    found = []
    for part, what, several, *standing, number, disagreeing in asked:
        of = _OF_ANY if several else _OF_NONE if what is None else what
        found.append(_Counted(part, of, bool(several), (Standing(*standing), number), disagreeing))
    return found


def _as_counts(found: Iterable[_Counted]) -> Counts:
    of_part: dict[int, list[_Alike]] = defaultdict(list)
    for one in found:
        of_part[one.part].append(one.alike)
    waiting = counts_of(of_part[_WAITING])
    unlinked = waiting.get("recorded", 0) + waiting.get("undecided", 0)
    return Counts(**counts_of(of_part[_WHOLE]), unlinked=unlinked)


def _of_order(order: Order | None, found: Mapping[str, int]) -> OrderCounts:
    return OrderCounts(order, **{name: found.get(name, 0) for name in (*_OF_AN_ORDER, "undecided")})


@prepared
def _as_it_stands(by: Acting, records: frozenset[int]) -> QuerySet[Breach, Any]:
    return _standing(by, records)


def _standing(by: Acting, records: Collection[int]) -> QuerySet[Any]:
    """Of what each row repeats of its orders; those alone that broke several are counted again by their ties."""
    return _alike(breaches_against(by, records), None, _WHOLE, F("of_order"), F("of_several"))


def _as_it_stood(by: Acting, of: Seen) -> list[QuerySet[Any]]:
    rows = breaches_against(by, of.records, of.known_at, has_words=True)
    untied = _alike(rows.filter(~Exists(_holding(by, of))), of.known_at, _AGAIN, _always(_OF_NONE))
    return [_overall(by, of.records, of.known_at), _tied(by, of, rows), untied]


def _overall(by: Acting, records: Collection[int], known_at: datetime | None) -> QuerySet[Any]:
    return _alike(breaches_against(by, records, known_at, has_words=True), known_at, _WHOLE, _always(_OF_ANY))


def _unlinked(by: Acting, of: Seen, waiting: Collection[int]) -> QuerySet[Any]:
    """What stands on records of which somebody has yet to say whether they are this person's."""
    theirs = breaches_against(by, (*of.records, *waiting), of.known_at, has_words=True)
    return _alike(theirs.filter(respondent__one_of=frozenset(waiting)), of.known_at, _WAITING, _always(_OF_ANY))


def _tied(by: Acting, of: Seen, rows: QuerySet[Breach]) -> QuerySet[Any]:
    """Of these incidents, by each order that is held to have been broken."""
    is_told: Q | Exists = Q(orders__taken_from=None) | Q(orders__taken_from__joined_to=F("pk"))
    if of.known_at is not None:
        ties = BreachOfOrder.objects.for_user(by).filter(pk=OuterRef("orders__pk"))
        is_told = Exists(told_then(by, ties, of.known_at))
    tied = rows.filter(is_told, ~Exists(_taken_back(by, of, "orders__")), orders__holds=True)
    return _alike(tied, of.known_at, _AGAIN, F("orders__order"), is_once=False)


def _always(what: int) -> Value:
    return Value(what, BigIntegerField())


_NOT_SEVERAL: Final = Value(False, BooleanField())


def _alike(
    rows: QuerySet[Breach],
    known_at: datetime | None,
    part: int,
    what: Value | F,
    several: Value | F = _NOT_SEVERAL,
    *,
    is_once: bool = True,
) -> QuerySet[Any]:
    """How many of these stand alike, by what they are of. Grouped by record first, as an index has them: nothing is sorted.

    `is_once` says that each is among the rows once.
    """
    names = [then(name, known_at) for name in Standing._fields]
    grouped: QuerySet[Any] = rows.order_by().values(
        "respondent", *names, part=_always(part), of_what=what, with_several=several
    )
    found: QuerySet[Any] = grouped.annotate(number=Count("pk", distinct=not is_once), disagree=Sum("disagreeing"))
    return found.values_list("part", "of_what", "with_several", *names, "number", "disagree")


def versions_of(by: Acting, of: Seen, orders: Collection[int]) -> dict[int, list[tuple[int, datetime]]]:
    """Each version of the words of these orders, as known: its number and from when it applies. One query."""
    rows = OrderTerms.objects.for_user(by).filter(order__one_of=frozenset(orders), applies_from__isnull=False)
    rows = rows if of.known_at is None else rows.filter(known_from__lte=of.known_at)
    found: dict[int, list[tuple[int, datetime]]] = defaultdict(list)
    for order, number, applies_from in rows.order_by("number").values_list("order_id", "number", "applies_from"):
        found[order].append((number, applies_from))
    return found


class Listed:
    """The history, or the part of it that is asked for, as a list is read that is shown page by page: one query for a part.

    The database picks the part by what an index holds, and reads those alone whole.
    """

    def __init__(self, by: Acting, of: Seen, asked: Narrowed | None = None) -> None:
        self._by, self._of, self._asked = by, of, asked

    def count(self) -> int:
        return incidents(self._by, self._of, self._asked).count()

    def __getitem__(self, part: slice) -> list[Breach]:
        by, of = self._by, self._of
        if self._asked is None or not self._asked.is_any:
            return _part_of(by, frozenset(of.records), of.known_at, first=part.start, most=part.stop - part.start)
        return list(_chosen(by, of.records, of.known_at, incidents(by, of, self._asked), part))


@prepared
def _part_of(
    by: Acting, records: frozenset[int], known_at: datetime | None, *, first: int, most: int
) -> QuerySet[Breach]:
    """A part of a history of which nothing in particular is asked for."""
    return _chosen(by, records, known_at, breaches_against(by, records, known_at), slice(first, first + most))


def _chosen(
    by: Acting, records: Collection[int], known_at: datetime | None, rows: QuerySet[Breach], part: slice
) -> QuerySet[Breach]:
    chosen = rows.order_by("-happened_to", "-id").values("pk")[part]
    return _whole(by, records, known_at).filter(pk__in=chosen).order_by("-happened_to", "-id")


# What a row shows of the incident itself.
_SHOWN: Final = (
    "reference", "respondent", "happened_from", "happened_to", "is_day_only", "status", "is_said", "is_past", "risk", "raised_at",
)  # fmt: skip


def _whole(by: Acting, records: Collection[int], known_at: datetime | None) -> QuerySet[Breach]:
    """Rows that are known to be of this history, with all that is shown of them: as known earlier, with how each stood then."""
    rows = Breach.objects.for_user(by) if known_at is None else breaches_against(by, records, known_at)
    shown_of_each: QuerySet[Breach] = rows.only(*_SHOWN)
    return shown_of_each


def shown(
    by: Acting,
    of: Seen,
    listed: Sequence[Breach],
    per_order: Iterable[OrderCounts],
    disagreeing: int | None,
    now: datetime,
    most: int = MOST_LISTED,
) -> tuple[list[Row], Disagreements]:
    """These incidents, each with all that is recorded of it, and what does not agree of the whole history, the longest standing
    first, read together.

    The clock keeps what does not agree; what was cleared up since it last ran is left out. `per_order` and `disagreeing` are
    those of `counted_whole`. Ten queries, however much there is.
    """
    kept = _longest_then(by, of) if disagreeing is None else _longest(by, of, most) if disagreeing else []
    total = len(kept) if disagreeing is None else disagreeing
    breaches = {one.pk: one for one in (*(row.breach for row in kept), *listed)}
    told = _told(by, of, list(breaches.values()))
    open_ = frozenset(one.order.pk for one in per_order if one.order is not None)
    return _rows(by, of, listed, told, open_, now), _disagreements(by, of, kept, total, told, now, most)


def rows_of(by: Acting, of: Seen, breaches: Sequence[int], now: datetime) -> list[Row]:
    """These incidents of a history in the order given, each with all that is recorded of it. Twelve queries, however many."""
    if not breaches:
        return []
    rows = breaches_against(by, of.records, of.known_at).filter(pk__one_of=frozenset(breaches)).only(*_SHOWN)
    found = {one.pk: one for one in rows}
    return _rows_alone(by, of, [found[number] for number in breaches if number in found], now)


def row_of(by: Acting, breach: Breach, now: datetime) -> Row:
    """One incident as it is known now, with what joins its record to whoever that is. Fourteen queries at most."""
    person = people_of_records(by, [breach.respondent_id])[breach.respondent_id]
    [row] = _rows_alone(by, seen(by, person), [breach], now)
    return row


@dataclass(frozen=True, slots=True)
class _Told:
    """What is recorded of some incidents, by row number, and when the orders that they broke were reviewed."""

    stories: Mapping[int, BreachStory]
    reviewed: Mapping[int, Reviewed]

    def held(self, breach: int) -> list[BreachOfOrder]:
        return self.stories[breach].holding

    def do_not_agree(self, breach: int, at: datetime) -> list[Mismatch]:
        return do_not_agree(self.stories[breach], self.reviewed, at)


def _told(by: Acting, of: Seen, breaches: Sequence[Breach]) -> _Told:
    stories = stories_of_breaches(by, breaches, of.known_at, of_history=True)
    # A review is asked of what a court found proved, and of nothing else (M8).
    proved = [one for one in stories.values() if one.is_proved]
    orders = [one.order for story in proved for one in story.holding]
    return _Told(stories, orders_reviewed(by, orders, of.known_at))


def _rows_alone(by: Acting, of: Seen, listed: Sequence[Breach], now: datetime) -> list[Row]:
    told = _told(by, of, listed)
    orders = {each.order_id for one in listed for each in told.held(one.pk)}
    open_ = Order.objects.for_user(by).filter(pk__one_of=frozenset(orders)).order_by().values_list("pk", flat=True)
    return _rows(by, of, listed, told, frozenset(open_), now)


def _rows(
    by: Acting, of: Seen, listed: Sequence[Breach], told: _Told, open_: frozenset[int], now: datetime
) -> list[Row]:
    """`open_` are the orders open to the reader."""
    held = {one.pk: told.held(one.pk) for one in listed}
    rests_on = {one.pk: _rests_on(of, one, held[one.pk]) for one in listed}
    sources = [each for one in listed for each in told.stories[one.pk].sources]
    recorded = {each.record_id for each in sources if each.record_id is not None}
    named = {record for several in rests_on.values() for record in several}
    at_court = court_numbers_later(by, {int(each.key) for each in sources if is_charge(each)})
    links, rows = _links_and_records(by, of, named, named | recorded | {one.respondent_id for one in listed}, at_court)
    names, keyed = _names(rows), {one.pk: f"{one.source}/{one.source_key}" for one in rows}
    numbers = {str(charge): several for charge, several in at_court.answer.items()}
    return [
        Row(
            story=told.stories[one.pk],
            status=getattr(one, then("status", of.known_at)),
            is_said=getattr(one, then("is_said", of.known_at)),
            ties=tuple(each for each in held[one.pk] if each.order_id in open_),
            is_partly_shut=any(each.order_id not in open_ for each in held[one.pk]),
            link=weakest(links[record] for record in sorted(rests_on[one.pk])),
            records=names,
            keyed=keyed,
            at_court=numbers,
            mismatches=tuple(told.do_not_agree(one.pk, of.known_at or now)),
        )
        for one in listed
    ]


def _rests_on(of: Seen, breach: Breach, ties: Iterable[BreachOfOrder]) -> set[int]:
    """The records of the person on which it rests: that of whoever did it, and those that the orders are against."""
    return {breach.respondent_id, *(one.order.respondent_id for one in ties)} & {*of.records}


def every_row(by: Acting, of: Seen, now: datetime) -> Iterator[Row]:
    """The whole history, read part by part."""
    numbers = list(incidents(by, of).values_list("pk", flat=True))
    for some in batched(numbers, _AT_ONCE):  # the last is shorter
        yield from rows_of(by, of, some, now)


def printed_of(by: Acting, person: Person, printed_for: str) -> list[HistoryPrinted]:
    """The papers on which this history left for somebody of a kind, the newest first, without their content. One query."""
    rows = HistoryPrinted.objects.for_user(by).filter(person=person, printed_for=printed_for).select_related("by")
    return list(rows.defer("content", "reason").order_by("-id"))


def find_printed(by: Acting, person: Person, number: int) -> HistoryPrinted | None:
    """One paper on which this history left, with its content. One query."""
    rows = HistoryPrinted.objects.for_user(by).filter(person=person, pk=number).select_related("by")
    found: HistoryPrinted | None = rows.first()
    return found


def links_of(by: Acting, of: Seen, records: Collection[int]) -> dict[int, Link]:
    """What joins each of these records to the person, as known. Four queries."""
    return _links_and_records(by, of, records, ())[0]


def links_and_names(by: Acting, of: Seen, records: Collection[int]) -> tuple[dict[int, Link], dict[int, str]]:
    """The same, and what each is called where a history tells of it. Four queries."""
    links, rows = _links_and_records(by, of, records, ())
    return links, _names(rows)


def _names(rows: Iterable[SourceRecord]) -> dict[int, str]:
    return {one.pk: record_name(one.source, one.source_key, one.pk) for one in rows}


def _links_and_records(
    by: Acting, of: Seen, records: Collection[int], named: Collection[int], *beside: Later[Any]
) -> tuple[dict[int, Link], Collection[SourceRecord]]:
    """What joins some records to the person, and these and others themselves. Four queries, one together with those beside."""
    decisions: dict[int, list[Membership]] = defaultdict(list)
    rows: dict[int, SourceRecord] = {}
    asked = _memberships.later(by, frozenset({*records, *named}))
    together(asked, *beside)
    for one in asked.answer:
        rows[one.record_id] = one.record
        if one.record_id in records and (of.known_at is None or one.known_from <= of.known_at):
            decisions[one.record_id].append(one)
    own = {record for record, several in decisions.items() if several[0].person_id == of.person.pk}
    moved = frozenset(records) - own
    joined = stories_joining(by, moved, of.records, of.known_at) if moved else []
    found: dict[int, list[Link]] = defaultdict(list)
    for story in joined:
        link = _link(story)
        for record in story.ends:
            if link is not None and record in moved:
                found[record].append(link)
    links = {
        record: Link(How.OWN, since=decisions[record][0].known_from) if record in own else strongest(found[record])
        for record in records
    }
    return links, rows.values()


@prepared
def _memberships(by: Acting, records: frozenset[int]) -> QuerySet[Membership]:
    """Every decision about whose these records are, in order, with the record."""
    rows: QuerySet[Membership] = Membership.objects.for_user(by).filter(record__one_of=records)
    return rows.select_related("record").order_by("id")


def _link(story: PairStory) -> Link | None:
    """What joins the two records of a pair; None where nothing does."""
    word, score, pair = story.standing, story.score, story.pair.reference
    if word is not None and story.human is not None:
        probability = score.probability if score else None
        is_same = story.human is Human.SAME
        return Link(How.PERSON, word.by.name, word.known_from, probability, pair) if is_same else None
    if score is None or score.probability < score.auto:
        return None
    return Link(How.MODEL, since=score.known_from, probability=score.probability, pair=pair)


def awaiting(by: Acting, of: Seen) -> frozenset[int]:
    """The records of which somebody has yet to say whether they are this person's. One query."""
    return frozenset(ends_waiting(by, of.records, of.known_at)) - frozenset(of.records)


def _open(by: Acting, known_at: datetime | None) -> QuerySet[BreachMismatch]:
    rows: QuerySet[BreachMismatch] = BreachMismatch.objects.for_user(by)
    if known_at is None:
        return rows.filter(until=None)
    return rows.filter(Q(until=None) | Q(until__gt=known_at), since__lte=known_at)


def _longest(by: Acting, of: Seen, most: int) -> list[BreachMismatch]:
    """Those kept that have stood longest. One query."""
    return _stood_longest(by, frozenset(of.records), of.known_at, most=most)


@prepared
def _stood_longest(
    by: Acting, records: frozenset[int], known_at: datetime | None, *, most: int
) -> QuerySet[BreachMismatch]:
    """The longest standing of all are among those of as many incidents, the longest standing first."""
    theirs = breaches_against(by, records).filter(disagreeing__is_some=True)
    among = theirs.order_by("disagrees_since", "id").values("pk")[:most]
    return _with_breach(_open(by, known_at).filter(breach__in=among))[:most]


def _longest_then(by: Acting, of: Seen) -> list[BreachMismatch]:
    """As known earlier: as many as are asked of whether they did not agree then either. One query."""
    is_of = Exists(incidents(by, of).order_by().filter(pk=OuterRef("breach")))
    kept = _open(by, of.known_at).filter(is_of, breach__respondent__few_of=frozenset(of.records))
    return list(_with_breach(kept)[:_MOST_ASKED])


def _with_breach(rows: QuerySet[BreachMismatch]) -> QuerySet[BreachMismatch]:
    """Each with its incident, of which no more is read than is shown."""
    shown = ("code", "since", "breach", *(f"breach__{name}" for name in _SHOWN))
    return rows.select_related("breach").only(*shown).order_by("since", "id")


def _disagreements(
    by: Acting, of: Seen, kept: Sequence[BreachMismatch], total: int, told: _Told, now: datetime, most: int
) -> Disagreements:
    at = of.known_at or now
    stand = {number: told.do_not_agree(number, at) for number in {one.breach_id for one in kept}}
    standing = [one for one in kept if Mismatch(one.code) in stand[one.breach_id]]
    owners = _owners(by, standing[:most]) if of.known_at is None and standing else {}
    listed = tuple(
        Disagreement(
            one.breach.reference, Mismatch(one.code), one.since, *owners.get(one.pk, ("", "")), one.breach.is_past
        )
        for one in standing[:most]
    )
    is_at_least = of.known_at is not None and len(kept) == _MOST_ASKED
    return Disagreements(total - (len(kept) - len(standing)), listed, is_at_least)


@prepared
def _open_work(by: Acting, breaches: tuple[str, ...]) -> QuerySet[WorkItem, Any]:
    """The open work about these breaches that clears up or decides: kind, key, breach, whose and in which queue."""
    items = WorkItem.objects.for_user(by).filter(
        about_kind="breach", about__in=breaches, state=ItemState.OPEN, kind__in=(MISMATCH, DECIDE, INSPECTOR)
    )
    said: QuerySet[WorkItem, Any] = items.order_by("id").values_list("kind", "key", "about", "owner__name", "queue")
    return said


def _owners(by: Acting, rows: Sequence[BreachMismatch]) -> dict[int, tuple[str, str]]:
    """Who has the work of clearing each up, and its queue: of what nobody has decided yet, whoever is to decide."""
    references = sorted({one.breach.reference for one in rows})
    of_mismatch: dict[str, tuple[str, str]] = {}
    deciding: dict[str, tuple[str, str]] = {}
    for kind, key, about, owner, queue in _open_work(by, tuple(references)):
        if kind == MISMATCH:
            of_mismatch[key] = (owner or "", queue)
        else:
            deciding[about] = (owner or "", queue)
    found = {}
    for one in rows:
        item = of_mismatch.get(str(one.pk))
        if item is None and one.code == Mismatch.NO_POLICE_DECISION:
            item = deciding.get(one.breach.reference)
        if item is not None:
            found[one.pk] = item
    return found
