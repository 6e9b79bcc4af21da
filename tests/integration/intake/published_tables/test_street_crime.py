"""Street-level crime: repeated rows stay, a month again adds nothing, a returning Crime ID is an update, outside is flagged."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import DataError

from craffu.access.acting import Acting
from craffu.audit.models import Event
from craffu.intake.models import HeldDecision, HeldRow
from craffu.intake.published_tables import street_crime
from craffu.intake.published_tables.street_rows import NEEDS
from craffu.intake.running import Done, take_in
from craffu.published.actions import record_street_crimes
from craffu.published.models import StreetCrime, TakenFile
from craffu.published.queries import latest_street_crimes
from craffu.published.street_batches import StreetBatch
from tests.factories.tables import csv_bytes, ods_bytes, xlsx_bytes

HEADER = (*NEEDS, "Context")


def row(**said: Any) -> tuple[str, ...]:
    """A made-up row of Dyfed-Powys without a Crime ID, with what is said instead."""
    usual = {
        "Crime ID": "", "Month": "2018-10", "Reported by": "Dyfed-Powys Police", "Falls within": "Dyfed-Powys Police",
        "Longitude": "-4.311763", "Latitude": "52.037656", "Location": "On or near Made-up Street",
        "LSOA code": "W01000685", "LSOA name": "Carmarthenshire 001A", "Crime type": "Anti-social behaviour",
        "Last outcome category": "", "Context": "",
    }  # fmt: skip
    return tuple(
        str(value) for value in {**usual, **{key.replace("_", " "): value for key, value in said.items()}}.values()
    )


def crime(number: int, **said: Any) -> tuple[str, ...]:
    return row(Crime_ID=f"{number:064x}", Crime_type="Burglary", **said)


@pytest.fixture
def take(system: Acting, tmp_path: Path) -> Callable[..., Done]:
    def taken(*rows: tuple[str, ...], name: str = "month.csv", written: Callable[..., bytes] = csv_bytes) -> Done:
        path = tmp_path / name
        path.write_bytes(written([HEADER, *rows]))
        return take_in(by=system, kind="street-crime", paths=[path])

    return taken


def counts(done: Done) -> tuple[int, int, int, int, int, int]:
    run = done.run
    assert done.reconciled
    return run.received, run.created, run.updated, run.unchanged, run.parked, run.rejected


@pytest.mark.rule("INT-01")
def test_rows_that_repeat_are_all_kept_and_the_same_month_again_adds_nothing(take: Callable[..., Done]) -> None:
    rows = [row(), row(), row(), row(Location="On or near Elsewhere"), crime(1), crime(2)]
    assert counts(take(*rows)) == (6, 6, 0, 0, 0, 0)
    assert StreetCrime.objects.count() == 6
    assert counts(take(*rows)) == (6, 0, 0, 6, 0, 0)
    # The same rows in another order, in other bytes: known row by row and not as a file.
    assert counts(take(*reversed(rows), name="other.csv")) == (6, 0, 0, 6, 0, 0)
    assert counts(take(*rows, row())) == (7, 1, 0, 6, 0, 0)
    assert StreetCrime.objects.count() == 7


@pytest.mark.rule("INT-01")
def test_a_crime_id_that_returns_with_another_outcome_is_an_update_and_never_goes_back(
    take: Callable[..., Done],
) -> None:
    first = crime(1, Last_outcome_category="Under investigation")
    later = crime(1, Last_outcome_category="Local resolution")
    assert counts(take(first, crime(2))) == (2, 2, 0, 0, 0, 0)
    assert counts(take(later, crime(2), name="later.csv")) == (2, 0, 1, 1, 0, 0)
    assert counts(take(first, crime(2))) == (2, 0, 0, 2, 0, 0)
    assert StreetCrime.objects.filter(key=f"{1:064x}").count() == 2
    assert latest_street_crimes(key=f"{1:064x}").get().last_outcome == "Local resolution"


@pytest.mark.parametrize(
    ("lsoa_name", "outside"),
    [
        ("Carmarthenshire 001A", False),
        ("Powys 012B", False),
        ("Cardiff 004B", True),
        ("Shropshire 001A", True),
        ("", False),
        ("Nowhere Known 001A", False),
    ],
)
def test_a_place_outside_the_force_is_flagged_and_kept(
    take: Callable[..., Done], lsoa_name: str, outside: bool
) -> None:
    done = take(crime(1, LSOA_name=lsoa_name))
    assert counts(done) == (1, 1, 0, 0, 0, 0)
    assert StreetCrime.objects.get().outside is outside
    assert done.run.warnings.get("outside_force", 0) == outside
    assert done.run.warnings.get("district_without_force", 0) == (lsoa_name == "Nowhere Known 001A")


@pytest.mark.rule("INT-03")
@pytest.mark.parametrize(
    ("said", "reason", "field"),
    [
        ({"Month": "October 2018"}, "month_unreadable", "Month"),
        ({"Month": "2018-13"}, "month_unreadable", "Month"),
        ({"Longitude": ""}, "point_unreadable", "Longitude"),
        ({"Longitude": "4°18'W"}, "point_unreadable", "Longitude"),
        ({"Latitude": "152.5"}, "point_unreadable", "Latitude"),
        ({"Crime type": ""}, "crime_type_missing", "Crime type"),
        ({"Falls within": ""}, "area_missing", "Falls within"),
        ({"Location": "x" * 161}, "too_long", "Location"),
        ({"Crime ID": "x" * 65}, "too_long", "Crime ID"),
    ],
)
def test_a_row_that_cannot_be_stored_is_held_with_its_line_and_the_others_are_kept(
    take: Callable[..., Done], system: Acting, said: dict[str, str], reason: str, field: str
) -> None:
    done = take(row(), row(**said), crime(1))
    assert counts(done) == (3, 2, 0, 0, 0, 1)
    (held,) = HeldRow.objects.for_user(system)
    assert (held.line, held.reason, held.field) == (3, reason, field)
    assert not TakenFile.objects.exists()
    assert counts(take(row(), row(**said), crime(1))) == (3, 0, 0, 2, 0, 1)
    assert HeldRow.objects.for_user(system).count() == 1


@pytest.mark.rule("INT-04")
def test_an_unknown_force_is_parked_and_two_contents_under_one_id_are_both_held(
    take: Callable[..., Done], system: Acting
) -> None:
    done = take(
        row(Falls_within="Ruritania Constabulary"), crime(1), crime(1, Location="Elsewhere"), crime(2), crime(2)
    )
    assert counts(done) == (5, 1, 0, 1, 1, 2)
    held = HeldRow.objects.for_user(system).order_by("line").values_list("line", "why", "reason")
    assert list(held) == [(2, "parked", "area_unknown"), (3, "rejected", "two_values"), (4, "rejected", "two_values")]


@pytest.mark.rule("INT-03")
def test_a_file_without_a_required_column_is_refused_whole(system: Acting, tmp_path: Path) -> None:
    path = tmp_path / "month.csv"
    path.write_bytes(csv_bytes([HEADER[:-2], row()[:-2]]))
    (refused,) = take_in(by=system, kind="street-crime", paths=[path]).refused
    assert refused.code == "column_missing"
    assert "Last outcome category" in refused.message


@pytest.mark.rule("INT-01")
@pytest.mark.parametrize(("written", "name"), [(xlsx_bytes, "m.xlsx"), (ods_bytes, "m.ods")])
def test_the_same_month_as_a_workbook_says_nothing_new(
    take: Callable[..., Done], written: Callable[..., bytes], name: str
) -> None:
    rows = [row(), row(), crime(1)]
    take(*rows)
    assert counts(take(*rows, written=written, name=name)) == (3, 0, 0, 3, 0, 0)


@pytest.mark.rule("SEC-04")
@pytest.mark.rule("INT-02")
def test_each_batch_leaves_one_row_in_the_log_and_each_crime_its_file_and_line(
    take: Callable[..., Done], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(street_crime, "BATCH", 4)
    take(*[row() for _ in range(6)], *[crime(number) for number in range(4)])
    logged = [json.loads(event.payload) for event in Event.objects.filter(kind="street_crimes_received").order_by("id")]
    assert [event["counts"] for event in logged] == [{"created": 4}, {"created": 4}, {"created": 2}]
    crimes = StreetCrime.objects.select_related("file").order_by("line")
    assert [crime.line for crime in crimes] == list(range(2, 12))
    assert {(crime.file.source, crime.file.controller) for crime in crimes} == {
        ("street-crime", "data.police.uk (Home Office)")
    }


@pytest.mark.rule("INT-03")
def test_a_corrected_row_is_taken_in_beside_those_that_say_the_same(
    take: Callable[..., Done], system: Acting, tmp_path: Path
) -> None:
    done = take(row(), row(Month="2018-1O"))
    assert counts(done) == (2, 1, 0, 0, 0, 1)
    assert done.reject_file is not None
    text = done.reject_file.read_text(encoding="utf-8")
    assert text.endswith(",\n")
    corrected = tmp_path / "corrected.csv"
    corrected.write_text(text.removesuffix("\n") + "2018-10\n", encoding="utf-8")
    assert counts(take_in(by=system, kind="street-crime", paths=[corrected])) == (1, 1, 0, 0, 0, 0)
    assert sorted(StreetCrime.objects.values_list("line", flat=True)) == [2, 3]


@pytest.mark.rule("INT-01")
@pytest.mark.parametrize("location", ["On or near \\N", "C:\\new\\table", "\\", "Ffordd \\x1f Ŵyr", "None"])
def test_a_place_is_kept_as_it_is_written_whatever_it_means_to_a_database(
    take: Callable[..., Done], location: str
) -> None:
    rows = [row(), crime(1, Location=location), crime(2, Longitude="", Latitude="", Location=location), row()]
    assert counts(take(*rows)) == (4, 4, 0, 0, 0, 0)
    kept = StreetCrime.objects.filter(line__in=(3, 4)).order_by("line")
    assert list(kept.values_list("location", "longitude")) == [(location, -4.311763), (location, None)]
    assert counts(take(*rows[1:], name="again.csv")) == (3, 0, 0, 3, 0, 0)


@pytest.mark.rule("INT-03")
def test_a_row_that_the_database_refuses_is_held_alone_and_the_file_is_not_noted_as_whole(
    take: Callable[..., Done], system: Acting, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [row(), row(), crime(1), crime(2)]

    def refuse_one(*, batch: StreetBatch, **more: Any) -> object:
        if f"{1:064x}" in batch.keys:
            raise DataError("the value is too long")
        return record_street_crimes(batch=batch, **more)

    with monkeypatch.context() as patched:
        patched.setattr(street_crime, "record_street_crimes", refuse_one)
        assert counts(take(*rows)) == (4, 3, 0, 0, 0, 1)
    assert not TakenFile.objects.exists()
    assert [(held.line, held.reason) for held in HeldRow.objects.for_user(system)] == [(4, "not_storable")]
    assert counts(take(*rows)) == (4, 1, 0, 3, 0, 0)
    assert TakenFile.objects.count() == 1
    assert HeldDecision.objects.for_user(system).get().reason == "stored_later"
