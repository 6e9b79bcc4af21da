"""The only writes of the ledger: an incident once, every source that tells of it, what each standpoint decided (BRC-01, BRC-03).

Whatever raises it, safeguarding contact and heightened follow-up begin in the same transaction (BRC-05). The clock calls
`raise_found`; a person reports.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime

from craffu.access.acting import Acting
from craffu.audit import actions as audit
from craffu.breaches import events
from craffu.breaches.detecting.facts import Broken, Found, SaidBy, Word
from craffu.breaches.ledger.kinds import SAID, STANDING_AS, FoundBy, Standpoint
from craffu.breaches.ledger.moves import Move
from craffu.breaches.ledger.queries import BreachStory, kept_under, stories_of_breaches, told_of_already
from craffu.breaches.ledger.rules import is_past
from craffu.breaches.ledger.states import Status, moved
from craffu.breaches.models import Breach, BreachMove, BreachOfOrder, BreachSource, StandpointTaken
from craffu.breaches.standpoints.rules import CourtResult, PoliceDecision
from craffu.breaches.topics import BREACHES
from craffu.cases.risk.actions import keep_events, keep_facts
from craffu.cases.risk.queries import risks_in
from craffu.cases.risk.rules import Asks, SecondLook
from craffu.common.actions import next_references
from craffu.common.door import action
from craffu.common.locks import lock_until_commit
from craffu.orders.following.actions import raise_told
from craffu.orders.following.rules import Told, Trigger
from craffu.orders.life.states import LIVE
from craffu.orders.models import Order
from craffu.outbox.actions import tell

# By which right a decision was made that the force's own system recorded.
BY_RECORD = "record"


@action
def raise_found(*, by: Acting, found: Sequence[Found], now: datetime) -> int:
    """Keep what records tell: each incident, source and word once, however often it is told. Returns how many are new.

    An incident is decided at once only where the force's own system recorded it as a breach; a rejected one is opened again by a
    source that had not told of it.
    """
    if not found:
        return 0
    lock_until_commit("breaches", by.force.code)
    kept = kept_under(by, [(one.found_by, one.key) for one in found])
    kept |= told_of_already(
        by,
        {
            (one.found_by, one.key): (
                one.respondent,
                [(each.kind.value, each.source, each.key) for each in one.said_by],
            )
            for one in found
            if (one.found_by, one.key) not in kept
        },
    )
    new = [one for one in found if (one.found_by, one.key) not in kept]
    raised = _raise(by, new, now)
    told_more = _tell_more(by, kept, found, now)
    touched = sorted({*(one.pk for one in raised), *told_more})
    if touched:
        tell(force=by.force.code, topic=BREACHES, subjects=touched, at=now)
    if told_more:
        refs = {f"breach/{each.reference}" for one in kept.values() if (each := one.joined_to or one).pk in told_more}
        audit.record(kind=events.BREACH_TOLD_MORE, actor=by.actor, refs=sorted(refs), request=by.request, now=now)
    return len(raised)


def _raise(by: Acting, found: Sequence[Found], now: datetime) -> list[Breach]:
    if not found:
        return []
    orders = _orders(by, {each.order for one in found for each in one.broken})
    risks = risks_in(by, {one.case for one in found if one.case is not None}, now)
    references = next_references(kind="breach", prefix="B", count=len(found))
    numbers = Breach.objects.take_numbers(len(found))
    rows = []
    for one, reference, number in zip(found, references, numbers, strict=True):
        grade = risks[one.case].standing(now).grade if one.case in risks else None
        is_live = any(standing_for(orders[each.order]) is not None for each in one.broken)
        rows.append(
            Breach(
                pk=number, force=by.force, reference=reference, found_by=one.found_by.value, key=one.key,
                respondent_id=one.respondent, victim_id=one.victim, case_id=one.case, happened_from=one.first_at,
                happened_to=one.last_at, is_day_only=one.is_day_only, channel=one.channel or "", in_zone=one.in_zone,
                through_others=one.through_others, at_risk_now=one.at_risk_now, at_risk_id=one.at_risk, known_how=one.known_how,
                risk=grade.value if grade else "", is_past=is_past(one.last_at, now, is_live=is_live),
                is_said=_says_so(one, one.said_by),
                status=(Status.ACCEPTED if is_recorded(one.words) else Status.POSSIBLE).value, raised_at=now,
                moves_made=int(is_recorded(one.words)), raised_by=by.user,
            )
        )  # fmt: skip
    Breach.objects.bulk_create(rows)
    of_each = list(zip(rows, found, strict=True))
    BreachOfOrder.objects.bulk_create(_tie(by, row, each, now) for row, one in of_each for each in one.broken)
    BreachSource.objects.bulk_create(_source(by, row, said, now) for row, one in of_each for said in one.said_by)
    StandpointTaken.objects.bulk_create(_word(by, row, each, now) for row, one in of_each for each in _once(one.words))
    BreachMove.objects.bulk_create(_recorded(by, row, now) for row, one in of_each if is_recorded(one.words))
    audit.record(
        kind=events.BREACH_RAISED, actor=by.actor, refs=[f"breach/{one.reference}" for one in rows], request=by.request,
        now=now,
    )  # fmt: skip
    keep_standing(by, [one.pk for one in rows], now)
    follow_up(by, [(row, [orders[each.order] for each in one.broken]) for row, one in of_each], now)
    return rows


def is_recorded(words: Collection[Word]) -> bool:
    """Whether the force's own system recorded an incident as a breach: that is its decision, made elsewhere."""
    return any(one.standpoint is Standpoint.POLICE and one.decision == PoliceDecision.BREACH for one in words)


def follow_up(by: Acting, raised: Sequence[tuple[Breach, Sequence[Order]]], now: datetime) -> None:
    """Heightened follow-up of the orders that stand, or of what stands in their place, and an assessment asked for in their cases
    (BRC-05, MON-03, RSK-01).

    It is of when it was raised: whoever assessed between the incident and then knew nothing of it.
    """
    asked: dict[int, set[datetime]] = {}
    for breach, orders in raised:
        if breach.is_past:
            continue
        told = Told(Trigger.POSSIBLE_BREACH_RAISED, f"breach:{breach.reference}", breach.happened_from, now)
        standing = [each for one in orders if (each := standing_for(one)) is not None]
        for order in {one.pk: one for one in standing}.values():
            raise_told(by=by, order=order, told=[told], now=now)
        cases = {breach.case_id, *(one.case_id for one in orders)}
        for case in cases:
            if case is not None:
                asked.setdefault(case, set()).add(breach.raised_at)
    keep_events(
        by=by, events={case: sorted(at) for case, at in asked.items()}, kind=Asks.POSSIBLE_BREACH_RAISED, now=now
    )


def standing_for(order: Order) -> Order | None:
    """The order that is watched more closely for what broke this one: itself while it stands, else, of an interim order, the full
    one that took its place and stands (CLK-05). None where neither does.
    """
    return next((one for one in (order, order.main) if one is not None and one.status in LIVE), None)


def _tell_more(by: Acting, kept: Mapping[tuple[str, str], Breach], found: Sequence[Found], now: datetime) -> set[int]:
    """What is told anew of incidents that are kept. Returns the breaches of which something is.

    What was joined to another keeps no more itself: the other does, for as long as they are joined.
    """
    theirs = [
        (own.joined_to or own, own if own.joined_to else None, one)
        for one in found
        if (own := kept.get((one.found_by, one.key))) is not None
    ]
    if not theirs:
        return set()
    numbers = frozenset(breach.pk for breach, *_ in theirs)
    sources = set(
        BreachSource.objects.for_user(by)
        .filter(breach__one_of=numbers)
        .values_list("breach_id", "kind", "source", "key")
    )
    words = set(
        StandpointTaken.objects.for_user(by)
        .filter(breach__one_of=numbers)
        .exclude(source_key="")
        .values_list("breach_id", "standpoint", "source", "source_key")
    )
    ties: dict[tuple[int, int, int | None], BreachOfOrder] = {}
    for row in BreachOfOrder.objects.for_user(by).filter(breach__one_of=numbers).order_by("id"):
        ties[row.breach_id, row.order_id, row.condition_id] = row
    touched: set[int] = set()
    for breach, joined, one in theirs:
        new_ties = [each for each in one.broken if (breach.pk, each.order, each.condition) not in ties]
        new_sources = [
            each
            for each in one.said_by
            if (breach.pk, each.kind.value, each.source, each.key) not in sources
        ]  # fmt: skip
        new_words = [
            each for each in _once(one.words)
            if (breach.pk, each.standpoint.value, each.source, each.source_key) not in words
        ]  # fmt: skip
        if not (new_ties or new_sources or new_words):
            continue
        touched.add(breach.pk)
        # Of two incidents told at once that are one, the second adds only what the first did not.
        ties |= {(breach.pk, each.order, each.condition): _tie(by, breach, each, now, joined) for each in new_ties}
        sources |= {(breach.pk, each.kind.value, each.source, each.key) for each in new_sources}
        words |= {(breach.pk, each.standpoint.value, each.source, each.source_key) for each in new_words}
        BreachOfOrder.objects.bulk_create(_tie(by, breach, each, now, joined) for each in new_ties)
        BreachSource.objects.bulk_create(_source(by, breach, said, now, joined) for said in new_sources)
        StandpointTaken.objects.bulk_create(_word(by, breach, each, now, joined) for each in new_words)
        if _says_so(one, new_sources) and not breach.is_said:
            breach.is_said = True
            breach.save()
        if new_ties:
            orders = _orders(by, {each.order for each in new_ties})
            follow_up(by, [(breach, list(orders.values()))], now)
        move = Move.ACCEPT if is_recorded(new_words) else Move.REOPEN if new_sources or new_ties else None
        if move is not None and (to := moved(breach.status, move)) is not None and _may(breach, move):
            _move(by, breach, move, to, now)
    keep_standing(by, touched, now)
    return touched


def _says_so(found: Found, sources: Iterable[SaidBy]) -> bool:
    """Whether a source says that an order was broken: the one by which it was found, or any other that tells of it."""
    return bool(found.of_kinds) or found.found_by in SAID or any(one.kind in SAID for one in sources)


def keep_standing(by: Acting, breaches: Collection[int], now: datetime) -> None:
    """What each standpoint last said and which order was broken, on the rows of these breaches, and that they are breaches in
    their cases. Called within an action, once words or orders were added.
    """
    rows = list(Breach.objects.for_user(by).filter(pk__in=sorted(breaches)))
    stories = stories_of_breaches(by, rows)
    for row in rows:
        for name, standpoint in STANDING_AS.items():
            word = stories[row.pk].standing(standpoint)
            setattr(row, name, word.decision if word else "")
        orders = {one.order_id for one in stories[row.pk].holding}
        row.of_several = len(orders) > 1
        row.of_order_id = None if row.of_several else next(iter(orders), None)
    Breach.objects.bulk_update(rows, [*STANDING_AS, "of_order", "of_several"])
    keep_as_facts(by, stories.values(), now)


def keep_as_facts(by: Acting, stories: Iterable[BreachStory], now: datetime) -> None:
    """What the police hold for a breach, or a court proved, is a fact in its case and in those of the orders that were broken:
    a 'standard' grade beside it is looked at again, whether or not whoever gave it named it (RSK-04).
    """
    held: dict[str, Collection[int]] = {}
    for story in stories:
        breach = story.breach
        cases = {breach.case_id, *(one.order.case_id for one in story.holding)}
        held[f"breach/{breach.reference}"] = {one for one in cases if one is not None} if is_held(breach) else set()
    keep_facts(by=by, fact=SecondLook.BREACH_OF_ORDER, held=held, now=now)


def is_held(breach: Breach) -> bool:
    """Whether the police hold it for a breach, or a court proved it. What was joined to another is the other's."""
    is_one = breach.police == PoliceDecision.BREACH or breach.court == CourtResult.PROVED
    return is_one and breach.status != Status.JOINED


def _may(breach: Breach, move: Move) -> bool:
    """What a person decided is opened again by new evidence, and decided anew by nobody but a person."""
    if move is Move.ACCEPT:
        return breach.status == Status.POSSIBLE
    return breach.status == Status.REJECTED


def _move(by: Acting, breach: Breach, move: Move, to: Status, now: datetime) -> None:
    breach.status, breach.moves_made = to.value, breach.moves_made + 1
    breach.save()
    BreachMove.objects.create(
        force=by.force, breach=breach, number=breach.moves_made, move=move.value, to_status=to.value, by_right=BY_RECORD,
        known_from=now,
    )  # fmt: skip


def _orders(by: Acting, numbers: Collection[int]) -> dict[int, Order]:
    rows = Order.objects.for_user(by).filter(pk__in=sorted(numbers)).select_related("case", "main")
    return {one.pk: one for one in rows} if numbers else {}


def _once(words: Sequence[Word]) -> list[Word]:
    return list({(one.standpoint, one.source, one.source_key): one for one in words}.values())


def _tie(by: Acting, breach: Breach, one: Broken, now: datetime, joined: Breach | None = None) -> BreachOfOrder:
    return BreachOfOrder(
        force=by.force, breach=breach, order_id=one.order, condition_id=one.condition, reasons=list(one.reasons),
        flags=[flag.value for flag in one.flags], link=one.link, taken_from=joined, by=by.user, known_from=now,
    )  # fmt: skip


def _source(by: Acting, breach: Breach, said: SaidBy, now: datetime, joined: Breach | None = None) -> BreachSource:
    return BreachSource(
        force=by.force, breach=breach, kind=said.kind.value, source=said.source, key=said.key, record_id=said.record,
        said_at=said.said_at, words=said.words, taken_from=joined,
        by=by.user if said.kind is FoundBy.REPORT else None, known_from=now,
    )  # fmt: skip


def _word(by: Acting, breach: Breach, one: Word, now: datetime, joined: Breach | None = None) -> StandpointTaken:
    return StandpointTaken(
        force=by.force, breach=breach, standpoint=one.standpoint.value, decision=one.decision, at=one.at,
        incident_on=one.incident_on, conditions=sorted(one.conditions), reason=one.reason, source=one.source,
        source_key=one.source_key, taken_from=joined, by=by.user, known_from=now,
    )  # fmt: skip


def _recorded(by: Acting, breach: Breach, now: datetime) -> BreachMove:
    return BreachMove(
        force=by.force, breach=breach, number=1, move=Move.ACCEPT.value, to_status=Status.ACCEPTED.value, by_right=BY_RECORD,
        known_from=now,
    )  # fmt: skip
