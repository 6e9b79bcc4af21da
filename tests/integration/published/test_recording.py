"""Storing what others published: set-based, appended, once, with one row in the log for each batch (INT-01, INT-02, SEC-04)."""

import json
from collections.abc import Callable

import pytest
from django.db import IntegrityError, connection, transaction

from craffu.access.acting import Acting
from craffu.audit.models import Event
from craffu.common.door import NeverChanged, WriteOutsideAction
from craffu.common.refusals import NotPermitted, Refusal
from craffu.published.actions import (
    finish_file,
    record_figure_by_hand,
    record_figures,
    record_found,
    record_street_crimes,
)
from craffu.published.areas import Area, find_area
from craffu.published.facts import CONFLICT, CREATED, OLDER, UNCHANGED, UPDATED, FoundRow
from craffu.published.models import FoundError, HandSeries, PublishedFigure, StreetCrime, StreetFile
from craffu.published.periods import financial_year, year_ending
from craffu.published.queries import (
    figure_versions,
    found_errors,
    hand_series,
    latest_figures,
    latest_street_crimes,
    taken_file,
)
from craffu.published.refusals import FigureStands
from tests.factories.published import NOW, figure, provenance, record, street, street_batch

pytestmark = pytest.mark.django_db

SERIES = "prosecutions"
YEAR = financial_year(2021)


def figures(*values: int | None, area: str = "Dyfed-Powys") -> list[object]:
    """A figure for each year from 2015/16."""
    return [
        figure(
            "convicted", area, financial_year(2015 + step), value, "" if value is not None else "blank", line=step + 2
        )
        for step, value in enumerate(values)
    ]


def events(kind: str) -> list[dict[str, object]]:
    return [json.loads(event.payload) for event in Event.objects.filter(kind=kind).order_by("id")]


def area_of(name: str) -> Area:
    found = find_area(name)
    assert found
    return found


@pytest.mark.rule("INT-01")
def test_the_same_figures_again_add_nothing(system: Acting) -> None:
    assert record(system, SERIES, figures(4, 0, None)).outcomes == [CREATED] * 3  # type: ignore[arg-type]
    assert record(system, SERIES, figures(4, 0, None)).outcomes == [UNCHANGED] * 3  # type: ignore[arg-type]
    assert PublishedFigure.objects.count() == 3
    assert len(events("figures_received")) == 1


@pytest.mark.rule("INT-01")
def test_a_changed_figure_is_a_new_version_and_an_older_file_never_takes_it_back(system: Acting) -> None:
    record(system, SERIES, figures(4, 5))  # type: ignore[arg-type]
    assert record(system, SERIES, figures(4, 6)).outcomes == [UNCHANGED, UPDATED]  # type: ignore[arg-type]
    assert record(system, SERIES, figures(4, 5)).outcomes == [UNCHANGED, OLDER]  # type: ignore[arg-type]
    assert [one.value for one in latest_figures(SERIES).order_by("period_end")] == [4, 6]
    assert [number for _, number, _ in figure_versions(SERIES)] == [1, 1, 2]


@pytest.mark.rule("INT-04")
def test_one_figure_with_two_values_in_one_file_is_not_stored(system: Acting) -> None:
    twice = [*figures(4), *figures(5)]
    assert record(system, SERIES, twice).outcomes == [CONFLICT, CONFLICT]  # type: ignore[arg-type]
    assert not PublishedFigure.objects.exists()


@pytest.mark.rule("MSR-02")
def test_a_blank_is_stored_as_no_value_with_its_reason(system: Acting) -> None:
    record(system, SERIES, figures(0, None))  # type: ignore[arg-type]
    said = latest_figures(SERIES).order_by("period_end").values_list("value", "missing")
    assert list(said) == [(0, ""), (None, "blank")]


@pytest.mark.rule("MSR-02")
@pytest.mark.parametrize(("value", "missing"), [(None, ""), (3, "blank"), (None, "forgotten")])
def test_the_database_refuses_a_figure_without_value_and_reason(
    system: Acting, value: int | None, missing: str
) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        record(system, SERIES, [figure("convicted", "Gwent", YEAR, value, missing)])


@pytest.mark.rule("INT-02")
def test_every_figure_keeps_its_file_and_line(system: Acting) -> None:
    record(system, SERIES, figures(4, 5), sha256="b" * 64)  # type: ignore[arg-type]
    said = PublishedFigure.objects.order_by("line").values_list(
        "source", "file_sha256", "line", "received_at", "mapping_version"
    )
    assert list(said) == [("test", "b" * 64, 2, NOW, "1"), ("test", "b" * 64, 3, NOW, "1")]


@pytest.mark.rule("SEC-04")
def test_a_batch_is_one_row_in_the_log_with_counts_and_one_hash_and_no_value(system: Acting) -> None:
    record(system, SERIES, figures(4))  # type: ignore[arg-type]
    record(system, SERIES, figures(4, 77))  # type: ignore[arg-type]
    first, second = events("figures_received")
    assert (first["counts"], second["counts"]) == ({"created": 1}, {"unchanged": 1, "created": 1})
    (batch,) = [ref for ref in second["refs"] if str(ref).startswith("batch/")]  # type: ignore[attr-defined]
    assert len(batch) == len("batch/") + 64
    assert "77" not in json.dumps({**second, "refs": [], "at": ""})


def test_flags_and_attributes_come_back_as_they_were(system: Acting) -> None:
    row = figure("8Q", "Gwent", YEAR, -3, flags=("period_typing_error", "negative"), subgroup="Stalking and harassment")
    record(system, "recorded-crime", [row])
    kept = PublishedFigure.objects.get(series="recorded-crime")
    assert (kept.flags, kept.attributes) == (
        ["negative", "period_typing_error"],
        {"subgroup": "Stalking and harassment"},
    )
    assert kept.period_end == YEAR.end


@pytest.mark.parametrize("right", ["investigator", "commissioner_view"])
def test_only_those_who_may_take_in_record_figures(acting_as: Callable[..., Acting], right: str) -> None:
    by = acting_as(right)
    with pytest.raises(NotPermitted):
        record(by, SERIES, figures(4))  # type: ignore[arg-type]
    with pytest.raises(NotPermitted):
        record_street_crimes(by=by, batch=street_batch(street()), provenance=provenance(), now=NOW)
    with pytest.raises(NotPermitted):
        record_found(by=by, series=SERIES, anomalies=[FoundRow("two_values", "error")], file_sha256="a" * 64, now=NOW)


def test_rows_cannot_be_appended_outside_an_action_or_changed(system: Acting) -> None:
    with pytest.raises(WriteOutsideAction):
        StreetCrime.objects.append_rows(["key"], [("k",)])
    record(system, SERIES, figures(4))  # type: ignore[arg-type]
    with pytest.raises(NeverChanged):
        PublishedFigure.objects.update(value=5)
    with pytest.raises(NeverChanged):
        PublishedFigure.objects.all().delete()


def receive(by: Acting, rows: list[object], sha256: str = "c" * 64, seen: dict[str, int] | None = None) -> list[str]:
    return record_street_crimes(
        by=by,
        batch=street_batch(*rows, seen=seen),  # type: ignore[arg-type]
        provenance=provenance(sha256, "street-crime"),
        now=NOW,
    ).outcomes


@pytest.mark.rule("INT-01")
def test_street_rows_that_repeat_are_all_kept_and_the_same_file_again_adds_none(system: Acting) -> None:
    rows: list[object] = [street(2), street(3), street(4, "id-1"), street(5, month="2018-11")]
    assert receive(system, rows) == [CREATED] * 4
    assert receive(system, rows) == [UNCHANGED] * 4
    assert StreetCrime.objects.count() == 4
    assert StreetFile.objects.count() == 1


@pytest.mark.rule("INT-01")
def test_rows_that_repeat_across_batches_of_a_file_are_kept_too(system: Acting) -> None:
    seen: dict[str, int] = {}
    assert receive(system, [street(2)], seen=seen) + receive(system, [street(3)], seen=seen) == [CREATED] * 2
    again: dict[str, int] = {}
    assert receive(system, [street(2)], seen=again) + receive(system, [street(3)], seen=again) == [UNCHANGED] * 2


@pytest.mark.rule("INT-01")
def test_a_returning_crime_id_is_an_update_and_the_latest_word_is_shown(system: Acting) -> None:
    receive(system, [street(2, "id-1", last_outcome="Under investigation")])
    later = street(9, "id-1", last_outcome="Court result unavailable")
    assert receive(system, [later], sha256="d" * 64) == [UPDATED]
    assert receive(system, [street(2, "id-1", last_outcome="Under investigation")]) == [OLDER]
    (kept,) = latest_street_crimes()
    assert (kept.number, kept.last_outcome, kept.file.file_sha256, kept.line) == (
        2,
        "Court result unavailable",
        "d" * 64,
        9,
    )


def test_a_street_row_keeps_what_it_says(system: Acting) -> None:
    receive(system, [street(2, "id-1", longitude=None, latitude=None, lsoa_code="", lsoa_name="", outside=True)])
    receive(system, [street(3, "id-2")])
    first, second = StreetCrime.objects.order_by("key")
    assert (first.longitude, first.outside, second.longitude, second.outside) == (None, True, -4.5, False)
    assert (second.crime_type, second.location) == ("Anti-social behaviour", "On or near Test Street")


@pytest.mark.rule("INT-04")
def test_one_crime_id_with_two_words_in_one_batch_is_not_stored(system: Acting) -> None:
    rows: list[object] = [street(2, "id-1"), street(3, "id-1", last_outcome="Other"), street(4, "id-2")]
    assert receive(system, rows) == [CONFLICT, CONFLICT, CREATED]


@pytest.mark.rule("SEC-04")
def test_a_batch_of_street_rows_is_one_row_in_the_log_without_a_place(system: Acting) -> None:
    receive(system, [street(line) for line in range(2, 30)])
    (event,) = events("street_crimes_received")
    assert event["counts"] == {"created": 28}
    assert "Test Street" not in json.dumps(event)


def test_a_file_read_to_its_end_is_known_again_under_the_same_mapping(system: Acting) -> None:
    for _ in range(2):
        finish_file(
            kind="street-crime", file_sha256="c" * 64, mapping_version="1", row_count=3, totals={"outside": 1}, now=NOW
        )
    known = taken_file("street-crime", "c" * 64, "1")
    assert known is not None
    assert (known.row_count, known.totals) == (3, {"outside": 1})
    assert taken_file("street-crime", "c" * 64, "2") is None
    assert taken_file("street-crime", "d" * 64, "1") is None


def by_hand(by: Acting, value: int, definition: str = "The whole subgroup", **changed: object) -> PublishedFigure:
    said: dict[str, object] = {
        "title": "Stalking and harassment",
        "definition": definition,
        "unit": "crime",
        "area": area_of("Dyfed-Powys"),
        "period": year_ending(2022, 3),
        "value": value,
        "read_in": "Deep dive review, July 2023, page 1",
        "now": NOW,
        **changed,
    }
    return record_figure_by_hand(by=by, **said)  # type: ignore[arg-type]


@pytest.mark.rule("MSR-05")
@pytest.mark.rule("MSR-07")
def test_two_definitions_entered_by_hand_are_two_series(acting_as: Callable[..., Acting]) -> None:
    by = acting_as("analyst")
    whole = by_hand(by, 10_199)
    two = by_hand(by, 6_555, definition="Harassment and stalking only")
    assert whole.series != two.series
    assert set(hand_series().values_list("key", flat=True)) == {whole.series, two.series}
    assert (whole.by_hand, whole.entered_by, whole.number) == (True, by.actor.name, 1)


def test_a_figure_entered_by_hand_twice_is_one_and_a_correction_its_next_version(
    acting_as: Callable[..., Acting],
) -> None:
    by = acting_as("analyst")
    first = by_hand(by, 10_199)
    assert by_hand(by, 10_199).pk == first.pk
    with pytest.raises(FigureStands) as refused:
        by_hand(by, 10_200)
    assert (refused.value.figure.value, refused.value.status) == (10_199, 409)
    assert by_hand(by, 10_200, replaces=1).number == 2
    assert [one.value for one in latest_figures(first.series)] == [10_200]
    assert HandSeries.objects.count() == 1
    assert len(events("figure_entered_by_hand")) == 2


@pytest.mark.rule("MSR-01")
@pytest.mark.parametrize("left_out", ["definition", "title", "read_in", "unit"])
def test_a_figure_without_definition_or_source_is_refused(acting_as: Callable[..., Acting], left_out: str) -> None:
    with pytest.raises(Refusal, match="what the figure counts"):
        by_hand(acting_as("analyst"), 1, **{left_out: " " if left_out != "unit" else ""})
    assert not PublishedFigure.objects.exists()


def test_a_job_enters_no_figure_by_hand(system: Acting, acting_as: Callable[..., Acting]) -> None:
    for by in (system, acting_as("supervisor")):
        with pytest.raises(NotPermitted):
            by_hand(by, 1)


def test_what_our_checks_found_is_kept_once(system: Acting) -> None:
    anomalies = [
        FoundRow("part_exceeds_whole", "error", "applied", "force", "55", "Dorset", "2021/22", {"line": 10}),
        FoundRow("heading_contradicted", "error", detail={"rows": 27}),
    ]

    def again(sha256: str) -> int:
        return record_found(by=system, series="spo-statistics", anomalies=anomalies, file_sha256=sha256, now=NOW)

    assert [again("a" * 64), again("a" * 64), again("b" * 64)] == [2, 0, 2]
    assert found_errors("spo-statistics").filter(area="55").count() == 2
    assert [one["counts"] for one in events("errors_found")] == [
        {"part_exceeds_whole": 1, "heading_contradicted": 1}
    ] * 2


def test_an_anomaly_of_no_known_severity_is_refused(system: Acting) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        record_found(by=system, series="x", anomalies=[FoundRow("x", "odd")], file_sha256="a" * 64, now=NOW)
    assert not FoundError.objects.exists()


@pytest.mark.rule("INT-02")
def test_what_says_not_where_it_came_from_is_not_stored(system: Acting) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        record_figures(by=system, series=SERIES, rows=figures(4), provenance=provenance(""), now=NOW)  # type: ignore[arg-type]
    with pytest.raises(IntegrityError), transaction.atomic():
        receive(system, [street()], sha256="")


def test_the_latest_word_is_found_through_an_index(system: Acting) -> None:
    if connection.vendor == "postgresql":
        # It plans by the rows there are, and here are hardly any.
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")
    for found in (latest_figures(SERIES, area_kind="force", area="63"), latest_street_crimes(key="id-1")):
        plan = found.explain()
        assert "scan published" not in plan.lower().replace("seq scan on", "scan")
        assert plan.lower().count("index") >= 2
