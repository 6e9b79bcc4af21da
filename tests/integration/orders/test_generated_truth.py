"""On a generated force, what its courts' messages propose is what its truth says the courts did, case by case and day by day."""

import csv
from collections import Counter
from datetime import datetime, time, timedelta
from pathlib import Path

import pytest
import time_machine as time_travel

from craffu.access.acting import Acting
from craffu.cases.models import CaseReference
from craffu.clocks.london import instant_of
from craffu.config.generate.force import Wanted, generate
from craffu.intake.running import take_in
from craffu.orders.models import OrderProposal
from craffu.orders.proposing.actions import keep_proposals
from craffu.orders.proposing.due import every_case
from craffu.orders.proposing.rules import CODES

pytestmark = [pytest.mark.django_db, pytest.mark.postgres_in_deep, pytest.mark.long]

# What the register calls each kind of the truth; a code for a change does not tell which restraining order it is.
CALLED = {
    "RO": ("RO_CONV", False), "RO on acquittal": ("RO_ACQ", False), "SPO": ("SPO", False), "interim SPO": ("ISPO", True),
    "DAPO": ("DAPO", False), "CBO": ("CBO", False), "bail": ("BAIL", False),
}  # fmt: skip
# Case, day, kind, whether interim, what it does, code.
type Decided = tuple[str, str, str, bool, str, str]


def decisions(folder: Path) -> Counter[Decided]:
    """What truth says the courts decided."""
    with (folder / "truth" / "court_decisions.csv").open(encoding="utf-8", newline="") as stream:
        return Counter(decided(row) for row in csv.DictReader(stream))


def decided(row: dict[str, str]) -> Decided:
    kind, is_interim = ("RO_CONV", False) if row["does"] == "changes" else CALLED[row["kind"]]
    return row["ptiurn"], row["held_on"], kind, is_interim, row["does"], row["result_code"]


def proposed(by: Acting) -> Counter[Decided]:
    called = dict(CaseReference.objects.for_user(by).filter(kind="ptiurn").values_list("case_id", "value"))
    rows = OrderProposal.objects.for_user(by)
    return Counter(
        (called[one.case_id], one.made_on.isoformat(), one.kind, one.is_interim, one.does, one.code) for one in rows
    )


@pytest.mark.rule("ORD-09")
@pytest.mark.deep
@pytest.mark.parametrize("wanted", [Wanted(people=1_500, years=6, seed=68), Wanted(people=8_000, years=10, seed=43)])
def test_a_generated_force_proposes_what_its_truth_says_the_courts_decided(
    wanted: Wanted, tmp_path: Path, system: Acting, frozen_clock: time_travel.Traveller
) -> None:
    folder = tmp_path / "made"
    generate(folder, wanted)
    frozen_clock.move_to(instant_of(datetime.combine(wanted.until + timedelta(days=90), time(12))))
    done = take_in(by=system, kind="court-results", paths=[folder / "court-results"])
    assert done.reconciled
    cases = [int(one) for one in every_case(system)]
    told = decisions(folder)
    frozen_clock.shift(60)
    assert keep_proposals(by=system, cases=cases) == told.total()
    assert proposed(system) == told
    assert keep_proposals(by=system, cases=cases) == 0
    assert {"1177", "3047", "3260", "3263", "3306", "3307", "3326", "4027"} <= {one[5] for one in told}
    assert {one[5] for one in told} <= set(CODES)


@pytest.mark.rule("ORD-09")
def test_an_order_of_the_truth_is_in_the_message_of_its_own_case(tmp_path: Path) -> None:
    folder = tmp_path / "made"
    generate(folder, Wanted(people=1_500, years=6, seed=68))
    tables = {}
    for name in ("orders", "court_decisions"):
        with (folder / "truth" / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
            tables[name] = list(csv.DictReader(stream))
    by_criminal_courts = {row["order_ref"]: row for row in tables["orders"] if row["kind"] in CALLED}
    made = {row["order_ref"]: row for row in tables["court_decisions"] if row["does"] == "makes" and row["order_ref"]}
    assert made.keys() == by_criminal_courts.keys()
    for ref, row in by_criminal_courts.items():
        assert (made[ref]["person"], made[ref]["held_on"]) == (row["respondent"], row["made_on"])
    changed = {row["order_ref"]: row["held_on"] for row in tables["court_decisions"] if row["does"] == "changes"}
    assert changed == {
        ref: row["varied_on"] or row["discharged_on"]
        for ref, row in by_criminal_courts.items()
        if row["kind"].startswith("RO") and "" < (row["varied_on"] or row["discharged_on"]) <= "2026-09-30"
    }
