"""On a generated force, the figures about how orders are served, watched and reviewed are what its truth says.

The truth is worked out by whoever made the force, in other words than the rules: the two agree, or one of them is wrong.
"""

import csv
from collections.abc import Callable
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
import time_machine as time_travel

from craffu.access.acting import Acting
from craffu.config.demo.playing.stage import People
from craffu.config.generate.force import Wanted
from craffu.intake.running import take_in
from craffu.orders import figures
from craffu.resourcing.posts.actions import NewCapacity, state_capacity
from craffu.resourcing.posts.kinds import Work
from craffu.resourcing.posts.queries import capacities, in_post_for, posts_of
from craffu.resourcing.posts.rules import Caseload, caseload
from tests.factories.watched_force import Compared, played, told

pytestmark = [pytest.mark.django_db, pytest.mark.postgres_in_deep, pytest.mark.long]

SMALL = Wanted(people=400, years=4, seed=15)
PARTS = ("numerator", "denominator")
type Counts = dict[tuple[str, str, str], int]


# What the register calls what the truth calls otherwise.
CALLED = {
    "lacks_born": "lacks_respondent_dob", "lacks_identifier": "lacks_respondent_identifier", "lacks_service": "lacks_served_at",
    "lacks_locality": "lacks_locality_limit", "lacks_national_entry": "lacks_national_system_recorded",
}  # fmt: skip
OPEN = ("lacks_", "vary_", "discharge_")
KNOWN = {
    *((figure, part) for figure in ("MET09", "MET10", "MET12", "MET13", "MET14", "MET15", "MET25", "MET26") for part in PARTS),
    ("MET13", "late"), ("MET13", "never"), ("MET14", "cancelled"), ("MET16", "view"), ("MET16", "reason"), ("MET16", "wish"),
    ("MET16", "denominator"),
    *(("MET11", name) for name in ("orders", "interim", "unserved", "episodes", "persons")),
}  # fmt: skip


def truth(compared: Compared) -> Counts:
    """The truth's figures, but for how the rest of a denominator stands."""
    listed = {
        (row["period"], row["figure"], CALLED.get(row["name"], row["name"])): int(row["number"])
        for row in told(compared.folder)
        if row["figure"] and row["number"] != "0"
    }
    return {name: number for name, number in listed.items() if name[1:] in KNOWN or name[2].startswith(OPEN)}


def found(compared: Compared) -> Counts:
    """What the register says, in the truth's words; what is nought is left out."""
    listed: Counts = {}
    for period, first in compared.first.items():
        for name, number in of_period(compared, first).items():
            listed[period, *name] = number
    for name, number in as_of(compared).items():
        listed["as_of", *name] = number
    # Without service there is neither its manner nor its proof: one thing that is lacking.
    same = {("as_of", "MET12", f"lacks_{name}") for name in ("service_method", "service_proof")}
    return {name: number for name, number in listed.items() if number and name not in same}


def of_period(compared: Compared, first: date) -> dict[tuple[str, str], int]:
    by, last, at = compared.by, compared.last, compared.at
    served = figures.served_in_time(by, first, last, at)
    notified = figures.notified_in_time(by, first, last, at)
    checked = figures.checked_in_time(by, first, last, at)
    reviewed = figures.reviewed_in_time(by, first, last)
    heard = figures.heard(by, first, last)
    lapsed = figures.lapsed_unreviewed(by, first, last)
    changed = figures.changed(by, first, last, at)
    return {
        ("MET09", "numerator"): served.numerator,
        ("MET09", "denominator"): served.denominator,
        ("MET13", "numerator"): notified.numerator,
        ("MET13", "late"): notified.beside["late"],
        ("MET13", "never"): notified.beside["never"],
        ("MET13", "denominator"): notified.denominator,
        ("MET14", "numerator"): checked.numerator,
        ("MET14", "denominator"): checked.denominator,
        ("MET14", "cancelled"): checked.beside["cancelled"],
        ("MET15", "numerator"): reviewed.numerator,
        ("MET15", "denominator"): reviewed.denominator,
        ("MET16", "view"): heard.by_view.numerator,
        ("MET16", "reason"): heard.by_reason.numerator,
        ("MET16", "wish"): heard.by_wish.numerator,
        ("MET16", "denominator"): heard.by_view.denominator,
        ("MET25", "numerator"): lapsed.numerator,
        ("MET25", "denominator"): lapsed.denominator,
        ("MET26", "numerator"): changed.all.numerator,
        ("MET26", "denominator"): changed.all.denominator,
        **{("MET26", f"{change}_{who}"): number for (change, who), number in changed.granted.items()},
    }


def as_of(compared: Compared) -> dict[tuple[str, str], int]:
    by, at = compared.by, compared.at
    waiting, active, complete = figures.unserved(by, at), figures.active(by, at), figures.complete(by, at)
    return {
        ("MET10", "numerator"): waiting.numerator,
        ("MET10", "denominator"): waiting.denominator,
        ("MET11", "orders"): active.orders,
        ("MET11", "interim"): active.interim,
        ("MET11", "unserved"): active.unserved,
        ("MET11", "episodes"): active.episodes,
        ("MET11", "persons"): active.persons,
        ("MET12", "numerator"): complete.numerator,
        ("MET12", "denominator"): complete.denominator,
        **{("MET12", f"lacks_{name}"): number for name, number in complete.beside.items()},
    }


MANAGERS = "civil orders officer"


def caseload_found(compared: Compared, lead: Acting) -> Caseload:
    """RES-03 as the page of caseload reads it: orders of the register, and who the system of staff says is in post."""
    done = take_in(by=compared.by, kind="staff", paths=[compared.folder / "staff"])
    assert done.reconciled
    state_capacity(by=lead, given=NewCapacity(MANAGERS, Work.ORDERS, 20, "As the board decided"))
    in_post = in_post_for(posts_of(lead), capacities(lead), Work.ORDERS, compared.last)
    return caseload(in_post, figures.active(lead.joining(), compared.at).orders)


def caseload_told(compared: Compared) -> Caseload:
    """The same from the truth of orders and of staff, divided here."""
    orders = next(
        int(row["number"]) for row in told(compared.folder) if (row["figure"], row["name"]) == ("MET11", "orders")
    )
    with (compared.folder / "truth" / "staff_figures.csv").open(encoding="utf-8", newline="") as stream:
        posts = {row["name"]: int(row["number"]) for row in csv.DictReader(stream) if row["of"] == MANAGERS}
    each = Fraction(orders, posts["in_post"])
    assert each > 0
    return Caseload(each, None, warn=each > 20)


@pytest.fixture
def people(acting_as: Callable[..., Acting]) -> People:
    return People(
        manager=acting_as("offender_manager", username="om"),
        team=acting_as("orders_team", username="team"),
        supervisor=acting_as("supervisor", username="super"),
        officer=acting_as("victim_officer", username="vo"),
    )


@pytest.mark.rule("MON-01", "MON-05", "MON-06", "ORD-11", "ORD-18", "RES-03", "REV-01", "REV-02", "REV-06")
@pytest.mark.deep
@pytest.mark.parametrize("wanted", [SMALL, Wanted(people=2_000, years=10, seed=32)])
def test_the_figures_of_a_generated_force_are_those_of_its_truth(
    wanted: Wanted, tmp_path: Path, system: Acting, people: People, frozen_clock: time_travel.Traveller,
    acting_as: Callable[..., Acting],
) -> None:  # fmt: skip
    compared = played(tmp_path / "made", system, people, wanted, frozen_clock)
    assert found(compared) == truth(compared)
    lead = acting_as("workforce_lead", username="lead")
    assert caseload_found(compared, lead) == caseload_told(compared)
    assert sum(figures.managed(lead.joining(), compared.at).values()) == figures.active(system, compared.at).orders
