"""A generated force's staff, taken in as it is sent: champions, MET32, posts and vacancies are those of its truth, row by row."""

import csv
from collections import Counter
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from craffu.access.acting import Acting, acting_system
from craffu.access.models import Force
from craffu.clocks.london import LONDON, day_of, end_of
from craffu.config.generate.force import Wanted, generate
from craffu.intake.running import take_in
from craffu.resourcing.champions.actions import NewVersion, accept_version, withdraw_version
from craffu.resourcing.champions.queries import covered, members_on, roll_of, scheduled
from craffu.resourcing.extract import SHIFTS
from craffu.resourcing.posts.queries import absence, posts_of, split, standing_of

pytestmark = [pytest.mark.django_db, pytest.mark.rule("RES-01"), pytest.mark.rule("RES-02"), pytest.mark.rule("RES-03")]

# Few people: a small force has sixty posts all the same.
SEEDS = (23, 714_315)
type Rows = list[dict[str, str]]


@pytest.fixture(scope="module", params=SEEDS)
def made(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("staff") / "made"
    generate(folder, Wanted(people=400, years=3, seed=request.param))
    return folder


def truth(folder: Path, name: str) -> Rows:
    with (folder / "truth" / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


@pytest.fixture
def lead(made: Path, force: Force, acting_as: Callable[..., Acting]) -> Acting:
    """The workforce lead of a force whose staff was taken in, and who has accepted the versions that count."""
    done = take_in(by=acting_system(force, "intake"), kind="staff", paths=[made / "staff"])
    assert (done.reconciled, done.run.rejected, done.run.parked) == (True, 0, 0)
    by = acting_as("workforce_lead", username="lead")
    for row in truth(made, "accepted_versions"):
        first = date.fromisoformat(row["first_day"])
        given = NewVersion(row["programme"], row["version"], first, "As the programme board decided")
        accepted = accept_version(by=by, given=given)
        if row["last_day"]:
            last = date.fromisoformat(row["last_day"])
            withdraw_version(
                by=by, number=accepted.pk, last_day=last, reason="Everybody has been brought up to the next"
            )
    return by


def figures(folder: Path) -> dict[tuple[str, str], dict[str, str]]:
    found: dict[tuple[str, str], dict[str, str]] = {}
    for row in truth(folder, "staff_figures"):
        found.setdefault((row["figure"], row["of"]), {})[row["name"]] = row["number"]
    return found


@pytest.mark.postgres_in_deep
def test_champions_coverage_posts_and_absence_are_those_of_the_truth(made: Path, lead: Acting) -> None:
    told = figures(made)
    last = date.fromisoformat(told["", ""]["last_day"])
    roll = roll_of(lead)

    # Who is a champion on the last day.
    said = {row["staff_ref"]: row for row in truth(made, "champions")}
    assert roll.named.keys() == said.keys()
    for ref, row in said.items():
        stands = roll.standing(ref, last)
        assert ("current" if stands.current else stands.why) == row["standing"], ref
        assert (stands.current_until.isoformat() if stands.current_until else "") == row["current_until"], ref
        assert roll.is_named(ref, last) == (row["named"] == "yes"), ref
    members = members_on(lead, roll, last)
    assert {one.staff_ref for one in members} == {ref for ref, row in said.items() if row["named"] == "yes"}
    assert all(one.name and one.telephone.startswith("06") and one.role and one.station for one in members)
    standings = Counter(row["standing"] for row in said.values())
    assert min(standings["current"], standings["cpd_lapsed"], standings["not_trained"]) > 0, (
        "the force has some of each"
    )

    # Each shift, then MET32 of each station and of all.
    first = date.fromisoformat(told["MET32", ""]["first_day"])
    shifts = scheduled(lead, roll, first, last)
    mine = {(one.station, one.slot.starts_at): one for one in shifts}
    theirs = {(row["station"], at(row["starts_at"])): row for row in truth(made, "shifts_covered")}
    assert mine.keys() == theirs.keys()
    assert len(mine) == len(shifts)
    for key, row in theirs.items():
        numbers = (len(mine[key].on_duty), len(mine[key].on_call))
        assert numbers == (int(row["champions"]), int(row["on_call"])), key
    for (figure, station), numbers in told.items():
        if figure == "MET32":
            some = [one for one in shifts if station in ("", one.station)]
            share = covered(some)
            assert (share.numerator, share.denominator) == (int(numbers["numerator"]), int(numbers["denominator"]))
            assert sum(one.by_on_call_alone for one in some) == int(numbers["on_call_alone"])
    assert 0 < covered(shifts).numerator < covered(shifts).denominator
    assert int(told["MET32", ""]["on_call_alone"]) > 0
    # What the snapshot holds of them.
    kept = [one for one in SHIFTS.read(lead, end_of(last)) if first <= one["began_on"] <= last]
    assert (len(kept), sum(one["is_covered"] for one in kept)) == (
        covered(shifts).denominator,
        covered(shifts).numerator,
    )
    assert sum(one["is_on_call_alone"] for one in kept) == int(told["MET32", ""]["on_call_alone"])

    # Posts, vacancies and absence.
    since = date.fromisoformat(told["posts", ""]["first_day"])
    posts = posts_of(lead)
    filled = {row["post_ref"]: row for row in truth(made, "posts_filled")}
    assert {one.post.post_ref for one in posts} == filled.keys()
    for one in posts:
        row = filled[one.post.post_ref]
        days = one.vacant(since, last)
        assert (days.of, days.counted) == (int(row["post_days"]), int(row["vacant_days"])), row
        assert (one.vacant_since(last) is None) == (row["filled"] == "yes")
    by_role: dict[str, Any] = {"": posts, **split(posts, lambda post: post.role)}
    assert by_role.keys() == {of for figure, of in told if figure == "posts"}
    for role, some in by_role.items():
        stands, numbers = standing_of(some, since, last), told["posts", role]
        assert (stands.posts, stands.in_post) == (int(numbers["posts"]), int(numbers["in_post"])), role
        assert (stands.days.of, stands.days.counted) == (int(numbers["post_days"]), int(numbers["vacant_days"])), role
        assert stands.vacant == stands.posts - stands.in_post
    away = absence(lead, since, last)
    assert (away.of, away.counted) == (
        int(told["posts", ""]["away_days"]),
        int(told["posts", ""]["uncovered_days"]),
    )
    assert away.of > 0


def test_what_lies_ahead_is_rostered_and_covers_nothing(made: Path, lead: Acting) -> None:
    last = date.fromisoformat(figures(made)["", ""]["last_day"])
    shifts = scheduled(lead, roll_of(lead), last + timedelta(days=1), last + timedelta(days=10))
    assert shifts
    assert covered(shifts).numerator == 0
    assert any(one.rostered for one in shifts)
    assert all(day_of(one.slot.starts_at) > last for one in shifts)


@pytest.mark.postgres_in_deep
def test_taken_in_again_it_is_the_same(made: Path, lead: Acting, force: Force) -> None:
    told = figures(made)
    last = date.fromisoformat(told["", ""]["last_day"])
    first = date.fromisoformat(told["MET32", ""]["first_day"])
    before = scheduled(lead, roll_of(lead), first, last)
    again = take_in(by=acting_system(force, "intake"), kind="staff", paths=[made / "staff"])
    assert again.run.created == again.run.updated == 0
    assert scheduled(lead, roll_of(lead), first, last) == before


def at(said: str) -> datetime:
    return datetime.fromisoformat(said).replace(tzinfo=LONDON)
