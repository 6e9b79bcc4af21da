"""Whom the force scores, everybody at once and one by one, and that nothing else changes by it (PRI-01, PRI-06, PRI-10)."""

import json
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from craffu.access.acting import Acting
from craffu.access.restricted.actions import restrict
from craffu.audit.actions import record_consultation
from craffu.audit.models import Event as Logged
from craffu.cases.models import Case, CaseRole
from craffu.clocks.london import day_of, end_of
from craffu.common.refusals import NotNow, NotPermitted
from craffu.config import cli
from craffu.config.commands.digest import register_digests
from craffu.config.generate.force import Wanted, generate
from craffu.engines.choice import Engine, Kind
from craffu.intake.running import take_in
from craffu.people.queries import belonging_now
from craffu.prevention.deciding.actions import let_stand
from craffu.prevention.deciding.queries import decided_of
from craffu.prevention.events import SCORES_LISTED
from craffu.prevention.models import PopulationDefined, SchemeAdopted, ScoreKept, ScoreRun, ScoreStands
from craffu.prevention.population.rules import Definition
from craffu.prevention.running.actions import score_everybody, score_today
from craffu.prevention.running.queries import everybody
from craffu.prevention.scoring.actions import adopt_scheme, define_population
from craffu.prevention.scoring.known import as_event, as_known
from craffu.prevention.scoring.one import scored_alone
from craffu.prevention.scoring.queries import in_order, standing
from craffu.prevention.scoring.reading import spans_of_everybody, spans_of_records
from craffu.prevention.scoring.rules import Tier, convicted_only, scored
from craffu.prevention.scoring.schemes import default, shipped
from craffu.prevention.scoring.weights import loaded, own
from tests.factories.areas import two_areas
from tests.worlds import World, kept

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
DUCKDB = Engine(Kind.DUCKDB)
SMALL = Wanted(people=300, years=3, seed=23)
NOW = end_of(SMALL.until)
STATED: dict[str, Any] = {
    "name": "Stalking and harassment", "begins": date(2026, 1, 1), "necessity_ref": "DPIA-7", "necessity_on": date(2025, 12, 1),
}  # fmt: skip
DEFINITION = Definition("x", 1, date(2026, 1, 1), "DPIA-7", date(2025, 12, 1))


@kept()
def force_told(world: World) -> Acting:
    made = world.folder
    generate(made, SMALL)
    for kind, folder in (("rms", "police"), ("court-results", "court-results")):
        assert take_in(by=world.system, kind=kind, paths=[made / folder]).reconciled
    return world.system


@pytest.fixture
def coordinator(acting_as: Callable[..., Acting]) -> Acting:
    return acting_as("coordinator", username="coordinator")


def run(by: Acting, now: datetime = NOW) -> ScoreRun:
    return score_everybody(by=by, scheme=default(), table=own(), engine=DUCKDB, now=now)


@pytest.mark.postgres_in_deep
@pytest.mark.rule("PRI-01")
@pytest.mark.rule("PRI-02")
def test_everybody_at_once_is_scored_as_each_alone(force_told: Acting) -> None:
    at = NOW
    found = everybody(force_told, at, DEFINITION, default(), own(), DUCKDB)
    assert len(found.scores) > 40
    assert found.outside > 10
    assert set(found.scores) <= set(found.members)
    on, kinds = day_of(at), set()
    accused = {one.record for one in spans_of_everybody(force_told)}
    somebody = {person: record for record, person in belonging_now(force_told, accused).items()}
    for person, row in found.scores.items():
        record = somebody.get(person, -person)
        known = as_known(spans_of_records(force_told, [record]), at)
        whose = belonging_now(force_told, {victim for one in known for victim in one.victims})
        events = [as_event(one, on, own(), whose) for one in known]
        one = scored(events, unknown=own().unknown)
        assert row["score"] == pytest.approx(one.value, abs=1e-9)
        assert (row["low"], row["high"]) == (pytest.approx(one.low, abs=1e-9), pytest.approx(one.high, abs=1e-9))
        assert row["proved"] == (pytest.approx(convicted_only(events).value) if row["proved"] is not None else None)
        assert row["tier"] == one.tier
        kinds |= {event.evidence for event in events}
    assert {one.value for one in kinds} >= {"convicted", "charged", "suspected", "non_crime"}


@pytest.mark.rule("PRI-01")
def test_what_is_shut_to_whoever_asks_is_scored_all_the_same(
    force_told: Acting, acting_as: Callable[..., Acting]
) -> None:
    every = list(spans_of_everybody(force_told))
    accused = CaseRole.objects.for_user(force_told).filter(role="suspect").first()
    restrict(by=acting_as("supervisor"), kind="case", reference=accused.case.reference, reason="a test")
    reader = acting_as("offender_manager")
    assert not CaseRole.objects.for_user(reader).filter(pk=accused.pk).exists()
    assert list(spans_of_everybody(reader)) == every


@pytest.mark.postgres_in_deep
@pytest.mark.rule("PRI-01")
@pytest.mark.rule("PRI-10")
def test_nobody_is_scored_until_somebody_has_stated_whom(force_told: Acting, coordinator: Acting) -> None:
    with pytest.raises(NotNow, match="stated whom the force scores"):
        run(coordinator)
    define_population(by=coordinator, **{**STATED, "begins": day_of(NOW) + timedelta(days=1)}, now=NOW)
    with pytest.raises(NotNow):
        run(coordinator)
    assert not ScoreRun.objects.for_user(coordinator).exists()
    second = define_population(by=coordinator, **STATED, now=NOW)
    assert (second.version, run(coordinator).population) == (2, second)


@pytest.mark.rule("PRI-01")
@pytest.mark.parametrize(("given", "said"), [
    ({"name": " "}, "Give the population a name"), ({"necessity_ref": ""}, "reference of its assessment"),
    ({"necessity_on": day_of(NOW) + timedelta(days=1)}, "lies ahead"),
])  # fmt: skip
def test_a_statement_that_is_not_whole_is_refused(coordinator: Acting, given: dict[str, Any], said: str) -> None:
    with pytest.raises(NotNow, match=said):
        define_population(by=coordinator, **{**STATED, **given}, now=NOW)
    assert not PopulationDefined.objects.for_user(coordinator).exists()
    assert define_population(by=coordinator, **{**STATED, "necessity_on": day_of(NOW)}, now=NOW).version == 1


@pytest.mark.rule("PRI-01")
@pytest.mark.parametrize("role", ["investigator", "offender_manager", "analyst", "response_officer", "victim_officer"])
def test_who_states_whom_the_force_scores_and_who_reads_it(acting_as: Callable[..., Acting], role: str) -> None:
    by = acting_as(role)
    with pytest.raises(NotPermitted):
        define_population(by=by, **STATED, now=NOW)
    refusal = NotNow if role in {"investigator", "offender_manager"} else NotPermitted
    with pytest.raises(refusal):
        run(by)


@pytest.mark.postgres_in_deep
@pytest.mark.rule("PRI-06")
@pytest.mark.rule("PRI-09")
def test_nothing_but_scores_changes_by_a_run(force_told: Acting, coordinator: Acting) -> None:
    define_population(by=coordinator, **STATED, now=NOW)
    before = register_digests()
    made = run(coordinator)
    assert register_digests() == before
    assert (made.scheme, made.scheme_version, made.scheme_sha256) == ("RFGV-B", 1, default().sha256)
    assert (made.scheme_text, made.weights_text) == (default().canonical, own().canonical)
    rows = standing(coordinator)
    assert made.scored == sum(one.value is not None for one in rows) > 40
    assert made.without_score == sum(one.value is None for one in rows)
    assert {one.tier for one in rows if one.value is None} <= {Tier.NO_HISTORY, Tier.URGENT}
    assert Logged.objects.filter(kind="scores_made").count() == 1


@pytest.mark.rule("PRI-07")
@pytest.mark.rule("PRI-10")
def test_what_is_kept_is_each_change_of_a_priority(force_told: Acting, coordinator: Acting) -> None:
    define_population(by=coordinator, **STATED, now=NOW)
    run(coordinator)
    first = kept(coordinator)
    assert [one.person_id for one in first] == sorted(one.person_id for one in standing(coordinator))
    run(coordinator)
    assert kept(coordinator) == first, "the same again gives nobody another priority"
    later = NOW + timedelta(days=500)
    run(coordinator, later)
    changed = kept(coordinator)[len(first) :]
    assert changed, "what is old counts for less"
    before = {one.person_id: one.tier for one in first}
    assert all(one.tier != before[one.person_id] for one in changed)
    assert {one.at for one in changed} == {later}
    assert ScoreRun.objects.for_user(coordinator).count() == 3
    run(coordinator, NOW + timedelta(days=2_000))
    assert standing(coordinator) == [], "who has left the population stands in it no more"
    assert len(kept(coordinator)) == len(first) + len(changed)


def kept(by: Acting) -> list[ScoreKept]:
    return list(ScoreKept.objects.for_user(by).order_by("id"))


@pytest.mark.rule("PRI-04")
@pytest.mark.rule("PRI-05")
def test_whoever_is_before_a_human_at_once_comes_first_and_ties_are_listed(coordinator: Acting) -> None:
    class Of:
        def __init__(self, reference: str) -> None:
            self.reference = reference

    def one(name: str, value: float | None, tier: Tier, harm: float = 0) -> ScoreStands:
        row = ScoreStands(value=value, tier=tier.value, harm=harm, newest_age=3)
        row._state.fields_cache["person"] = Of(name)  # type: ignore[assignment]
        return row

    rows = [
        one("a", 70, Tier.HIGH), one("b", 20, Tier.URGENT), one("c", 30, Tier.URGENT), one("d", 50, Tier.MEDIUM, 1),
        one("e", 50, Tier.MEDIUM, 2), one("f", None, Tier.NO_HISTORY), one("g", 10, Tier.STANDARD),
    ]  # fmt: skip
    found = in_order(rows, 4, "seed")
    assert found.listed == ("c", "b", "a", "e", "d")
    assert (found.tied, found.unscored) == (1, ("f",))
    assert in_order(rows, 1, "seed").listed == ("c", "b"), "both are before a human, however few are asked for"


@pytest.mark.deep
@pytest.mark.rule("PRI-08")
@pytest.mark.rule("PRI-09")
@pytest.mark.sqlite
def test_the_order_is_held_against_what_came_next(
    tmp_path: Path,
    system: Acting,
    coordinator: Acting,
    acting_as: Callable[..., Acting],
    capsys: pytest.CaptureFixture[str],
    frozen_clock: Any,
) -> None:
    of = Wanted(people=200, years=6, seed=24)
    generate(tmp_path, of)
    assert take_in(by=system, kind="rms", paths=[tmp_path / "police"]).reconciled
    areas = two_areas(acting_as("administrator", username="admin"))
    for number, case in enumerate(Case.objects.for_user(system).order_by("id")):
        areas.place(coordinator, case.reference, "north" if number % 2 else "south")
    frozen_clock.move_to(end_of(of.until).astimezone(UTC))
    asked = ["score", "backtest", "--as", "coordinator", "--capacity", "5", "--resamples", "20"]
    assert cli.main([*asked, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert len(told["cutoffs"]) > 15
    assert told["outcomes"]["any"]["followed"] > 20
    assert set(told["outcomes"]) == {"any", "breach", "serious"}
    assert set(told["baselines"]) == {"random", "incidents", "v100", "newest", "grade"}
    by_lot = told["baselines"]["random"]
    assert by_lot["lift"]["value"] == pytest.approx(1, abs=0.1), "drawn by lot nobody is found more often"
    assert {one["by"] for one in told["fairness"]} >= {"sex", "age", "area"}
    assert {one["group"] for one in told["fairness"] if one["by"] == "area"} <= {"north", "south"}
    assert cli.main(asked) == 0
    said = capsys.readouterr().out
    assert "officer's grade of risk" in said
    assert "What a system says first" in said
    assert ("scores have shifted by" in said) is (told["drift"]["psi"] is not None)
    assert "no cases: no cases" not in said
    assert Logged.objects.filter(kind="scores_proved").count() == 2
    frozen_clock.move_to((end_of(of.until) - timedelta(days=900)).astimezone(UTC))
    assert cli.main(asked) == 2
    assert "do not go back far enough" in capsys.readouterr().err


def points_text() -> str:
    """The table of points that ships, as somebody copies it to edit it."""
    return files("craffu.prevention.scoring").joinpath("schemes/points_1.toml").read_text(encoding="utf-8")


@pytest.fixture
def craffu(coordinator: Acting, capsys: pytest.CaptureFixture[str], frozen_clock: Any) -> Callable[..., str]:
    """`craffu score` as the coordinator types it: what it prints, or what it says of a mistake."""
    frozen_clock.move_to(NOW.astimezone(UTC))

    def typed(*words: str, expect: int = 0) -> str:
        capsys.readouterr()
        assert cli.main(["score", *words, "--as", "coordinator"]) == expect
        out = capsys.readouterr()
        return out.out if expect == 0 else out.err

    return typed


TYPED = ("--name", "Stalking", "--from", "2026-01-01", "--necessity", "DPIA-7", "--assessed", "2025-12-01")


@pytest.mark.deep
@pytest.mark.rule("PRI-09")
def test_the_command_by_another_scheme(force_told: Acting, craffu: Callable[..., str], tmp_path: Path) -> None:
    craffu("population", *TYPED)
    summed = json.loads(craffu("run", "--scheme", "v100", "--top", "5", "--json"))
    assert (summed["scheme"], summed["version"]) == ("V100", 1)
    assert {sum(one["contributions"].values()) - one["contributions"]["G"] for one in summed["ranking"]} == {0.0}
    record = craffu("record")
    assert shipped()["v100"].sha256 in record, "the record is of the scheme that runs"
    theirs = tmp_path / "theirs.toml"
    theirs.write_text(points_text().replace("[29, 75]", "[29, 70]").replace('"POINTS"', '"Ours"'), encoding="utf-8")
    banded = json.loads(craffu("run", "--scheme", str(theirs), "--top", "5", "--json"))
    assert banded["scheme"] == "Ours"
    assert {one["contributions"]["R"] for one in banded["ranking"]} <= {20.0, 14.0, 10.0, 5.0, 2.0}
    tried = json.loads(craffu("sensitivity", "--scheme", str(theirs), "--top", "5", "--json"))
    assert "points_R" in {one["constant"] for one in tried["constants"]}
    assert "needs --scheme and --reason" in craffu("adopt", "--scheme", "v100", expect=2)
    why = ("--reason", "The bands are those of our own list")
    assert json.loads(craffu("adopt", "--scheme", str(theirs), *why, "--json"))["number"] == 1
    assert "already" in craffu("adopt", "--scheme", str(theirs), *why, expect=2)
    assert json.loads(craffu("run", "--json"))["scheme"] == "Ours"
    assert "V100 1, weights Craffu-H: in use from the next run on" in craffu("adopt", "--scheme", "v100", *why)
    theirs.write_text(points_text().replace("[29, 75]", "[29, 175]"), encoding="utf-8")
    assert "points of R must be from 0 to 100" in craffu("run", "--scheme", str(theirs), expect=2)
    theirs.write_text("name = ", encoding="utf-8")
    assert "it is not a scheme" in craffu("run", "--scheme", str(theirs), expect=2)
    assert "cannot be read" in craffu("run", "--scheme", str(tmp_path / "none.toml"), expect=2)


@pytest.mark.postgres_in_deep
def test_how_far_the_order_is_used_is_told_by_place_and_names_nobody(
    force_told: Acting,
    craffu: Callable[..., str],
    coordinator: Acting,
    acting_as: Callable[..., Acting],
    frozen_clock: Any,
) -> None:
    readers = [acting_as("offender_manager", username=f"om{number}") for number in range(3)]
    areas = two_areas(acting_as("administrator", username="admin"))
    for one in readers:
        assert one.user is not None
        areas.post(one.user, "north")
    craffu("population", *TYPED)
    craffu("run", "--top", "5")
    first = standing(coordinator)[0].person
    for days in (1, 8, 15, 22):
        frozen_clock.move_to((NOW + timedelta(days=days)).astimezone(UTC))
        record_consultation(kind=SCORES_LISTED, actor=readers[0].actor, refs=(), request="")
    let_stand(by=readers[1], person=first, seen=decided_of(readers[1], first).version)
    frozen_clock.move_to((NOW + timedelta(days=29)).astimezone(UTC))
    told = json.loads(craffu("use", "--top", "5", "--json"))
    north = next(one for one in told["places"] if one["place"] == "North")
    assert north == {"place": "North", "people": 3, "opened_by": [1, 1, 1, 1], "weekly": True}
    assert (told["priorities_decided"], told["cohort_decisions"]) == (1, 0)
    assert (told["first"], told["first_with_a_plan"]) == (5, 0)
    assert not [one for one in ("om0", "om1", "coordinator") if one in json.dumps(told)]
    assert "of the first 5 by the order of review 0 have a plan" in craffu("use", "--top", "5")
    assert "North" in craffu("use")


@pytest.mark.postgres_in_deep
@pytest.mark.rule("PRI-09")
def test_a_scheme_is_adopted_by_somebody_who_says_why_and_the_clock_scores_by_it(
    force_told: Acting, coordinator: Acting, acting_as: Callable[..., Acting], system: Acting
) -> None:
    define_population(by=coordinator, **STATED, now=NOW)
    run(coordinator)
    banded = shipped()["points"]
    with pytest.raises(NotPermitted):
        adopt_scheme(
            by=acting_as("offender_manager"), scheme=banded, table=own(), reason="It is like the old list", now=NOW
        )
    with pytest.raises(NotPermitted):
        adopt_scheme(by=system, scheme=banded, table=own(), reason="It is like the old list", now=NOW)
    with pytest.raises(NotNow, match="Say in a sentence why"):
        adopt_scheme(by=coordinator, scheme=banded, table=own(), reason="Old", now=NOW)
    with pytest.raises(NotNow, match="already"):
        adopt_scheme(by=coordinator, scheme=default(), table=own(), reason="It is like the old list", now=NOW)
    theirs = loaded("theirs", 1, [("8Q", "35"), ("8L", "10")])
    for scheme, table in ((banded, own()), (banded, theirs)):
        adopt_scheme(by=coordinator, scheme=scheme, table=table, reason="It is like the old list", now=NOW)
    assert [one.number for one in SchemeAdopted.objects.for_user(coordinator)] == [1, 2]
    assert Logged.objects.filter(kind="scheme_adopted").count() == 2
    found = score_today(by=system, engine=Engine(Kind.DUCKDB), now=NOW + timedelta(days=1))
    assert found is not None
    assert (found.scheme, found.weights, found.scheme_sha256) == ("POINTS", "theirs", banded.sha256)
    alone = scored_alone(system, [one.person_id for one in standing(coordinator)], found.at, found)
    for one in standing(coordinator):
        assert one.value == pytest.approx(alone[one.person_id].score.value)


@pytest.mark.deep
@pytest.mark.rule("PRI-09")
def test_the_command(force_told: Acting, craffu: Callable[..., str], tmp_path: Path) -> None:
    assert "needs --name" in craffu("population", expect=2)
    assert "2026-13-01 is no day" in craffu("population", *TYPED[:3], "2026-13-01", *TYPED[4:], expect=2)
    assert "Nobody is scored until" in craffu("run", expect=2)
    assert "Nobody is scored until" in craffu("sensitivity", expect=2)
    assert json.loads(craffu("population", *TYPED, "--json"))["version"] == 1
    told = json.loads(craffu("run", "--top", "5", "--json"))
    assert told["scored"] > 40
    assert [one["rank"] for one in told["ranking"]] == list(range(1, len(told["ranking"]) + 1))
    assert len(told["ranking"]) == 5 + told["tied"]
    assert told["agreement"] is None
    first = told["ranking"][0]
    [logged] = Logged.objects.filter(kind="scores_listed")
    assert f"person/{first['person']}" in str(logged.payload)
    assert sum(first["contributions"].values()) == pytest.approx(first["score"], abs=0.001)
    assert "does not predict risk" in craffu("run")
    weights = tmp_path / "theirs.csv"
    weights.write_text("code,days\n8Q,35\n8L,10\n3B,5\n", encoding="utf-8")
    other = json.loads(craffu("run", "--top", "5", "--weights", str(weights), "--json"))
    assert other["weights"] == "theirs"
    assert other["agreement"]["with"] == "Craffu-H"
    assert 0 < other["agreement"]["kendall_tau"] < 1
    assert "Kendall's tau of all" in craffu("run", "--weights", str(weights))
    record = craffu("record")
    assert "It predicts nothing" in record
    assert default().sha256 in record
    assert "No cases: nobody has decided yet." in record
    assert "DPIA-7" in record
    in_welsh = json.loads(craffu("record", "--language", "cy", "--json"))
    assert "Haen 1: yn fyr" in in_welsh["tiers"]
    assert "there is no language fr" in craffu("record", "--language", "fr", expect=2)
    tried = json.loads(craffu("sensitivity", "--top", "5", "--json"))
    assert (tried["scored"], len(tried["constants"])) == (told["scored"], 30)
    assert all(0 <= one["entered"] <= 10 and -1 <= one["tau"] <= 1 for one in tried["constants"])
    assert {one["tau"] == 1 for one in tried["constants"]} == {True, False}, "some constants move nobody, others do"
    assert "weight_G" in craffu("sensitivity")
    assert "there is no scheme RFG: give POINTS, RFGV-B, V100" in craffu("run", "--scheme", "RFG", expect=2)
    weights.write_text("code,days\n8Q,much\n", encoding="utf-8")
    assert 'line 2 says "much" for 8Q' in craffu("run", "--weights", str(weights), expect=2)
    assert "cannot be read" in craffu("run", "--weights", str(tmp_path / "none.csv"), expect=2)
