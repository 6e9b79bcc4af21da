"""Reads of intake: runs, what they held back, and when each source was last heard."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, QuerySet

from craffu.access.acting import Acting
from craffu.intake.feeds import FEEDS
from craffu.intake.models import HeldRow, Run
from craffu.intake.rules import SourceShown, SourceState, source_shown
from craffu.intake.states import ALIVE, RunState


def runs_page(by: Acting) -> QuerySet[Run]:
    runs: QuerySet[Run] = Run.objects.for_user(by).order_by("-id")
    return runs


def find_run(by: Acting, reference: str) -> Run | None:
    run: Run | None = Run.objects.for_user(by).filter(reference=reference).first()
    return run


def alive_runs(by: Acting, kind: str) -> QuerySet[Run]:
    runs: QuerySet[Run] = Run.objects.for_user(by).filter(kind=kind, state__in=[state.value for state in ALIVE])
    return runs


def open_rows(by: Acting, why: str) -> QuerySet[HeldRow]:
    """Rows held back that nobody has decided yet, oldest first."""
    rows: QuerySet[HeldRow] = HeldRow.objects.for_user(by).filter(why=why, decision__isnull=True).order_by("id")
    return rows


def find_held(by: Acting, reference: str) -> HeldRow | None:
    row: HeldRow | None = (
        HeldRow.objects.for_user(by).filter(reference=reference).select_related("run", "decision").first()
    )
    return row


def held_rows(by: Acting, references: Iterable[str]) -> list[HeldRow]:
    """Held rows by reference, oldest first. A rejected row sent again is in the reject file again."""
    return list(HeldRow.objects.for_user(by).filter(reference__in=list(references)).order_by("id"))


def held_before(by: Acting, kind: str, content_sha256: str, line: int) -> HeldRow | None:
    row: HeldRow | None = (
        HeldRow.objects.for_user(by)
        .filter(kind=kind, content_sha256=content_sha256, line=line)
        .select_related("decision")
        .first()
    )
    return row


@dataclass(frozen=True, slots=True)
class Source:
    """When a source was last heard, and what a page says of it (INT-06)."""

    kind: str
    last_good: datetime | None
    shown: SourceShown


def sources(by: Acting) -> list[Source]:
    """Every kind of data this installation takes in, heard or not."""
    finished = Run.objects.for_user(by).filter(state=RunState.FINISHED).order_by("kind", "finished_at")
    last = {run.kind: run for run in finished}
    return [_source(kind, last.get(kind)) for kind in FEEDS]


def _source(kind: str, run: Run | None) -> Source:
    if run is None or run.finished_at is None:
        return Source(kind, None, source_shown(SourceState.NEVER_RUN, None, None))
    day: date = run.finished_at.date()
    return Source(kind, run.finished_at, source_shown(SourceState.OK, day, run.received))


def waiting_counts(by: Acting) -> dict[str, int]:
    """How many rejected and parked rows wait for a person."""
    counts = (
        HeldRow.objects.for_user(by)
        .filter(decision__isnull=True)
        .values_list("why")
        .annotate(number=Count("id"))
        .order_by()
    )
    return {**dict.fromkeys(HeldRow.Why.values, 0), **dict(counts)}
