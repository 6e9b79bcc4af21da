"""Recommendations as their readers see them: each with its log, how it stands by it, and what else is recommended like it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType
from typing import Any, Final

from django.db.models import Prefetch

from craffu.access.acting import Acting
from craffu.access.models import User
from craffu.common.languages import has_every_word
from craffu.common.refusals import allows
from craffu.measures.kept.reading import Kept, kept_figures
from craffu.measures.permissions import check_can_see, shown_to
from craffu.measures.places import folder_of
from craffu.published.disclosure import To
from craffu.scrutiny.models import Recommendation, RecommendationEntry, ScrutinyReport
from craffu.scrutiny.recommending.permissions import check_can_read, reads_all
from craffu.scrutiny.recommending.rules import (
    Entry,
    ReportBy,
    ResponseClock,
    Status,
    due_on,
    is_overdue,
    response_clock,
    status_of,
)

# Where in a figure that is kept its parts stand as anybody may be told them, and what one is of which nothing is told.
_FOR_ANYBODY: Final = "parts_for_anybody"
_HIDDEN: Final = MappingProxyType({"count": None, "of": None, "value": None, "is_hidden": True})


@dataclass(frozen=True, slots=True)
class Stands:
    """A recommendation with its log, the first entry first."""

    row: Recommendation
    entries: tuple[RecommendationEntry, ...]

    @property
    def log(self) -> list[Entry]:
        return [entry_of(one) for one in self.entries]

    @property
    def status(self) -> Status:
        return status_of(self.log)

    @property
    def due_on(self) -> date | None:
        return due_on(self.log)

    def is_overdue(self, today: date) -> bool:
        return is_overdue(self.log, today)

    @property
    def owner(self) -> str:
        """The post that has it to do, as was said last; empty where nobody has."""
        return next((one.owner for one in reversed(self.entries) if one.owner), "")

    @property
    def owned_by(self) -> User | None:
        """Whose account that is, as the last entry that named a post says."""
        return next((one.owned_by for one in reversed(self.entries) if one.owner), None)

    @property
    def last_word(self) -> RecommendationEntry | None:
        return self.entries[-1] if self.entries else None

    @property
    def last_public(self) -> RecommendationEntry | None:
        return next((one for one in reversed(self.entries) if one.public_en), None)

    @property
    def clock(self) -> ResponseClock | None:
        """By when an answer is owed; None where no clock applies."""
        return response_clock(ReportBy(self.row.report.report_by), self.row.report.published_on)


def entry_of(row: RecommendationEntry) -> Entry:
    return Entry(Status(row.status), row.reason, row.owner, row.due_on, row.evidence, row.metric_met)


def _rows(by: Acting) -> Any:
    rows = _with_log(by, Recommendation.objects.for_user(by))
    return rows.order_by("-report__published_on", "report", "id")


def _with_log(by: Acting, rows: Any, known_at: datetime | None = None) -> Any:
    entries = RecommendationEntry.objects.for_user(by).select_related("by", "owned_by").order_by("id")
    if known_at is not None:
        entries = entries.filter(known_from__lte=known_at)
    return rows.select_related("report", "part_of").prefetch_related(Prefetch("entries", queryset=entries))


def stands_of(by: Acting, rows: Any, known_at: datetime) -> list[Stands]:
    """These with what was known of them at an instant. Two queries."""
    return _stands(_with_log(by, rows, known_at).order_by("id"))


def _stands(rows: Iterable[Recommendation]) -> list[Stands]:
    return [Stands(one, tuple(one.entries.all())) for one in rows]


def recommendations(by: Acting) -> list[Stands]:
    """Those that the reader may open, the newest report first: all of them, or those that they have to do. Two queries."""
    every = _stands(_rows(by))
    return every if reads_all(by) else [one for one in every if by.user is not None and one.owned_by == by.user]


def answering(every: Iterable[Stands], words: str) -> list[Stands]:
    """Of these the ones in which every word stands: in the report's title, what it recommends, or what was said."""
    return [one for one in every if has_every_word(words, _texts(one))]


def _texts(one: Stands) -> Iterator[str]:
    report = one.row.report
    yield from (report.title_en, report.title_cy, report.source)
    yield from (one.row.text_en, one.row.text_cy, one.row.measure, one.row.target)
    for entry in one.entries:
        yield from (entry.reason, entry.owner, entry.evidence, entry.exception, entry.public_en, entry.public_cy)


def figure_now(by: Acting, measure: str) -> dict[str, Any]:
    """What a measure comes to by the figures that stand, as on its own page; nothing where the reader sees no measures."""
    kept = _kept(by, measure) if allows(check_can_see, by) else None
    return {} if kept is None else _of(kept, measure, kept.to(by, measure))


def figure_to_keep(by: Acting, measure: str) -> dict[str, Any]:
    """The same as it is told inside the force, and beside it as anybody may be told: by it a commissioner reads it later."""
    kept = _kept(by, measure)
    if kept is None:
        return {}
    return {**_of(kept, measure, To.INTERNAL), _FOR_ANYBODY: _of(kept, measure, To.PUBLIC)["parts"]}


def figure_told(by: Acting, figure: Mapping[str, Any]) -> dict[str, Any]:
    """A figure that was kept, as it may be told to this reader: nothing of it to whoever sees no measures."""
    if not figure or not allows(check_can_see, by):
        return {}
    parts = figure["parts"]
    if shown_to(by, ()) is To.PUBLIC:
        # What was kept before it was kept for anybody too stays hidden: its snapshot is not there to tell it from.
        parts = figure.get(_FOR_ANYBODY) or [{**one, **_HIDDEN} for one in parts]
    return {"measure": figure["measure"], "snapshot": figure["snapshot"], "sha256": figure["sha256"], "parts": parts}


def _kept(by: Acting, measure: str) -> Kept | None:
    kept = kept_figures(folder_of(by)) if measure else None
    return kept if kept is not None and measure in kept.measures else None


def _of(kept: Kept, measure: str, to: To) -> dict[str, Any]:
    return {
        "measure": measure, "snapshot": kept.snapshot, "sha256": kept.digest,
        "parts": [
            {"part": one.part, "count": one.numerator, "of": one.denominator, "value": one.value, "is_hidden": one.is_hidden}
            for one in kept.told(measure, to).now
            if one.is_whole
        ],
    }  # fmt: skip


def told_to_the_public(by: Acting) -> list[Stands]:
    """Every one, for the page that anybody may read. Two queries."""
    return _stands(_rows(by))


def find_recommendation(by: Acting, reference: str) -> Stands | None:
    """One that the reader may open. Raises NotPermitted; None where there is none of their force. Two queries."""
    found = _stands(_rows(by).filter(reference=reference))
    if not found:
        return None
    check_can_read(by, found[0].owned_by)
    return found[0]


def recommended_before(
    by: Acting, matters: Mapping[int, tuple[str, str]], dive: str
) -> dict[int, list[Recommendation]]:
    """By number what other reports recommend of the same matter, or hold to the same measure (SCR-10). One query."""
    others = Recommendation.objects.for_user(by).select_related("report").exclude(report__source=dive)
    rows = list(others.order_by("-report__published_on", "id"))
    return {
        number: [one for one in rows if one.matter == matter or (measure and one.measure == measure)]
        for number, (matter, measure) in matters.items()
    }


def also_recommended(by: Acting, one: Recommendation) -> list[Recommendation]:
    """What other reports recommend of the same matter or hold to the same measure: a repeat is noticed (SCR-10). One query."""
    rows = Recommendation.objects.for_user(by).select_related("report").exclude(report=one.report_id)
    return [
        other
        for other in rows.order_by("-report__published_on", "id")
        if other.matter == one.matter or (one.measure and other.measure == one.measure)
    ]


def reports(by: Acting) -> Sequence[ScrutinyReport]:
    """Every report, the newest first. One query."""
    return list(ScrutinyReport.objects.for_user(by).order_by("-published_on", "id"))


def find_report(by: Acting, reference: str) -> ScrutinyReport | None:
    found: ScrutinyReport | None = ScrutinyReport.objects.for_user(by).filter(reference=reference).first()
    return found
