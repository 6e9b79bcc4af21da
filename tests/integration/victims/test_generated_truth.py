"""On a generated force, contact on time, notices, revisits and told against done are what its truth says, row by row and in all.

The truth is worked out by whoever made the force, in other words than the rules: the two agree, or one of them is wrong.
"""

import csv
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest
import time_machine as time_travel

from craffu.access.acting import Acting
from craffu.cases.models import CaseReference, CaseStage
from craffu.clocks.london import instant_of
from craffu.config.generate.force import Wanted, generate
from craffu.intake.models import RowWaiting
from craffu.intake.running import take_in
from craffu.people.models import SourceRecord
from craffu.victims.everybody import (
    Everybody,
    Stood,
    code_notices,
    everybody,
    measures,
    promises,
    revisits,
    safety_news,
)
from craffu.victims.figures import (
    ContactFigures,
    Figure,
    contact_figures,
    notices_figures,
    promises_figures,
    revisit_figures,
    told_figures,
)
from craffu.victims.models import CaseHappening

pytestmark = [pytest.mark.django_db, pytest.mark.postgres_in_deep, pytest.mark.long]

SMALL = Wanted(people=500, years=4, seed=31)
EVER = (date(1990, 1, 1), date(2090, 1, 1))
type Rows = list[dict[str, str]]


@dataclass(frozen=True)
class Compared:
    """A force taken in: its truth, the reader, and the end of its last day."""

    folder: Path
    by: Acting
    now: datetime

    def truth(self, name: str) -> Rows:
        with (self.folder / "truth" / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
            return [row for row in csv.DictReader(stream) if row.get("can_be_known") != "no"]


def taken_in(folder: Path, by: Acting, wanted: Wanted, traveller: time_travel.Traveller) -> Compared:
    generate(folder, wanted)
    now = instant_of(datetime.combine(wanted.until, time(23, 59)))
    traveller.move_to(now - timedelta(minutes=5))
    for kind, of in (("rms", "police"), ("witness-care", "witness-care")):
        done = take_in(by=by, kind=kind, paths=[folder / of])
        assert done.reconciled
        assert done.run.files_refused == 0
    return Compared(folder, by, now)


def statuses(rows: Iterable[Stood], called: Callable[[Stood], str] = lambda one: one.key) -> dict[str, tuple[str, str]]:
    listed = [(called(one), (one.day.isoformat(), one.status)) for one in rows]
    assert len(dict(listed)) == len(listed)
    return dict(listed)


def names_of_happenings(by: Acting) -> Callable[[Stood], str]:
    """What the truth calls each thing that happened: by the sender's key, or a stage by its crime."""
    crimes = CaseReference.objects.for_user(by).filter(kind="crime").values_list("case_id", "value")
    crime_of = dict(crimes)
    keys = {f"happening-{pk}": key for pk, key in CaseHappening.objects.for_user(by).values_list("pk", "source_key")}
    stages = CaseStage.objects.for_user(by).values_list("pk", "case_id")
    keys |= {f"stage-{pk}": f"stage/{crime_of[case]}" for pk, case in stages}
    return lambda one: keys[one.key]


def person_and_day(found: Everybody, by: Acting) -> Callable[[Stood], str]:
    keys = dict(SourceRecord.objects.for_user(by).values_list("pk", "source_key"))
    return lambda one: f"{keys[one.record].removeprefix('persons/')} {one.key.rpartition('/')[2]}"


def expected(rows: Rows, key: Callable[[dict[str, str]], str], day: str, status: str) -> dict[str, tuple[str, str]]:
    return {key(row): (row[day][:10], row[status]) for row in rows if row[status]}


def differences(compared: Compared) -> dict[str, dict[str, tuple[object, object]]]:
    """What the register says otherwise than the truth: of each table, and of the totals."""
    by, now = compared.by, compared.now
    found = everybody(by, now)
    happened = names_of_happenings(by)
    notices = compared.truth("notices")
    pairs = {
        "promises": (
            statuses(promises(found)),
            expected(compared.truth("promises"), lambda row: row["promise"], "due_at", "status"),
        ),
        "code": (
            statuses(code_notices(found), happened),
            expected(notices, lambda row: row["happening"], "code_due_on", "code_status"),
        ),
        "safety": (
            statuses(safety_news(found), happened),
            expected(notices, lambda row: row["happening"], "safety_due_at", "safety_status"),
        ),
        "revisits": (
            statuses(revisits(found), person_and_day(found, by)),
            expected(compared.truth("revisits"), lambda row: f"{row['person_ref']} {row['day']}", "due_on", "status"),
        ),
        "measures": (
            statuses(measures(by, now)),
            expected(compared.truth("measures"), lambda row: row["measure"], "done_on", "status"),
        ),
        "contact_figures": (figures(by, now), totals(compared.truth("contact_figures"))),
    }
    return {
        name: {
            key: (ours.get(key), theirs.get(key))
            for key in ours.keys() | theirs.keys()
            if ours.get(key) != theirs.get(key)
        }
        for name, (ours, theirs) in pairs.items()
    }


def figures(by: Acting, now: datetime) -> dict[str, object]:
    notices = notices_figures(by, *EVER, now)
    listed = {
        "promises": promises_figures(by, *EVER, now), "code": notices.code, "safety": notices.safety,
        "revisits": revisit_figures(by, *EVER, now), "measures": told_figures(by, *EVER, now),
    }  # fmt: skip
    assert notices.agreement == listed["promises"]
    assert contact_figures(by, *EVER, now) == ContactFigures(notices, listed["revisits"], listed["measures"])
    return {f"{name} {part}": number for name, one in listed.items() for part, number in parts(one)}


def parts(one: Figure) -> list[tuple[str, int]]:
    return [*one.by_status.items(), ("numerator", one.numerator), ("denominator", one.denominator)]


def totals(rows: Rows) -> dict[str, object]:
    """The truth's totals; a status that nothing has is not counted."""
    whole = [
        row for row in rows if row["name"] and (row["number"] != "0" or row["name"] in ("numerator", "denominator"))
    ]
    return {f"{row['figure']} {row['name']}": int(row["number"]) for row in whole}


NONE = {name: {} for name in ("promises", "code", "safety", "revisits", "measures", "contact_figures")}


@pytest.mark.rule("VIC-03", "VIC-04", "VIC-05", "VIC-08")
@pytest.mark.parametrize(
    "wanted", [SMALL, pytest.param(Wanted(people=2_000, years=10, seed=32), marks=pytest.mark.deep)]
)
def test_the_figures_of_a_generated_force_are_those_of_its_truth(
    wanted: Wanted, tmp_path: Path, system: Acting, frozen_clock: time_travel.Traveller
) -> None:
    compared = taken_in(tmp_path / "made", system, wanted, frozen_clock)
    assert differences(compared) == NONE
    counted = Counter(row["figure"] for row in compared.truth("contact_figures") if row["number"] != "0")
    assert min(counted.values()) >= 1
    unreadable = {row["key"] for row in compared.truth("records") if row["breaks_layout"] == "yes"}
    assert RowWaiting.objects.for_user(system).count() == 0 or unreadable


@pytest.mark.deep
@pytest.mark.rule("VIC-03", "VIC-04", "VIC-05", "VIC-08")
def test_one_wrong_status_in_the_truth_is_found(
    tmp_path: Path, system: Acting, frozen_clock: time_travel.Traveller
) -> None:
    compared = taken_in(tmp_path / "made", system, Wanted(people=120, years=2, seed=33), frozen_clock)
    assert differences(compared) == NONE
    for name, column, wrong, told_in in (
        ("promises", "status", "excused", "promises"),
        ("notices", "code_status", "late", "code"),
        ("revisits", "status", "running", "revisits"),
        ("measures", "status", "told", "measures"),
        ("contact_figures", "number", "1000", "contact_figures"),
    ):
        path = compared.folder / "truth" / f"{name}.csv"
        whole = path.read_text(encoding="utf-8")
        rows = list(csv.DictReader(whole.splitlines()))
        row = next(one for one in rows if one[column] not in ("", wrong) and "as_of" not in one.values())
        row[column] = wrong
        with path.open("w", encoding="utf-8", newline="") as stream:
            writer = csv.DictWriter(stream, list(row))
            writer.writeheader()
            writer.writerows(rows)
        found = differences(compared)
        assert [len(found[table]) for table in found] == [int(table == told_in) for table in found]
        path.write_text(whole, encoding="utf-8")


def test_as_of_is_the_end_of_the_last_day() -> None:
    assert instant_of(datetime.combine(SMALL.until, time(23, 59))) == datetime(2026, 9, 30, 22, 59, tzinfo=UTC)
