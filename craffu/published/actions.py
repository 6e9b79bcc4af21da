"""The only writes to official codes and published figures: batches appended together, with one row in the log for each batch.

INT-01: a word said again adds nothing, and one said before and replaced since does not come back. A batch's row in the log
holds how many rows came to what and one hash over their keys, so that what was taken in can be proved later.
"""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from craffu.access.acting import Acting
from craffu.audit import actions as audit
from craffu.audit.events import EventKind
from craffu.common.door import action, bookkeeping
from craffu.common.locks import lock_until_commit
from craffu.common.models import Provenance, Regime
from craffu.common.refusals import Refusal
from craffu.published import events, street
from craffu.published.areas import Area
from craffu.published.facts import CREATED, UPDATED, CodeRow, FigureRow, FoundRow, Recorded
from craffu.published.models import (
    CodeVersion,
    FoundError,
    HandSeries,
    PublishedFigure,
    StreetCrime,
    StreetFile,
    TakenFile,
)
from craffu.published.periods import Period
from craffu.published.permissions import check_can_enter_by_hand, check_can_record_figures
from craffu.published.queries import figure_versions
from craffu.published.refusals import FigureStands
from craffu.published.street_batches import StreetBatch
from craffu.published.versions import (
    content_of,
    decide,
    digest_of,
    figure_content,
    hand_series_key,
    held_versions,
)

_STORED = (CREATED, UPDATED)
_CODE_COLUMNS = ("line", "code", "number", "title", "attributes", "valid_from", "valid_to", "content_sha256")
_FIGURE_COLUMNS = (
    "line", "measure", "area_kind", "area", "area_name", "period", "period_end", "number", "value", "as_printed", "missing",
    "flags", "attributes", "content_sha256",
)  # fmt: skip


@action
def receive_codes(
    *, by: Acting, list_name: str, rows: Sequence[CodeRow], provenance: Provenance, now: datetime
) -> None:
    """Append new versions of codes of one list; nothing is overwritten. `provenance` is the file's: a row brings its line."""
    CodeVersion.objects.append_rows(
        _CODE_COLUMNS,
        [
            (*row[:4], json.dumps(row.attributes), row.valid_from and row.valid_from.isoformat(),
             row.valid_to and row.valid_to.isoformat(), row.content)
            for row in rows
        ],
        {**_of_file(provenance), "list_name": list_name},
    )  # fmt: skip
    audit.record(
        kind=events.CODES_RECEIVED,
        actor=by.actor,
        refs=[f"codes/{list_name}"],
        counts={"codes": len(rows)},
        request=by.request,
        now=now,
    )


@action
def record_figures(
    *, by: Acting, series: str, rows: Sequence[FigureRow], provenance: Provenance, now: datetime
) -> Recorded:
    """Append what is new among the figures of one series; hand in a whole file, so that a figure said twice is seen.

    `provenance` is that of the file: each row brings its own line. Nothing is overwritten.
    """
    check_can_record_figures(by)
    lock_until_commit("published_figures", series)
    said = [
        (
            (row.area_kind, row.area, row.measure, row.period),
            figure_content(row.value, row.missing, row.flags, row.attributes),
        )
        for row in rows
    ]
    decided = decide(said, held_versions(figure_versions(series)))
    outcomes = [outcome for outcome, _ in decided]
    new = [
        (*row[:6], row.period_end.isoformat(), number, row.value, row.as_printed, row.missing,
         json.dumps(sorted(row.flags)), json.dumps(dict(row.attributes), sort_keys=True), content)
        for row, (_, content), (outcome, number) in zip(rows, said, decided, strict=True)
        if outcome in _STORED
    ]  # fmt: skip
    if new:
        same = {**_of_file(provenance), "series": series, "by_hand": False, "entered_by": "", "read_in": ""}
        PublishedFigure.objects.append_rows(_FIGURE_COLUMNS, new, same)
        keys = ("\x1f".join(key) for key, _ in said)
        _record_batch(by, events.FIGURES_RECEIVED, series, provenance, outcomes, digest_of(keys), now)
    return Recorded(outcomes)


@action
def record_street_crimes(*, by: Acting, batch: StreetBatch, provenance: Provenance, now: datetime) -> Recorded:
    """Append what is new among street-level rows; a Crime ID that comes back with another word is an update.

    Rows in the order of their keys are stored soonest: the index then grows in one place after another.
    """
    check_can_record_figures(by)
    lock_until_commit("published_street_crimes")
    found = street.sort_out(batch)
    if found.news is not None:
        StreetCrime.objects.append_ready(
            found.news, each=found.numbers, same={**found.number, "file": _street_file(provenance).pk}
        )
        _record_batch(
            by, events.STREET_CRIMES_RECEIVED, "street-crime", provenance, found.outcomes, batch.span.digest, now
        )
    return Recorded(found.outcomes)


def _street_file(provenance: Provenance) -> StreetFile:
    file, _ = StreetFile.objects.get_or_create(
        file_sha256=provenance.file_sha256,
        mapping_version=provenance.mapping_version,
        defaults={**_of_file(provenance), "line": 1},
    )
    return file


def _of_file(provenance: Provenance) -> dict[str, object]:
    """What every row of a file has in common: all of its provenance but the line."""
    return {name: value for name, value in provenance.fields().items() if name != "line"}


def _record_batch(
    by: Acting,
    kind: EventKind,
    series: str,
    provenance: Provenance,
    outcomes: Iterable[str],
    digest: str,
    now: datetime,
) -> None:
    audit.record(
        kind=kind,
        actor=by.actor,
        refs=[f"series/{series}", f"file/{provenance.file_sha256}", f"batch/{digest}"],
        counts=Counter(outcomes),
        request=by.request,
        now=now,
    )


@bookkeeping
def finish_file(
    *, kind: str, file_sha256: str, mapping_version: str, row_count: int, totals: Mapping[str, int], now: datetime
) -> None:
    """Note that a file was read to its end, so that the same bytes need not be read again (`queries.taken_file`)."""
    TakenFile.objects.get_or_create(
        kind=kind,
        file_sha256=file_sha256,
        mapping_version=mapping_version,
        defaults={"row_count": row_count, "totals": dict(totals), "taken_at": now},
    )


@action
def record_figure_by_hand(
    *,
    by: Acting,
    title: str,
    definition: str,
    unit: str,
    area: Area,
    period: Period,
    value: int,
    read_in: str,
    now: datetime,
    counting_rules: str = "",
    replaces: int = 0,
) -> PublishedFigure:
    """A figure that somebody read in a publication. What it counts makes its series: see `HandSeries`.

    The same figure again returns the one that is held. Another value for the same place and period is its next version,
    and takes that `replaces` is the number of the one that stands: whoever has not seen it is told (`FigureStands`, T30).
    Raises `Refusal` where the definition, the unit or where it was read is not said.
    """
    check_can_enter_by_hand(by)
    definition, title, read_in = definition.strip(), title.strip(), read_in.strip()
    if not (definition and title and unit and read_in):
        raise Refusal("figure_undefined", _("Say what the figure counts and where you read it."))
    key = hand_series_key(definition, unit, period.kind, counting_rules)
    lock_until_commit("published_figures", key)
    HandSeries.objects.get_or_create(
        key=key,
        defaults={
            "title": title,
            "definition": definition,
            "unit": unit,
            "period_kind": period.kind,
            "counting_rules": counting_rules,
            "entered_by": by.actor.name,
            "entered_at": now,
        },
    )
    latest = (
        PublishedFigure.objects.filter(
            series=key, area_kind=area.kind, area=area.code, measure=title, period=period.text
        )
        .order_by("number")
        .last()
    )
    content = content_of(value, read_in)
    if latest is not None and latest.content_sha256 == content:
        return latest
    if latest is not None and latest.number != replaces:
        raise FigureStands(latest)
    figure = PublishedFigure.objects.create(
        series=key,
        measure=title,
        area_kind=area.kind,
        area=area.code,
        area_name=area.name_en,
        period=period.text,
        period_end=period.end,
        number=latest.number + 1 if latest else 1,
        value=value,
        as_printed=str(value),
        content_sha256=content,
        by_hand=True,
        entered_by=by.actor.name,
        read_in=read_in,
        **_by_hand(by, content, now).fields(),
    )
    audit.record(
        kind=events.FIGURE_ENTERED_BY_HAND, actor=by.actor, refs=[f"series/{key}"], counts={"version": figure.number},
        request=by.request, now=now,
    )  # fmt: skip
    return figure


def _by_hand(by: Acting, content: str, now: datetime) -> Provenance:
    return Provenance(
        source="by-hand",
        file_sha256=content,
        line=0,
        received_at=now,
        mapping_version="by-hand",
        controller=by.force.controller,
        regime=Regime.UK_GDPR,
        sharing_basis="Figure published by its source, read and entered by hand",
    )


@action
def record_found(*, by: Acting, series: str, anomalies: Iterable[FoundRow], file_sha256: str, now: datetime) -> int:
    """Keep what our checks found in a file, each once however often the file is checked. Returns how many are new."""
    check_can_record_figures(by)
    lock_until_commit("published_found", series)
    rows = {row.content_sha256: row for row in _errors(series, anomalies, file_sha256, now)}
    held = FoundError.objects.filter(content_sha256__in=list(rows)).values_list("content_sha256", flat=True)
    for content in list(held):
        del rows[content]
    if rows:
        FoundError.objects.bulk_create(rows.values(), batch_size=500)
        audit.record(
            kind=events.ERRORS_FOUND,
            actor=by.actor,
            refs=[f"series/{series}", f"file/{file_sha256}"],
            counts=Counter(row.check_code for row in rows.values()),
            request=by.request,
            now=now,
        )
    return len(rows)


def _errors(series: str, anomalies: Iterable[FoundRow], file_sha256: str, now: datetime) -> Iterator[FoundError]:
    for found in anomalies:
        detail = dict(found.detail)
        content = content_of(
            series, found.check_code, found.measure, found.area_kind, found.area, found.area_name, found.period, detail,
            file_sha256,
        )  # fmt: skip
        yield FoundError(
            check_code=found.check_code,
            severity=found.severity,
            series=series,
            measure=found.measure,
            area_kind=found.area_kind,
            area=found.area,
            area_name=found.area_name,
            period=found.period,
            detail=detail,
            file_sha256=file_sha256,
            found_at=now,
            content_sha256=content,
        )
