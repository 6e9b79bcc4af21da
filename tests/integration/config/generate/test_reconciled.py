"""On a fictional force the differences between the register and the court's list are those that truth tells of (ORD-19)."""

import csv
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from craffu.access.acting import Acting, acting_system
from craffu.access.queries import home_force
from craffu.clocks.london import start_of
from craffu.config.commands.migrate import bring_up_to_date
from craffu.config.generate.force import Wanted, generate
from craffu.intake.running import take_in
from craffu.orders.facts import Given
from craffu.orders.life.actions import Beginning, begin_order
from craffu.orders.models import CourtListed, ListDifference
from craffu.orders.reconciling.actions import compare_lists

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("owner_of_the_tables")]

WANTED = Wanted(people=400, years=6, seed=11)
# Of the orders that truth knows, what is recorded of every sixth: rightly, or with one thing wrong.
RECORDED = ("right", "", "made", "ends", "kind", "")
FOUND = {
    "": "made_by_court_not_on_register", "made": "made_date_differs", "ends": "end_differs", "kind": "type_differs",
}  # fmt: skip


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("reconciled") / "made"
    generate(folder, WANTED)
    return folder


@pytest.fixture(autouse=True)
def _official_codes() -> None:
    bring_up_to_date()


def truth(folder: Path, name: str) -> list[dict[str, str]]:
    with (folder / "truth" / f"{name}.csv").open(newline="", encoding="utf-8") as stream:
        return list(csv.DictReader(stream))


def enter(by: Acting, listed: CourtListed, wrong: str) -> None:
    """What the list says is recorded, with one thing otherwise."""
    moved = listed.made_on.replace(day=1 + (listed.made_on.day + 9) % 28) if wrong == "made" else listed.made_on
    last_day = date(2040, 1, 1) if wrong == "ends" else listed.last_day
    other = "SRO" if wrong == "kind" else listed.kind
    given = Given(
        made_at=start_of(moved), court=listed.court, court_case_no=listed.court_case_no, last_day=last_day,
        is_indefinite=True if last_day is None else None, source_record="court list",
    )  # fmt: skip
    begin_order(by=by, beginning=Beginning(kind=other, respondent=listed.record), move="receive", given=given)


@pytest.mark.postgres_in_deep
@pytest.mark.rule("ORD-19")
def test_each_order_that_stands_and_is_not_recorded_or_is_recorded_wrongly_is_one_difference(made: Path) -> None:
    by = acting_system(home_force(), "intake")
    done = take_in(by=by, kind="court-orders", paths=[made / "court-orders"])
    assert done.reconciled
    unread = {
        row["key"] for row in truth(made, "records")
        if (row["system"], row["table"], row["breaks_layout"]) == ("court-orders", "orders", "yes")
    }  # fmt: skip
    standing = [
        row for row in truth(made, "orders") if row["listed_as"] == "in_force" and row["order_ref"] not in unread
    ]
    assert any(row["lapsed_but_listed_in_force"] == "yes" for row in standing)
    found = ListDifference.objects.for_user(by)
    assert {one.listed.order_ref for one in found.select_related("listed")} == {row["order_ref"] for row in standing}
    assert set(found.values_list("finding", flat=True)) == {"made_by_court_not_on_register"}
    assert not CourtListed.objects.for_user(by).filter(kind="").exists()
    # Of cases with one order that stands, so that no other can be taken for it.
    listed = {one.order_ref: one for one in CourtListed.objects.for_user(by).select_related("record")}
    in_case = Counter(listed[row["order_ref"]].court_case_no for row in standing)
    wanted: Counter[str] = Counter()
    for place, row in enumerate(standing):
        one = listed[row["order_ref"]]
        wrong = RECORDED[place % len(RECORDED)] if in_case[one.court_case_no] == 1 else ""
        if wrong:
            enter(by, one, wrong)
        wanted[FOUND.get(wrong, "")] += 1
    agreed = wanted.pop("")
    comparison = compare_lists(by=by)
    assert agreed > 0
    assert (comparison.compared, comparison.agreed, comparison.differences) == (len(standing), agreed, wanted.total())
    still_open = found.filter(closed__isnull=True).values_list("finding", flat=True)
    assert Counter(still_open) == wanted
    again = take_in(by=by, kind="court-orders", paths=[made / "court-orders"])
    assert (again.run.created, again.run.updated) == (0, 0)
    assert Counter(found.filter(closed__isnull=True).values_list("finding", flat=True)) == wanted
