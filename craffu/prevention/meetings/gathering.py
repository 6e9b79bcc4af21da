"""What a meeting looks at before it decides about somebody: what happened since they were discussed last, or entered (P23).

Facts, and never advice; nothing here is weighed. Of whatever is not open to the reader they are told a number at most.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from craffu.access.acting import Acting
from craffu.breaches.models import Breach
from craffu.cases.models import Case, CaseRole
from craffu.clocks.london import day_of
from craffu.common import lookups  # noqa: F401 (registers `one_of`)
from craffu.common.refusals import allows
from craffu.orders.life.states import LIVE
from craffu.orders.models import Order
from craffu.orders.protecting.queries import people_protected_by
from craffu.orders.queries import orders_of_records, stories_of_orders
from craffu.people.models import Person
from craffu.people.queries import Identity, identities, people_of_records, records_of
from craffu.prevention.cohort.queries import stays_of
from craffu.prevention.deciding.queries import decided_of
from craffu.prevention.meetings.kinds import Since
from craffu.prevention.meetings.queries import decided_before, known_as
from craffu.prevention.meetings.rules import MEETS_EVERY
from craffu.prevention.models import CohortEntered, Meeting, MeetingDecided, ScoreStands
from craffu.prevention.planning.queries import Action, open_plan, plans_of_records
from craffu.prevention.scoring.one import Counted, scheme_kept, scored_alone
from craffu.prevention.scoring.queries import last_run, stands_of
from craffu.prevention.scoring.rules import is_counted
from craffu.victims.models import View
from craffu.victims.permissions import check_can_read_words
from craffu.victims.queries import Victim
from craffu.victims.stories import victims_of_people
from craffu.victims.voice.queries import last_views
from craffu.victims.voice.subjects import MaySee, Subject

_ACCUSED: Final = (CaseRole.Role.SUSPECT, CaseRole.Role.DEFENDANT)


@dataclass(frozen=True, slots=True)
class Stood:
    """A score and its priority as they stood then; None and empty where there was none."""

    value: float | None = None
    tier: str = ""


@dataclass(frozen=True, slots=True)
class Voice:
    """One victim, and the last view of theirs that is recorded, None where none is. Of a view not for the reader no word.

    `records` are all that are held to be theirs.
    """

    identity: Identity
    records: tuple[int, ...]
    view: View | None
    is_withheld: bool


@dataclass(frozen=True, slots=True)
class Gathered:
    """What there is to look at. `shut` are acts in cases that are not open to the reader; `unseen` victims whose page is not."""

    since: datetime
    because: Since
    then: Stood
    stands: ScoreStands | None
    acts: tuple[Counted, ...]
    shut: int
    breaches: tuple[Breach, ...]
    orders: tuple[Order, ...]
    has_plan: bool
    actions: tuple[Action, ...]
    voices: tuple[Voice, ...]
    unseen: int


def gathered(by: Acting, meeting: Meeting, person: Person, now: datetime) -> Gathered:
    """`person` is whoever it is about by now. A number of queries that does not grow with what there is."""
    records = records_of(by, person)
    since, because, then = _since(by, meeting, person, now)
    acts, shut = _acts(by, person, since, now)
    orders = [one for one in orders_of_records(by, records) if one.status in LIVE]
    plan = open_plan(plans_of_records(by, records))
    voices, unseen = _voices(by, records, orders)
    return Gathered(
        since, because, then, stands_of(by, person), acts, shut, _breaches(by, records, since), tuple(orders),
        plan is not None, tuple(plan.open_actions) if plan else (), voices, unseen,
    )  # fmt: skip


def _since(by: Acting, meeting: Meeting, person: Person, now: datetime) -> tuple[datetime, Since, Stood]:
    ever = known_as(by, person)
    before = decided_before(by, meeting, ever)
    if before is not None:
        return before.known_from, Since.LAST_MEETING, Stood(before.score, before.tier)
    entered = _entered(by, meeting, person, ever, now)
    if entered is not None:
        return (
            entered.known_from, Since.ENTRY, Stood(entered.score, entered.kept.tier if entered.kept else ""),
        )  # fmt: skip
    since = now - MEETS_EVERY
    kept = [one for one in decided_of(by, person).kept if one.at <= since]
    return since, Since.FOUR_WEEKS, Stood(kept[-1].value, kept[-1].tier) if kept else Stood()


def _entered(by: Acting, meeting: Meeting, person: Person, ever: frozenset[int], now: datetime) -> CohortEntered | None:
    """The entry of the stay in which they were before this meeting decided anything about them."""
    rows = MeetingDecided.objects.for_user(by).filter(item__meeting=meeting, item__person__one_of=ever)
    first = next(iter(rows.order_by("known_from", "id").values_list("known_from", flat=True)[:1]), None)
    until = first if first is not None else now
    for one in reversed(stays_of(by, person).all):
        if one.entered.known_from < until:
            return one.entered if one.left is None or one.left.known_from >= until else None
    return None


def _acts(by: Acting, person: Person, since: datetime, now: datetime) -> tuple[tuple[Counted, ...], int]:
    """What a score counts and was recorded since, in cases that are open to the reader; and how much in others."""
    run = last_run(by)
    if run is None:
        return (), 0
    scheme, first = scheme_kept(run), day_of(since)
    alone = scored_alone(by, {person.pk}, now, run)[person.pk]
    new = [one for one in alone.counted if is_counted(one.event, scheme) and one.span.recorded_on > first]
    numbers = frozenset(int(one.span.case) for one in new if one.span.case.isdigit())
    open_to = set(Case.objects.for_user(by).filter(pk__one_of=numbers).order_by().values_list("pk", flat=True))
    shown = tuple(one for one in new if not one.span.case.isdigit() or int(one.span.case) in open_to)
    return shown, len(new) - len(shown)


def _breaches(by: Acting, records: Sequence[int], since: datetime) -> tuple[Breach, ...]:
    rows = Breach.objects.for_user(by).filter(respondent__one_of=frozenset(records), raised_at__gt=since)
    return tuple(rows.filter(joined_to=None, is_past=False).order_by("raised_at", "id"))


def _voices(by: Acting, records: Sequence[int], orders: Sequence[Order]) -> tuple[tuple[Voice, ...], int]:
    """Those whom an order that stands protects, and the victims in cases open to the reader; each person once."""
    stories = stories_of_orders(by, list(orders), None)
    protected = people_protected_by(by, {pk: one.protects for pk, one in stories.items()}) if stories else {}
    found = {record for several in protected.values() for record, _identity in several}
    roles = CaseRole.objects.for_user(by)
    accused = roles.filter(record__one_of=frozenset(records), role__in=_ACCUSED).order_by()
    cases = frozenset(accused.values_list("case_id", flat=True))
    theirs = roles.filter(case__one_of=cases, role=CaseRole.Role.VICTIM).order_by()
    found |= set(theirs.values_list("record_id", flat=True))
    people = {one.pk: one for one in people_of_records(by, sorted(found - set(records))).values()}
    victims = victims_of_people(by, frozenset(people))
    open_to = [one for one in victims if not one.shut]
    return _heard(by, open_to), len(victims) - len(open_to)


def _heard(by: Acting, victims: Sequence[Victim]) -> tuple[Voice, ...]:
    if not victims:
        return ()
    known = identities(by, [one.person for one in victims])
    views = last_views(by, [record for one in victims for record in one.records], Subject)
    voices = []
    for one in victims:
        said = [views[record] for record in one.records if record in views]
        last = max(said, key=lambda each: (each.given_at, each.pk), default=None)
        may_see = [each for each in MaySee if last is not None and each in last.may_see]
        is_withheld = last is not None and not allows(check_can_read_words, by, may_see)
        voices.append(Voice(known[one.person.pk], one.records, last, is_withheld))
    return tuple(voices)
