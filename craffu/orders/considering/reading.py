"""Everything recorded of cases that bears on which orders are to be considered in them, read for many cases at once."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property, lru_cache
from typing import Any, Final, overload

from django.db.models import Min, QuerySet, Subquery

from craffu.access.acting import Acting
from craffu.access.asking import prepared
from craffu.access.later import together
from craffu.cases.models import Case, CaseRole, CaseStage, CaseVersion, Offence, RiskEvent
from craffu.cases.risk.rules import ACT_OF_1997, STALKING_FLAG, Asks, asks_for_assessment
from craffu.cases.states import OVER, Stage
from craffu.common import lookups  # noqa: F401 (registers `one_of`)
from craffu.common.written import instants_of, list_of, written, written_instants
from craffu.orders.considering.rules import Reopening
from craffu.orders.models import (
    ConsiderationOpened,
    FactAsked,
    NotPursuedChallenged,
    OptionDecided,
    Order,
    OrderMove,
)
from craffu.people.models import Person
from craffu.people.queries import identities, members
from craffu.people.rules import birth_precision

SUSPECTED: Final = (CaseRole.Role.SUSPECT, CaseRole.Role.DEFENDANT)
# The Home Office class of stalking.
STALKING_CLASS: Final = "8Q"
# What people record of a case that opens the question for every kind.
REOPENS: Final = {Asks.NEW_REPORT.value: Reopening.NEW_REPORT, Asks.POSSIBLE_BREACH_RAISED.value: Reopening.BREACH}


@dataclass(frozen=True, slots=True)
class Respondent:
    """Somebody suspected in a case: the person they are, by which records, since when we know, and when they were born."""

    reference: str
    records: tuple[int, ...]
    known_from: datetime
    born: date | None

    @property
    def key(self) -> int:
        """What they are known by in due work: their first record in the case."""
        return self.records[0]


@dataclass(frozen=True, slots=True)
class CaseRead:
    """What a page that shows a case has read of it already: the case, its stages in order, its suspects and its orders.

    `orders` is None where the page did not read them.
    """

    case: Case
    stages: Sequence[CaseStage]
    respondents: Sequence[Respondent]
    orders: Sequence[Order] | None = None

    @property
    def is_answered(self) -> bool:
        """Whether a later report can open anything: some kind may be answered, or the case was over when we heard of it.

        Whatever is offered is asked from that day on, and a question that is open is opened by nothing.
        """
        return self.orders is None or bool(self.orders) or any(one.stage in OVER for one in self.stages[:1])


class Further(Sequence[tuple[datetime, datetime]]):
    """Reports in order: since when each was made and known, and when it was made. Read where it is looked at."""

    def __init__(self, written: Sequence[tuple[str, str]]) -> None:
        self._written = written

    def __len__(self) -> int:
        return len(self._written)

    @overload
    def __getitem__(self, at: int) -> tuple[datetime, datetime]: ...
    @overload
    def __getitem__(self, at: slice) -> "Further": ...
    def __getitem__(self, at: int | slice) -> "tuple[datetime, datetime] | Further":
        if isinstance(at, slice):
            return Further(self._written[at])
        known, made = self._written[at]
        return datetime.fromisoformat(known), datetime.fromisoformat(made)


@dataclass
class CaseTold:
    """What is recorded of one case of stalking or harassment; each list in the order in which it was recorded."""

    pk: int
    reference: str
    known_from: datetime
    # Whether a crime of the kind was recorded.
    is_of_the_kind: bool = False
    stalking_since: datetime | None = None
    reported_at: datetime | None = None
    # Each report of the kind, as the database writes when it was made and known: there may be thousands, and few are looked at.
    # None are read where no later one can open anything.
    written: list[tuple[str, str]] = field(default_factory=list, repr=False)
    stages: list[CaseStage] = field(default_factory=list)
    # Of each record the offences alleged, with how they ended.
    offences: dict[int, dict[int, str | None]] = field(default_factory=dict)
    is_at_court: bool = False
    respondents: list[Respondent] = field(default_factory=list)
    events: list[RiskEvent] = field(default_factory=list)
    facts: list[FactAsked] = field(default_factory=list)
    opened: list[ConsiderationOpened] = field(default_factory=list)
    orders: list[Order] = field(default_factory=list)
    moves: list[OrderMove] = field(default_factory=list)
    decisions: list[OptionDecided] = field(default_factory=list)
    challenges: list[NotPursuedChallenged] = field(default_factory=list)

    def add(
        self, first: datetime, is_of_the_kind: bool, is_stalking: bool, reports: Iterable[tuple[str, ...]] = ()
    ) -> None:
        """Crimes of one kind: when the first of them was reported, and every report where they are read."""
        if is_of_the_kind:
            self.is_of_the_kind = True
            self.reported_at = min(self.reported_at or first, first)
            self.written += [(made, known) for made, known in reports]
        if is_stalking:
            self.stalking_since = min(self.stalking_since or first, first)

    @cached_property
    def _first_known(self) -> dict[str, str]:
        """Each report once, by when it was made, the last made first: known since it was first told of."""
        return dict(sorted(self.written, reverse=True))

    @cached_property
    def further(self) -> "Further":
        """Each report after the first."""
        made = list(self._first_known)[:-1]
        known = map(max, made, self._first_known.values())
        return Further(sorted(zip(known, made, strict=False)))

    @property
    def is_asked(self) -> bool:
        return self.is_at_court or self.is_of_the_kind

    @property
    def opened_at(self) -> datetime:
        """As its first crime of the kind was reported, else as we first heard of it."""
        return self.reported_at or self.known_from

    @property
    def stage(self) -> Stage | None:
        return Stage(self.stages[-1].stage) if self.stages else None


def cases_told(
    by: Acting,
    cases: Collection[int],
    known_at: datetime | None = None,
    read: CaseRead | None = None,
    said_until: datetime | None = None,
) -> dict[int, CaseTold]:
    """Of these cases those of stalking or harassment, now or as known at an instant. Fifteen queries at most.

    `read` is what was read already of one case, where it is the only one asked about; `said_until` leaves out what people said
    and did of the orders later than that.
    """
    if read is None:
        rows = Case.objects.for_user(by).filter(pk__in=sorted(cases)).values_list("pk", "reference", "known_from")
    else:
        rows = [(read.case.pk, read.case.reference, read.case.known_from)]
    found = {pk: CaseTold(pk, reference, known_from) for pk, reference, known_from in rows}
    _add_crimes(by, found, known_at, read)
    asked = {pk: told for pk, told in found.items() if told.is_asked}
    if asked:
        _add_course(by, asked, known_at, read)
        _add_said(by, asked, known_at, said_until or known_at)
        _add_orders(by, asked, said_until or known_at, read)
    return asked


def _known(rows: QuerySet[Any], known_at: datetime | None, when: str = "known_from") -> QuerySet[Any]:
    return rows if known_at is None else rows.filter(**{f"{when}__lte": known_at})


def _add_crimes(by: Acting, found: Mapping[int, CaseTold], known_at: datetime | None, read: CaseRead | None) -> None:
    """What the police recorded and what is alleged: by these a case is of the kind, or is not."""
    wanted = frozenset(found)
    is_alike = read is not None and not read.is_answered
    crimes, alleged = (_said if is_alike else _crimes).later(by, wanted, known_at), _alleged.later(by, wanted, known_at)
    together(crimes, alleged)
    if not is_alike:
        _add_reports(found, crimes.answer)
    elif not _add_alike(found, crimes.answer):
        _add_reports(found, _crimes(by, wanted, known_at))
    for pk, case, record, code, ended, since in alleged.answer:
        told = found[case]
        told.is_at_court |= code.startswith(ACT_OF_1997)
        offences = told.offences.setdefault(record, {})
        offences.setdefault(pk, None)
        if ended is not None and (known_at is None or since <= known_at):
            offences[pk] = ended


def _add_reports(found: Mapping[int, CaseTold], crimes: Iterable[Any]) -> None:
    for case, *crime, first, reports in crimes:
        found[case].add(first, *_kind_of(*crime), instants_of(reports))


def _add_alike(found: Mapping[int, CaseTold], crimes: Sequence[Any]) -> bool:
    """Whether all crimes of a case are of one kind, as they mostly are: of thousands of them the first report says enough."""
    (told,) = found.values()
    kinds = {_kind_of(*crime) for *crime, _first in crimes}
    if len(kinds) == 1:
        told.add(crimes[0][-1], *kinds.pop())
    return len(kinds) <= 1


@prepared
def _said(by: Acting, case: frozenset[int], known_at: datetime | None) -> QuerySet[Any, Any]:
    """In what words the crimes of one case are told of, and when the first of all was reported."""
    sent = _known(CaseVersion.objects.for_user(by).filter(case__one_of=case), known_at)
    first = Subquery(sent.order_by("reported_at").values("reported_at")[:1])
    words = sent.order_by().values_list("home_office_class", written("flags"), "offence_code")
    told: QuerySet[Any, Any] = words.annotate(first=first).distinct()
    return told


@prepared
def _crimes(by: Acting, cases: frozenset[int], known_at: datetime | None) -> QuerySet[Any, Any]:
    """One row for all that are told of in the same words: a case of thousands of reports says nearly all of them in few."""
    sent = _known(CaseVersion.objects.for_user(by).filter(case__one_of=cases), known_at).order_by()
    alike = sent.values_list("case_id", "home_office_class", written("flags"), "offence_code")
    told: QuerySet[Any, Any] = alike.annotate(
        first=Min("reported_at"), reports=written_instants("reported_at", "known_from")
    )
    return told


@prepared
def _alleged(by: Acting, cases: frozenset[int], known_at: datetime | None) -> QuerySet[Any, Any]:
    alleged = _known(Offence.objects.for_user(by).filter(case__one_of=cases), known_at)
    said = ("pk", "case_id", "role__record_id", "code", "outcomes__kind", "outcomes__known_from")
    return alleged.order_by("id", "outcomes__id").values_list(*said)


@lru_cache(maxsize=1000)
def _kind_of(home_office_class: str, flags: str, code: str) -> tuple[bool, bool]:
    """Whether a crime asks for an assessment, and whether it is stalking: very many are told of in the same few words."""
    named = list_of(flags)
    is_stalking = home_office_class == STALKING_CLASS or STALKING_FLAG in named
    return asks_for_assessment(home_office_class, named, code), is_stalking


def _add_course(by: Acting, asked: Mapping[int, CaseTold], known_at: datetime | None, read: CaseRead | None) -> None:
    """Who is suspected, and the stages a case came to."""
    if read is None:
        for case, those in suspects(by, asked, known_at).items():
            asked[case].respondents = those
        came_to = CaseStage.objects.for_user(by).filter(case__one_of=frozenset(asked))
        for stage in _known(came_to, known_at).order_by("id"):
            asked[stage.case_id].stages.append(stage)
    else:
        (told,) = asked.values()
        told.respondents, told.stages = list(read.respondents), list(read.stages)


@prepared
def _happened(by: Acting, cases: frozenset[int], known_at: datetime | None) -> QuerySet[RiskEvent]:
    events = RiskEvent.objects.for_user(by).filter(case__one_of=cases, kind__in=sorted(REOPENS)).defer("words")
    return _known(events, known_at).order_by("id")


def suspects(by: Acting, cases: Collection[int], known_at: datetime | None = None) -> dict[int, list[Respondent]]:
    """Who is suspected in each of these cases, each person once, the first named first. Three queries."""
    roles = CaseRole.objects.for_user(by).filter(case__one_of=frozenset(cases), role__in=SUSPECTED)
    parts = list(_known(roles, known_at).order_by("id"))
    mine = members(by, known_at).filter(record__one_of=frozenset(part.record_id for part in parts))
    people = {one.record_id: one.person for one in mine.select_related("person").order_by()}
    born = {pk: one.born_on for pk, one in identities(by, set(people.values()), known_at).items()}
    found: dict[int, list[CaseRole]] = {}
    for part in parts:
        found.setdefault(part.case_id, []).append(part)
    return {case: as_respondents(those, people, born) for case, those in found.items()}


def as_respondents(
    roles: Iterable[CaseRole], people: Mapping[int, Person], born: Mapping[int, str]
) -> list[Respondent]:
    """The suspects among the parts played in one case, by the person of each record and when each person was born."""
    parts: dict[int, list[CaseRole]] = {}
    for role in roles:
        if role.role in SUSPECTED and role.record_id in people:
            parts.setdefault(people[role.record_id].pk, []).append(role)
    return [
        Respondent(
            people[those[0].record_id].reference,
            tuple(sorted({one.record_id for one in those})),
            min(one.known_from for one in those),
            _day(born.get(person, "")),
        )
        for person, those in parts.items()
    ]


def _day(born: str) -> date | None:
    """A birthday that is known to the day; of any other no age is certain."""
    return date.fromisoformat(born) if birth_precision(born) == "day" else None


def _add_said(by: Acting, asked: Mapping[int, CaseTold], known_at: datetime | None, until: datetime | None) -> None:
    """What happened that opens the question for every kind, what was asked, and what was opened."""
    wanted = frozenset(asked)
    happened = _happened.later(by, wanted, known_at)
    facts, opened = _facts.later(by, wanted, until), _opened.later(by, wanted, until)
    together(happened, facts, opened)
    for event in happened.answer:
        asked[event.case_id].events.append(event)
    for fact in facts.answer:
        asked[fact.case_id].facts.append(fact)
    for one in opened.answer:
        asked[one.case_id].opened.append(one)


def _add_orders(by: Acting, asked: Mapping[int, CaseTold], known_at: datetime | None, read: CaseRead | None) -> None:
    """What was decided, and how each order moved. Without an order nothing was decided."""
    wanted = frozenset(asked)
    orders: Iterable[Order]
    if read is None or read.orders is None:
        orders = _known(Order.objects.for_user(by).filter(case__one_of=wanted), known_at).order_by("id")
    else:
        orders = read.orders
    for order in orders:
        if order.case_id is not None:
            asked[order.case_id].orders.append(order)
    if not any(told.orders for told in asked.values()):
        return
    moves = OrderMove.objects.for_user(by).filter(order__case__one_of=wanted).defer("words").select_related("order")
    for move in _known(moves, known_at).order_by("order_id", "number"):
        asked[move.order.case_id].moves.append(move)
    decided = OptionDecided.objects.for_user(by).filter(case__one_of=wanted).select_related("by", "agreed_by", "order")
    for decision in _known(decided, known_at, "at").order_by("id"):
        asked[decision.case_id].decisions.append(decision)
    if not any(told.decisions for told in asked.values()):
        return
    challenges = NotPursuedChallenged.objects.for_user(by).filter(decision__case__one_of=wanted)
    challenges = challenges.select_related("decision", "by")
    for challenge in _known(challenges, known_at, "at").order_by("id"):
        asked[challenge.decision.case_id].challenges.append(challenge)


@prepared
def _facts(by: Acting, cases: frozenset[int], known_at: datetime | None) -> QuerySet[FactAsked]:
    facts = FactAsked.objects.for_user(by).filter(case__one_of=cases).select_related("by")
    return _known(facts, known_at).order_by("id")


@prepared
def _opened(by: Acting, cases: frozenset[int], known_at: datetime | None) -> QuerySet[ConsiderationOpened]:
    return _known(ConsiderationOpened.objects.for_user(by).filter(case__one_of=cases), known_at).order_by("id")
