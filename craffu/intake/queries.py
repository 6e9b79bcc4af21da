"""Reads of intake: runs, what they held back, and when each source was last heard."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Exists, F, Max, Min, OuterRef, QuerySet, Subquery, Sum, Value, Window
from django.db.models.functions import Coalesce, RowNumber

from craffu.access.acting import Acting
from craffu.access.asking import prepared
from craffu.access.later import Later
from craffu.intake.feeds import FEEDS
from craffu.intake.models import HeldRow, MappingUsed, Run, RunFile
from craffu.intake.records.layout import KINDS
from craffu.intake.records.mapping import MappingLine, mapping_lines, own_layout, read_mapping
from craffu.intake.rules import SourceShown, SourceState, source_shown
from craffu.intake.states import ALIVE, RunState
from craffu.people.models import SourceRecord


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


def record_called(by: Acting, source: str, *source_keys: str) -> SourceRecord | None:
    """The record that a source calls so, or in one of these ways, if there is one."""
    record: SourceRecord | None = (
        SourceRecord.objects.for_user(by).filter(source=source, source_key__in=source_keys).first()
    )
    return record


def waiting_for(by: Acting, kind: str, reason: str) -> set[tuple[str, int]]:
    """The rows of a kind held back for one reason and not decided: what each said, by its hash, and its line."""
    rows = HeldRow.objects.for_user(by).filter(kind=kind, reason=reason, decision__isnull=True)
    return set(rows.values_list("content_sha256", "line"))


@dataclass(frozen=True, slots=True)
class Source:
    """When a source was last heard, and what a page says of it (INT-06)."""

    kind: str
    last_good: datetime | None
    shown: SourceShown


def sources(by: Acting, kinds: Iterable[str] = FEEDS) -> list[Source]:
    """Some kinds of data that this installation takes in, heard or not; every one where none is named.

    Only rows that the source itself sent count, though they came beside others: a correction is our own word, and its
    file has no digest. Nothing records how often a source is expected, so none is said to be late.
    """
    wanted = list(kinds)
    heard = {run.kind: run for run in _last_sent(by, wanted)}
    return [_source(kind, heard.get(kind)) for kind in wanted]


def last_heard(by: Acting, kinds: Iterable[str], known_at: datetime | None = None) -> dict[str, datetime]:
    """When each of these kinds was last heard, now or by an instant, without those that never were. One query."""
    return _heard(_last_heard(by, tuple(kinds), known_at))


def last_heard_later(by: Acting, kinds: Iterable[str]) -> Later[dict[str, datetime]]:
    """When each of these kinds was last heard by now, to be asked with others."""
    return Later(_heard, _last_heard.later(by, tuple(kinds), None))


def _heard(said: Iterable[tuple[str, datetime | None]]) -> dict[str, datetime]:
    return {kind: last for kind, last in said if last is not None}


@prepared
def _last_heard(
    by: Acting, kinds: tuple[str, ...], known_at: datetime | None
) -> QuerySet[Run, tuple[str, datetime | None]]:
    """Of each run one file that the source sent is enough: a run may be of thousands."""
    files = RunFile.objects.for_user(by).filter(run=OuterRef("pk"), row_count__gt=0).exclude(sha256="")
    runs = Run.objects.for_user(by).filter(Exists(files), kind__in=kinds, state=RunState.FINISHED)
    if known_at is not None:
        runs = runs.filter(finished_at__lte=known_at)
    last: QuerySet[Run, tuple[str, datetime | None]] = runs.order_by().values_list("kind").annotate(Max("finished_at"))
    return last


def _last_sent(by: Acting, kinds: list[str]) -> list[Run]:
    """Of each kind the last finished run in which the source sent rows, with `sent`, their number."""
    files = RunFile.objects.for_user(by).filter(run=OuterRef("pk"), row_count__gt=0).exclude(sha256="")
    place = Window(RowNumber(), partition_by=F("kind"), order_by=[F("finished_at").desc(), F("pk").desc()])
    runs = Run.objects.for_user(by).filter(Exists(files), kind__in=kinds, state=RunState.FINISHED)
    newest = runs.annotate(place=place).filter(place=1).values_list("pk", flat=True)
    rows = files.order_by().values("run").annotate(number=Sum("row_count")).values("number")
    return list(Run.objects.for_user(by).filter(pk__in=newest).annotate(sent=Subquery(rows)))


def _source(kind: str, run: Run | None) -> Source:
    if run is None or run.finished_at is None:
        return Source(kind, None, source_shown(SourceState.NEVER_RUN, None, None))
    day: date = run.finished_at.date()
    return Source(kind, run.finished_at, source_shown(SourceState.OK, day, run.sent))  # type: ignore[attr-defined]


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


def mapping_of(by: Acting, run: Run) -> list[MappingLine]:
    """What a run read from which column, line by line; nothing for a kind that is not read through a layout."""
    if run.kind not in KINDS:
        return []
    used = MappingUsed.objects.for_user(by).filter(kind=run.kind, version=run.mapping_version).first()
    return mapping_lines(read_mapping(run.kind, used.words.encode()) if used else own_layout(run.kind))


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
