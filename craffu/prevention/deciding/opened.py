"""What is read of one person's priority: where they stand, what was decided, and what their score counts (PRI-02, PRI-06)."""

from dataclasses import dataclass, replace
from datetime import datetime

from craffu.access.acting import Acting
from craffu.cases.models import Case
from craffu.people.models import Person
from craffu.prevention.deciding.queries import Decided, decided_of
from craffu.prevention.models import ScoreRun, ScoreStands
from craffu.prevention.scoring.one import Alone, Counted, scheme_kept, scored_alone
from craffu.prevention.scoring.queries import last_run, stands_of
from craffu.prevention.scoring.rules import is_counted


@dataclass(frozen=True, slots=True)
class Opened:
    """One person's priority as its reader sees it: where they stand, what was decided, and what the score counts.

    `alone.counted` holds what counts alone: nothing that was set aside, was cancelled or is too old. `cases` are those of it that
    are open to the reader.
    """

    by: Acting
    person: Person
    run: ScoreRun | None
    stands: ScoreStands | None
    alone: Alone | None
    decided: Decided
    cases: dict[int, str]

    @property
    def open_to_reader(self) -> tuple[Counted, ...]:
        counted = self.alone.counted if self.alone else ()
        return tuple(one for one in counted if not one.span.case.isdigit() or int(one.span.case) in self.cases)

    @property
    def shut(self) -> int:
        """How many events are in cases that are not open to the reader."""
        return len(self.alone.counted if self.alone else ()) - len(self.open_to_reader)

    @property
    def refs(self) -> list[str]:
        return [f"person/{self.person.reference}", *(f"case/{one}" for one in sorted(self.cases.values()))]


def opened_of(by: Acting, person: Person, now: datetime) -> Opened:
    """Whoever may is asked before."""
    run, stands = last_run(by), stands_of(by, person)
    at = stands.at if stands else now
    alone = scored_alone(by, {person.pk}, at, run)[person.pk] if run else None
    if run is not None and alone is not None:
        scheme = scheme_kept(run)
        alone = replace(alone, counted=tuple(one for one in alone.counted if is_counted(one.event, scheme)))
    numbers = {int(one.span.case) for one in alone.counted if one.span.case.isdigit()} if alone else set()
    rows = Case.objects.for_user(by).filter(pk__one_of=frozenset(numbers)).order_by()
    return Opened(by, person, run, stands, alone, decided_of(by, person), dict(rows.values_list("pk", "reference")))
