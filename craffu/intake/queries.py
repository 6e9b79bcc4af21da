"""Reads of intake: runs, what they held back, and when each source was last heard."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Exists, Max, Min, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from craffu.access.acting import Acting
from craffu.intake.feeds import FEEDS
from craffu.intake.models import HeldRow, Run, RunFile
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
    """Every kind of data this installation takes in, heard or not.

    A run counts only where the source itself sent something in it: a corrected reject file has no digest, and an empty
    file no rows.
    """
    sent = RunFile.objects.for_user(by).filter(run=OuterRef("pk"), row_count__gt=0).exclude(sha256="")
    finished = (
        Run.objects.for_user(by)
        .filter(Exists(sent), state=RunState.FINISHED, received__gt=0)
        .order_by("kind", "finished_at")
    )
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


def files_of_run(by: Acting, run: Run) -> QuerySet[RunFile]:
    """The files of a run, in the order they were found."""
    files: QuerySet[RunFile] = RunFile.objects.for_user(by).filter(run=run).order_by("id")
    return files


def held_by_run(by: Acting, run: Run, why: str) -> QuerySet[HeldRow]:
    """The rows a run was the first to hold back, decided or not, oldest first, without their own words."""
    rows: QuerySet[HeldRow] = (
        HeldRow.objects.for_user(by).filter(run=run, why=why).select_related("decision").defer("raw").order_by("id")
    )
    return rows


def troubled_runs(by: Acting) -> list[Run]:
    """Runs that were refused, failed or broke off, and that no finished run of the same kind has followed."""
    after = Run.objects.for_user(by).filter(kind=OuterRef("kind"), state=RunState.FINISHED).order_by().values("kind")
    last_good = Coalesce(Subquery(after.annotate(last=Max("id")).values("last")), Value(0))
    troubled = Run.objects.for_user(by).filter(
        state__in=[RunState.REFUSED, RunState.FAILED, RunState.INTERRUPTED], id__gt=last_good
    )
    return list(troubled.order_by("-id"))


def runs_under_way(by: Acting) -> list[Run]:
    """Runs that wait or take data in at this moment."""
    return list(Run.objects.for_user(by).filter(state__in=[state.value for state in ALIVE]).order_by("id"))


@dataclass(frozen=True, slots=True)
class Waiting:
    """Rows of one run that wait for a person, and since when the oldest does."""

    run: str
    kind: str
    why: str
    number: int
    since: datetime


def waiting_by_run(by: Acting) -> list[Waiting]:
    """Rejected and parked rows that nobody has decided, by the run that first held them, oldest first."""
    rows = (
        HeldRow.objects.for_user(by)
        .filter(decision__isnull=True)
        .order_by()
        .values_list("run__reference", "run__kind", "why")
        .annotate(number=Count("id"), since=Min("received_at"))
    )
    return sorted((Waiting(*row) for row in rows), key=lambda waiting: waiting.since)
