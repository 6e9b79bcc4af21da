"""What whoever reviews what is kept is shown: group, dates, holds, what would go and what would stay (SEC-08, SEC-09)."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Max

from craffu.access.acting import Acting
from craffu.access.retention.kinds import Step
from craffu.access.retention.models import RetentionStep
from craffu.access.retention.queries import Stands, stands_of
from craffu.access.retention.rules import Event, Known, Review, clear, group_of
from craffu.breaches.models import Breach
from craffu.cases.models import Case
from craffu.clocks.london import day_of
from craffu.daily.retaining.formerly import held_among, restricted_among
from craffu.daily.retaining.going import Going, going_with
from craffu.daily.retaining.known import known_of, people_called
from craffu.daily.retaining.permissions import check_can_review
from craffu.orders.models import Order


@dataclass(frozen=True, slots=True)
class Looked:
    """One person as they stand: `known`, `review` and `going` are None and empty where they are gone or nothing is relevant.

    `gone` is the erasure that took them: whoever others need stays after one, and stands as anybody else.
    Of a case of which the reader may not even know, nothing is in it. `hidden` are the cases, orders and breaches among all that
    which are shut to them otherwise: they are counted, and not named. `held` are others
    who play a part in what would go and are held; `restricted` the requests by which the use of any of it is.
    """

    person: str
    stands: Stands
    known: Known | None = None
    review: Review | None = None
    group: str = ""
    going: Going = field(default_factory=Going)
    hidden: frozenset[str] = frozenset()
    held: tuple[str, ...] = ()
    restricted: tuple[str, ...] = ()
    gone: RetentionStep | None = None

    @property
    def last(self) -> Event | None:
        return self.known.last if self.known is not None else None

    def shown(self, refs: Iterable[str]) -> list[str]:
        """Those of some references that the reader may be told."""
        return sorted(one for one in refs if one not in self.hidden)

    @property
    def refs(self) -> list[str]:
        """Every record that the page of it names."""
        last = {self.last.reference} if self.last is not None and self.last.reference else set()
        holding = {*(f"person/{one}" for one in self.held), *(f"rights_request/{one}" for one in self.restricted)}
        return sorted({*self.going_refs, *self.shown(last), *holding})

    @property
    def going_refs(self) -> list[str]:
        """Those that it names of what would go and of what stays."""
        return self.shown({f"person/{self.person}", *self.going.refs, *self.going.besides, *self.going.stays_refs})


def looked_up(by: Acting, person: str, now: datetime) -> Looked | None:
    """Somebody as they stand, or as they stood when they were erased. A number of queries that does not grow."""
    check_can_review(by)
    stands = stands_of(by, [person])[person]
    found = people_called(by, [person]).get(person)
    if found is None:
        erased = stands.last(Step.ERASED)
        return Looked(person, stands, gone=erased) if erased is not None else None
    today = day_of(now)
    known = known_of(by.telling(), [found.pk], today)[found.pk]
    going = going_with(by.telling(), found)
    named = {*going.refs, *going.besides, *going.stays_refs}
    if known.last is not None:
        named.add(known.last.reference)
    cases = {ref.removeprefix("case/") for ref in named if ref.startswith("case/")}
    is_open = set(Case.objects.for_user(by).filter(reference__in=sorted(cases)).values_list("reference", flat=True))
    # An order or a breach is told only where it is open itself, and every case of theirs is.
    others = {ref for ref in named if ref.startswith(("order/", "breach/"))}
    if is_open == cases:
        others -= _open_among(by, others)
    return Looked(
        person, stands, known, clear(known, today, on_hold=bool(stands.holds), kept_until=stands.kept_until),
        group_of(known), going, frozenset({*(f"case/{one}" for one in cases - is_open), *others}),
        tuple(one for one in held_among(by, going) if one != person), tuple(restricted_among(by, going)),
    )  # fmt: skip


def _open_among(by: Acting, refs: Iterable[str]) -> set[str]:
    """Which of these orders and breaches are open to the reader. Two queries."""
    told: tuple[tuple[str, Any], ...] = (("order/", Order), ("breach/", Breach))
    found = set()
    for kind, model in told:
        called = [ref.removeprefix(kind) for ref in refs if ref.startswith(kind)]
        rows = model.objects.for_user(by).filter(reference__in=called).order_by()
        found |= {f"{kind}{one}" for one in rows.values_list("reference", flat=True)}
    return found


def reviewed_people(by: Acting) -> Any:
    """Of whom anything was said, whoever it was said of last first: rows with `person`, to be given to `stands_of`."""
    check_can_review(by)
    rows = RetentionStep.objects.filter(force=by.force).order_by().values("person")
    return rows.annotate(last=Max("pk")).order_by("-last")


def latest(stands: Stands) -> Step:
    """Where somebody stands, in one word: what waits for a decision before what was decided."""
    if stands.asked is not None:
        return Step.ERASURE_ASKED
    if stands.open_review is not None:
        return Step.OPENED
    return Step(stands.steps[-1].step)


def backups_until(erased_at: datetime) -> datetime:
    """Until when the last back-up that may hold what was erased at an instant is kept, as this installation says."""
    return erased_at + timedelta(days=settings.CRAFFU_BACKUPS_KEPT_DAYS)
