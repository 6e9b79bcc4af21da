"""Reads of the ledger: breaches by what told of them, and each with everything recorded of it."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from django.db.models import BooleanField, Case, Exists, F, Model, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from craffu.access.acting import Acting
from craffu.access.asking import prepared
from craffu.access.reach.queries import shut_to
from craffu.breaches.ledger.kinds import SAID, STANDING_AS, FoundBy, Standpoint
from craffu.breaches.ledger.shut import open_sources, without_shut_reasons
from craffu.breaches.ledger.states import Status
from craffu.breaches.models import (
    Breach,
    BreachAnswer,
    BreachMove,
    BreachOfOrder,
    BreachSource,
    MismatchExplained,
    StandpointTaken,
)
from craffu.breaches.standpoints.rules import CourtResult, PoliceDecision
from craffu.common.lookups import ExistsOfEach  # registers `one_of` and `few_of` as well
from craffu.orders.models import Order
from craffu.people.queries import belonging_now


def find_breach(by: Acting, reference: str) -> Breach | None:
    """The breach with this reference; None where there is none for this reader. One query."""
    rows = Breach.objects.for_user(by).filter(reference=reference)
    found: Breach | None = rows.select_related("case", "respondent", "victim", "joined_to", "raised_by").first()
    return found


def breaches_number(by: Acting) -> int:
    """How many breaches and possible breaches there are for this reader. One query."""
    return int(Breach.objects.for_user(by).count())


def kept_under(by: Acting, found: Collection[tuple[FoundBy, str]]) -> dict[tuple[str, str], Breach]:
    """The breaches kept under what told of them, joined to another or not. One query."""
    keys = frozenset(key for _, key in found)
    rows = Breach.objects.for_user(by).filter(key__one_of=keys).select_related("joined_to")
    wanted = {(kind.value, key) for kind, key in found}
    return {(one.found_by, one.key): one for one in rows if (one.found_by, one.key) in wanted}


def kept_as(by: Acting, found: Collection[tuple[FoundBy, str]]) -> dict[tuple[str, str], Breach]:
    """The same; of one that was joined to another, that other, which keeps what is told."""
    return {key: one.joined_to or one for key, one in kept_under(by, found).items()}


def case_it_is_shut_with(by: Acting, reference: str) -> str:
    """The case with which a breach is shut to the reader, its reference alone; empty where there is none they may know of.

    No query for whoever sees everything, two at most.
    """
    if by.sees_all:
        return ""
    rows = Breach.objects.for_user(by.joining()).filter(reference=reference, case__isnull=False)
    case = rows.values_list("case__reference", flat=True).first()
    named = {case} if case else set()
    return next(iter(shut_to(by, "case", named) - by.hidden.get("case", frozenset())), "")


def told_of_already(
    by: Acting, told: Mapping[tuple[str, str], tuple[int, Collection[tuple[str, str, str]]]]
) -> dict[tuple[str, str], Breach]:
    """Of incidents that are kept under no key of their own, the breach of the same person of which one of their sources tells.

    `told` names for each its respondent's record and its sources, each by kind, system and key: a charge that came before the
    crime, or a suspect who was named later. Three queries.
    """
    keys = frozenset(key for _, sources in told.values() for _, _, key in sources)
    rows = BreachSource.objects.for_user(by).filter(key__one_of=keys).select_related("breach__joined_to").order_by("id")
    by_source: dict[tuple[str, str, str], list[Breach]] = defaultdict(list)
    for row in rows if keys else ():
        by_source[row.kind, row.source, row.key].append(row.breach.joined_to or row.breach)
    respondents = {one.respondent_id for several in by_source.values() for one in several}
    whose = belonging_now(by, respondents | {record for record, _ in told.values()}) if respondents else {}
    found: dict[tuple[str, str], Breach] = {}
    for named, (record, sources) in told.items():
        for breach in (each for source in sources for each in by_source.get(source, ())):
            is_same = breach.respondent_id == record or whose.get(breach.respondent_id) == whose.get(record, 0)
            if is_same and named not in found:
                found[named] = breach
    return found


@dataclass(frozen=True, slots=True)
class BreachStory:
    """Everything recorded of one breach, each in the order in which it was recorded."""

    breach: Breach
    ties: tuple[BreachOfOrder, ...]
    sources: tuple[BreachSource, ...]
    words: tuple[StandpointTaken, ...]
    moves: tuple[BreachMove, ...]
    answers: tuple[BreachAnswer, ...] = ()
    explained: tuple[MismatchExplained, ...] = ()
    # What a list asks of each of fifty many times over is worked out once.
    _holding: tuple[BreachOfOrder, ...] = field(init=False, repr=False, compare=False)
    _standing: Mapping[str, StandpointTaken] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_holding", tuple(_holding(self.ties)))
        in_turn = sorted(self.words, key=lambda one: (one.at, one.pk))
        object.__setattr__(self, "_standing", {one.standpoint: one for one in in_turn})

    @property
    def holding(self) -> list[BreachOfOrder]:
        """What it broke or may have broken, by the last word about each order and condition.

        An order of which a condition is named is not said again as a whole.
        """
        return list(self._holding)

    def standing(self, standpoint: Standpoint) -> StandpointTaken | None:
        """The last word of a standpoint: by when it was taken, then as it was recorded."""
        return self._standing.get(standpoint)

    @property
    def is_proved(self) -> bool:
        word = self.standing(Standpoint.COURT)
        return word is not None and word.decision == CourtResult.PROVED

    @property
    def asked_again(self) -> datetime | None:
        """Since when somebody has to decide what had been decided before; None where nobody has."""
        last = next((one for one in reversed(self.moves) if one.move), None)
        return last.known_from if last is not None and last.to_status == Status.POSSIBLE else None

    @property
    def last_word(self) -> int:
        """The row number of the last word of any standpoint; 0 where there is none."""
        return max((one.pk for one in self.words), default=0)


def _holding(ties: Iterable[BreachOfOrder]) -> list[BreachOfOrder]:
    last = {(one.order_id, one.condition_id): one for one in ties}
    held = [one for one in last.values() if one.holds]
    named = {one.order_id for one in held if one.condition_id is not None}
    return [one for one in held if one.condition_id is not None or one.order_id not in named]


# What a history shows of each: whose words they were, and what was said in them, stays where it is kept.
_OF_HISTORIES: Final[Mapping[type[Model], tuple[str, ...]]] = {
    BreachOfOrder: (
        "breach", "holds", "reasons", "flags", "known_from", "order__reference", "order__respondent", "order__ended_at",
        "order__main__made_at", "order__main__ended_at", "condition__number", "condition__type", "condition__terms__number",
        "taken_from",
    ),
    BreachSource: ("breach", "kind", "source", "key", "record", "said_at", "known_from", "taken_from"),
    StandpointTaken: (
        "breach", "standpoint", "decision", "at", "incident_on", "conditions", "source", "known_from", "taken_from",
    ),
    BreachMove: ("breach", "move", "to_status", "known_from"),
    BreachAnswer: ("breach", "question", "answer", "known_from"),
    MismatchExplained: ("breach", "code", "standing", "known_from"),
}  # fmt: skip


def stories_of_breaches(
    by: Acting, breaches: Sequence[Breach], known_at: datetime | None = None, *, of_history: bool = False
) -> dict[int, BreachStory]:
    """All of these breaches as known now or at an instant, by row number. Six queries, however many they are, and one more where
    something came with another breach. Seven more at most for whoever does not see every case.

    A history shows where each stands and not how it came there: `of_history` asks for the moves of those alone that the police
    held for none and have to decide anew, and of the rest for what a history shows and no more (nothing that is
    kept encrypted).
    """
    numbers = frozenset(one.pk for one in breaches)

    def known[R: Model](model: type[R], *along: str) -> dict[int, tuple[R, ...]]:
        among = refused if of_history and model is BreachMove else numbers
        if not among:
            return {}
        found: dict[int, list[R]] = defaultdict(list)
        for row in _told_of(by, among, known_at, model=model, along=along, of_history=of_history):
            found[row.breach_id].append(row)
        return {number: tuple(several) for number, several in found.items()}

    def told[R: (BreachOfOrder, BreachSource, StandpointTaken)](
        rows: dict[int, tuple[R, ...]],
    ) -> dict[int, tuple[R, ...]]:
        """What came with a breach that was parted again, by then, is not told of this one."""
        if not into:
            return rows

        def is_told(one: R) -> bool:
            return one.taken_from_id is None or into[one.taken_from_id] == one.breach_id

        return {number: tuple(filter(is_told, several)) for number, several in rows.items()}

    refused: frozenset[int] = frozenset()
    all_ties = known(BreachOfOrder, "order__main", "condition__terms")
    all_sources, all_words = known(BreachSource, "by"), known(StandpointTaken, "by")
    into = _joined(by, (all_ties, all_sources, all_words), known_at)
    ties, sources, words = told(all_ties), open_sources(by, told(all_sources)), told(all_words)
    if not of_history:
        without_shut_reasons(by, words)
    open_ = {one.pk for one in breaches if getattr(one, then("status", known_at), Status.POSSIBLE) == Status.POSSIBLE}
    refused = frozenset(
        one.breach_id
        for several in words.values()
        for one in several
        if one.decision == PoliceDecision.NO_BREACH and one.breach_id in open_
    )
    moves = known(BreachMove, "by", "other")
    answers = known(BreachAnswer, "by")
    explained = known(MismatchExplained, "by")
    return {
        one.pk: BreachStory(
            one, ties.get(one.pk, ()), sources.get(one.pk, ()), words.get(one.pk, ()), moves.get(one.pk, ()),
            answers.get(one.pk, ()), explained.get(one.pk, ()),
        )
        for one in breaches
    }  # fmt: skip


@prepared
def _told_of(
    by: Acting,
    among: frozenset[int],
    known_at: datetime | None,
    *,
    model: type[Any],
    along: tuple[str, ...],
    of_history: bool,
) -> QuerySet[Any]:
    """What one kind of rows tells of these breaches."""
    rows: QuerySet[Any] = model.objects.for_user(by).filter(breach__one_of=among)
    if of_history:
        shown = _OF_HISTORIES[model]
        along = tuple(sorted({name.rpartition("__")[0] for name in shown} - {""}))
        rows = rows.only(*along, *shown)
    if along:
        rows = rows.select_related(*along)
    if known_at is not None:
        rows = rows.filter(known_from__lte=known_at)
    return rows.order_by("id")


def _joined(
    by: Acting, told: Iterable[Mapping[int, tuple[Any, ...]]], known_at: datetime | None
) -> dict[int, int | None]:
    """To which breach each that some of these rows were taken from is joined, now or at an instant; None is to none.

    One query, and none where nothing was taken.
    """
    rows = (one for of_each in told for several in of_each.values() for one in several)
    taken = frozenset(one.taken_from_id for one in rows if one.taken_from_id)
    if not taken:
        return {}
    into = _joined_now(by, taken) if known_at is None else _joined_then(by, taken, known_at)
    return {one: into.get(one) for one in taken}


def _joined_now(by: Acting, taken: frozenset[int]) -> dict[int, int | None]:
    """To which breach each that something was taken from is joined, though it be shut to the reader itself. One query."""
    rows = Breach.objects.for_user(by.joining()).filter(pk__one_of=taken)
    return dict(rows.order_by().values_list("pk", "joined_to"))


def _joined_then(by: Acting, taken: frozenset[int], known_at: datetime) -> dict[int, int | None]:
    """The same at an instant. One query."""
    rows = BreachMove.objects.for_user(by.joining()).filter(breach__one_of=taken, known_from__lte=known_at)
    moves = rows.exclude(move="")
    last = {one.breach_id: one for one in moves.order_by("number")}
    return {number: one.other_id if one.to_status == Status.JOINED else None for number, one in last.items()}


def story_of_breach(by: Acting, breach: Breach, known_at: datetime | None = None) -> BreachStory:
    """All of one breach. Six queries, however much there is."""
    return stories_of_breaches(by, [breach], known_at)[breach.pk]


def orders_held_against(by: Acting, breach: Breach) -> list[Order]:
    """The orders open to the reader that a breach is held to have broken, or may have, the first begun first. Two queries."""
    rows = BreachOfOrder.objects.for_user(by.joining()).filter(breach=breach).order_by("id")
    last = {(one.order_id, one.condition_id): one.holds for one in rows}
    holding = {order for (order, _condition), holds in last.items() if holds}
    orders = Order.objects.for_user(by).filter(pk__in=sorted(holding)).select_related("main").order_by("id")
    return list(orders) if holding else []


def breaches_by_number(by: Acting, numbers: Iterable[int]) -> list[Breach]:
    rows = Breach.objects.for_user(by).filter(pk__one_of=frozenset(numbers)).select_related("case", "victim")
    return list(rows.order_by("id"))


def breaches_against(
    by: Acting, records: Collection[int], known_at: datetime | None = None, *, has_words: bool = False
) -> QuerySet[Breach]:
    """The history of whoever these source records are, the latest incident first, by the last instant at which it may have
    happened: what nobody can date is not hidden behind years. What is joined to another is of that one.

    IDN-06, BRC-07: what no source says was a breach, and was found because of an order against somebody who is another person as
    links stand, is in no history. As known at an instant each row says how it stood then under the names of `then`; the last word
    of each standpoint, which costs more than the rest, only with `has_words`.
    """
    among = frozenset(records)
    rows: QuerySet[Breach] = Breach.objects.for_user(by).filter(respondent__few_of=among)
    ties = BreachOfOrder.objects.for_user(by).filter(breach=OuterRef("pk"), order__respondent__one_of=among)
    ties = told_then(by, ties, known_at)
    rows = rows.filter(joined_to=None) if known_at is None else _as_known(by, rows, known_at, has_words=has_words)
    is_said = {then("is_said", known_at): True}
    return rows.filter(Q(**is_said) | ExistsOfEach(ties)).order_by("-happened_to", "-id")


def then(name: str, known_at: datetime | None) -> str:
    """What a row of `breaches_against` calls its status, its last words, and whether a source says that it was a breach."""
    return name if known_at is None else f"{name}_then"


def told_then[R: Model](by: Acting, rows: QuerySet[R], known_at: datetime | None) -> QuerySet[R]:
    """What is told of a breach, now or as known: not what came with another that was parted from it again, though that other be
    shut to the reader itself.
    """
    if known_at is None:
        return rows.filter(Q(taken_from=None) | Q(taken_from__joined_to=F("breach")))
    moves = BreachMove.objects.for_user(by.joining()).filter(breach=OuterRef("taken_from"), known_from__lte=known_at)
    last = Subquery(moves.exclude(move="").order_by("-number").values("to_status")[:1])
    known: QuerySet[Any] = rows.filter(known_from__lte=known_at).annotate(taken_then=Coalesce(last, Value("")))
    return known.filter(Q(taken_from=None) | Q(taken_then=Status.JOINED.value))


def _as_known(by: Acting, rows: QuerySet[Breach], known_at: datetime, *, has_words: bool) -> QuerySet[Breach]:
    """What a row repeats of others, as these were known at an instant: later words, moves and sources are not among them."""

    def known[R: Model](model: type[R]) -> QuerySet[R]:
        found: QuerySet[R] = model.objects.for_user(by)  # type: ignore[attr-defined]
        return told_then(by, found.filter(breach=OuterRef("pk")), known_at)

    moves = BreachMove.objects.for_user(by).filter(breach=OuterRef("pk"), known_from__lte=known_at)
    moved_to = moves.order_by("-number").values("to_status")[:1]
    recorded = known(StandpointTaken).filter(standpoint=Standpoint.POLICE, decision=PoliceDecision.BREACH)
    told = Exists(known(BreachSource).filter(kind__in=sorted(SAID)))
    said = Q(found_by__in=sorted(SAID)) | Q(told) | Q(Exists(recorded.exclude(source_key="")))
    last = {
        f"{name}_then": Coalesce(
            Subquery(
                known(StandpointTaken).filter(standpoint=standpoint).order_by("-at", "-id").values("decision")[:1]
            ),
            Value(""),
        )
        for name, standpoint in (STANDING_AS.items() if has_words else ())
    }
    known_then: QuerySet[Any] = rows.filter(raised_at__lte=known_at).annotate(
        status_then=Coalesce(Subquery(moved_to), Value(Status.POSSIBLE.value)),
        is_said_then=Case(When(said, then=Value(True)), default=Value(False), output_field=BooleanField()),
        **last,
    )
    return known_then.exclude(**{then("status", known_at): Status.JOINED.value})


def told_by(by: Acting, kind: FoundBy, source: str, keys: Collection[str]) -> Mapping[str, list[int]]:
    """The breaches of which each of these keys of a source tells, by row number. One query."""
    rows = BreachSource.objects.for_user(by).filter(kind=kind.value, source=source, key__one_of=frozenset(keys))
    found: dict[str, list[int]] = defaultdict(list)
    for key, breach in rows.order_by("id").values_list("key", "breach_id"):
        found[key].append(breach)
    return found
