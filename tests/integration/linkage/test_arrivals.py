"""Records that arrive are linked as they come, by the model in use, as a run would link them (IDN-02, IDN-04, IDN-05, IDN-06)."""

import csv
from collections.abc import Callable
from dataclasses import replace
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from craffu.access.acting import Acting
from craffu.access.models import Force
from craffu.audit.models import Event
from craffu.clocks.london import end_of
from craffu.common import clock
from craffu.common.models import Provenance, Regime
from craffu.config.commands import check
from craffu.config.generate.force import Wanted, generate
from craffu.daily.ticking import tick
from craffu.engines import duck
from craffu.engines.choice import Engine, Kind
from craffu.intake.linking.arriving import Arrived, link_arrivals, waiting_for_a_run
from craffu.intake.linking.explaining import explain
from craffu.intake.linking.reading import given_of
from craffu.intake.linking.running import link_register
from craffu.intake.linking.weighing import compared_with
from craffu.intake.linking.weighing_now import weigh_now
from craffu.intake.running import take_in
from craffu.linkage.actions import decide_pair
from craffu.linkage.arrivals import queries
from craffu.linkage.arrivals.actions import keep_basis
from craffu.linkage.arrivals.facts import Basis
from craffu.linkage.arrivals.models import ArrivalBasis, RecordKey, RecordKeyed, SaidOften
from craffu.linkage.arrivals.queries import basis_of
from craffu.linkage.facts import NewWord
from craffu.linkage.forming import Word
from craffu.linkage.model import families, undated
from craffu.linkage.model.families import less_for_families, shared_given
from craffu.linkage.model.pairs import scored
from craffu.linkage.models import Pair, PairScored
from craffu.linkage.queries import thresholds_in_use
from craffu.linkage.rules import Role
from craffu.linkage.standard.rows import Cuts, rows_as_cut
from craffu.linkage.standard.tables import read_rows
from craffu.people.actions import receive_record, receive_record_again
from craffu.people.facts import Contact, Identifier, PersonFacts
from craffu.people.models import SourceRecord
from craffu.people.queries import said_last
from tests.factories.identities import NOBODYS, persons, played, state
from tests.integration.linkage.conftest import linked_once
from tests.worlds import force, world

__all__ = ["force", "world"]

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.filterwarnings("ignore")]
DUCK = Engine(Kind.DUCKDB)
WANTED = Wanted(people=120, years=2, seed=23)
linked = linked_once(WANTED)
NUMBERS = {"c": "2003/0000001A", "d": "2004/0000002B"}
# Statements for one that arrives and is linked, savepoints among them (B2): 70 on SQLite before they were put together.
MOST_ASKED = {"sqlite": 40, "postgresql": 48}
ADDRESS = "3 Heol y Bont, Glan Afon"


@pytest.mark.deep
@pytest.mark.rule("IDN-02")
@pytest.mark.rule("IDN-05")
@pytest.mark.rule("IDN-06")
def test_half_a_force_that_arrives_is_linked_as_a_run_links_the_whole(
    system: Acting, tmp_path: Path, frozen_clock: time_machine.Traveller, monkeypatch: pytest.MonkeyPatch
) -> None:
    # In so small a register chance may well make any family name seem to share given ones.
    monkeypatch.setattr(families, "_HARDLY_CHANCE", 0.5)
    # And too few pairs say two birthdays to tell anything of those that do not.
    monkeypatch.setattr(undated, "_PAIRS", 20)
    generate(tmp_path, Wanted(people=300, years=3, seed=21))
    frozen_clock.move_to(end_of(WANTED.until))
    (path,) = sorted((tmp_path / "police").glob("persons-*.csv"))
    with path.open(encoding="utf-8-sig", newline="") as file:
        header, *rows = csv.reader(file)
    halves = [tmp_path / name for name in ("persons-1.csv", "persons-2.csv")]
    for half, some in zip(halves, (rows[::2], rows[1::2]), strict=True):
        with half.open("w", encoding="utf-8", newline="") as out:
            csv.writer(out).writerows([header, *some])
    take_in(by=system, kind="rms", paths=halves[:1])
    assert link_register(system, DUCK).learnt == "none_yet"
    alone = joined(system)
    take_in(by=system, kind="rms", paths=halves[1:])
    arrived = joined(system)
    assert len(arrived) > 2 * len(alone)
    assert link_register(system, DUCK).learnt == ""
    whole = joined(system)
    # How rare a value is moves with the other half, and with it the few pairs that are just above or below the threshold.
    likely = {
        (pair.left_id, pair.right_id): pair.probability
        for pair in Pair.objects.for_user(system).exclude(probability=None)
    }
    moved = arrived ^ whole
    assert len(moved) <= len(whole) // 15
    assert all(abs(likely[ends] - thresholds_in_use(system).auto) < 0.01 for ends in moved), moved
    assert len(whole) > 80
    weighed_as_in_a_run(system)


def joined(by: Acting) -> set[tuple[int, int]]:
    return {ends for person in persons(by) for ends in combinations(person, 2)}


def weighed_as_in_a_run(by: Acting) -> None:
    """Every pair of the run, scored among all records and on arrival by what is kept: one level, one weight."""
    basis = basis_of(by)
    assert basis is not None
    figures, said = Basis.of_json(basis.figures), said_last(by)
    assert figures.believed
    given = [given_of(one) for one in said]
    table, _ = read_rows(given)
    rows = list(table)
    kept = Cuts(figures.cut_identifiers, figures.cut_dates, figures.first_of_january)
    assert rows_as_cut(given, (), kept) == rows
    alone = scored(DUCK, (table, None), basis.model.settings, figures.rules, -8.0)
    run = less_for_families(alone, basis.model.settings, shared_given(table)[alone["left"]])
    assert run["weight"].sum() < alone["weight"].sum()
    pairs = list(zip(run["left"].tolist(), run["right"].tolist(), strict=True))
    assert len(pairs) > 100
    order = [one.record for one in said]
    found = compared_with(by, basis, figures, rows, pairs, order, order).pairs
    assert abs(found["weight"] - figures.shift - run["weight"]).max() < 1e-6
    for name in run:
        if name.startswith("level_"):
            assert (found[name] == run[name]).all(), name


def arrives(
    by: Acting,
    key: str,
    family: str = "Prosser-Quayle",
    born: str = "1971-05-23",
    pnc: str = "",
    source: str = "custody",
) -> SourceRecord:
    now = clock.now()
    sent = Provenance(source, "0" * 64, 1, now, "1", "A controller", Regime.PART_3, "A basis")
    return receive_record(
        by=by, source_key=key, facts=_facts(family, born, pnc), provenance=sent, why="a test", now=now
    )


def corrects(by: Acting, record: SourceRecord, family: str, born: str) -> None:
    now = clock.now()
    sent = Provenance(record.source, "1" * 64, 1, now, "1", "A controller", Regime.PART_3, "A basis")
    assert receive_record_again(by=by, record=record, facts=_facts(family, born), provenance=sent, now=now)


def _facts(family: str, born: str, pnc: str = "") -> PersonFacts:
    numbers = (Identifier("pnc", pnc, pnc, "valid"),) if pnc else ()
    return PersonFacts("", "Rhodri", family, born, "1", identifiers=numbers, contacts=(Contact("address", ADDRESS),))


def everything(by: Acting) -> tuple[object, ...]:
    kept = (PairScored, Pair, ArrivalBasis, RecordKeyed, RecordKey, SaidOften)
    return (
        state(by),
        Event.objects.count(),
        *(list(model.objects.for_system("a test").order_by("id").values_list()) for model in kept),
    )


@pytest.mark.rule("IDN-02")
@pytest.mark.rule("IDN-04")
@pytest.mark.rule("IDN-06")
def test_a_record_is_linked_as_it_arrives_and_compared_anew_when_it_is_corrected(
    register: Acting, acting_as: Callable[..., Acting], frozen_clock: time_machine.Traveller
) -> None:
    assert link_arrivals(register) == Arrived()
    before = everything(register)
    assert link_register(register, DUCK).moved == 0
    assert everything(register) == before
    one, other = arrives(register, "a"), arrives(register, "b")
    done = link_arrivals(register)
    assert (done.compared, done.linked, done.moved, done.waiting) == (2, 1, 1, 0)
    assert [one.pk, other.pk] in persons(register)
    # Said again, nothing changes.
    before = everything(register)
    assert link_arrivals(register).linked == 0
    assert everything(register) == before
    # Later, another that those before are known by already, and one whose family name is slightly another.
    late = arrives(register, "c", "Prosser-Quaile")
    with CaptureQueriesContext(connection) as asked:
        assert link_arrivals(register).linked >= 1
    assert len(asked) <= MOST_ASKED[connection.vendor], sorted(query["sql"][:90] for query in asked)
    assert [one.pk, other.pk, late.pk] in persons(register)
    # What was a slip of somebody's fingers is somebody else.
    corrects(register, other, "Abernethy", "1958-11-02")
    assert link_arrivals(register).compared == 1
    assert [other.pk] in persons(register)
    assert [one.pk, late.pk] in persons(register)
    corrects(register, other, "Prosser Quayle", "1971-05-23")
    link_arrivals(register)
    assert [one.pk, other.pk, late.pk] in persons(register)
    # A person's word outranks the model, and stays when the record says something new.
    clerk = acting_as("link_clerk")
    for ends in ((one.pk, late.pk), (other.pk, late.pk)):
        decide_pair(
            by=clerk, left=ends[0], right=ends[1], given=NewWord(Word.NOT_SAME, "Cousins"), needs_another=False,
            roles_of=NOBODYS,
        )  # fmt: skip
    corrects(register, late, "Prosser-Quayle", "1971-05-23")
    link_arrivals(register)
    assert [late.pk] in persons(register)
    # And when everything is compared again.
    link_register(register, DUCK)
    assert [late.pk] in persons(register)


@pytest.mark.rule("IDN-02")
@pytest.mark.rule("IDN-06")
@pytest.mark.parametrize(("believed", "stands"), [([], "link"), ([[4.0, 0.75]], "clerical")])
def test_a_record_without_a_birthday_is_believed_as_far_as_the_run_learnt(
    register: Acting, believed: list[list[float]], stands: str
) -> None:
    basis = basis_of(register)
    assert basis is not None
    figures = replace(Basis.of_json(basis.figures), believed=tuple((weight, share) for weight, share in believed))
    told = {"model": basis.model, "digest": "of another run", "seen": basis.seen, "keyed": (), "often": iter(())}
    assert keep_basis(by=register, basis=figures, **told)
    one, other = arrives(register, "a"), arrives(register, "b", born="")
    assert link_arrivals(register).compared == 2
    pair = Pair.objects.for_user(register).get(left=one, right=other)
    assert pair.stands == stands
    assert (pair.probability == pytest.approx(0.75)) == bool(believed)
    found = weigh_now(register, (one.pk, other.pk))
    assert found is not None
    assert found.probability == pytest.approx(pair.probability)


@pytest.mark.rule("IDN-06")
def test_who_came_by_no_intake_is_linked_when_the_clock_runs(register: Acting, force: Force) -> None:
    one, other = arrives(register, "a"), arrives(register, "b")
    tick(force=force, at=clock.now())
    assert [one.pk, other.pk] in persons(register)
    before = state(register)
    tick(force=force, at=clock.now())
    assert state(register) == before


@pytest.mark.rule("IDN-02")
@pytest.mark.rule("IDN-05")
def test_what_holds_in_a_run_holds_on_arrival(register: Acting, monkeypatch: pytest.MonkeyPatch) -> None:
    victim, suspect = arrives(register, "a"), arrives(register, "b")
    parts = played(**{f"r{victim.pk}": Role.VICTIM, f"r{suspect.pk}": Role.SUSPECT})
    monkeypatch.setattr("craffu.intake.linking.arriving.parts_played", parts)
    one, other = (arrives(register, key, "Llewelyn-Pugh", "1966-08-19", pnc) for key, pnc in NUMBERS.items())
    done = link_arrivals(register)
    assert (done.compared, done.moved) == (4, 0)
    pairs = Pair.objects.for_system("a test").filter(left__gte=victim.pk)
    stands = {(pair.left_id, pair.right_id): (pair.stands, pair.why) for pair in pairs}
    assert stands == {
        (victim.pk, suspect.pk): ("clerical", "victim_and_suspect_roles"),
        (one.pk, other.pk): ("clerical", "identifiers_conflict"),
    }


@pytest.mark.rule("IDN-04")
def test_whoever_asks_of_two_is_answered_without_reading_everybody(
    register: Acting, acting_as: Callable[..., Acting], monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = arrives(register, "a"), arrives(register, "b")
    with CaptureQueriesContext(connection) as asked:
        found = weigh_now(register, (one.pk, other.pk))
    assert found is not None
    assert len(asked) <= 6
    # Nor does `craffu link explain` compare anybody else: by the model kept, however many there are.
    held: list[int] = []
    monkeypatch.setattr(
        "craffu.linkage.model.comparing.answered",
        lambda question, tables: held.append(tables["pairs"].num_rows) or duck.answered(question, tables),
    )
    clerk = acting_as("link_clerk")
    with CaptureQueriesContext(connection) as asked:
        explained = explain(clerk, "custody/a", "custody/b")
    assert (explained.because, explained.weighing) == ("never_compared", found)
    assert len(asked) <= 24
    assert held == [1]
    link_arrivals(register)
    with CaptureQueriesContext(connection) as asked:
        again = explain(clerk, "custody/a", "custody/b")
    assert (again.because, again.weighing and again.weighing.is_now) == ("auto", False)
    assert len(asked) <= 24
    kept = PairScored.objects.for_system("a test").get(pair__left=one, pair__right=other)
    assert found.levels == tuple((what, level, weight) for what, level, weight in kept.levels)
    assert (found.weight, found.probability) == (pytest.approx(kept.weight), pytest.approx(kept.probability))


@pytest.mark.rule("IDN-06")
def test_without_a_model_nothing_happens_and_the_run_catches_up(system: Acting) -> None:
    records = [arrives(system, key) for key in "abcd"]
    assert link_arrivals(system) == Arrived()
    assert weigh_now(system, (records[0].pk, records[1].pk)) is None
    assert not RecordKeyed.objects.for_system("a test").exists()
    assert all([one.pk] in persons(system) for one in records)


@pytest.mark.deep
@pytest.mark.rule("IDN-06")
def test_what_was_kept_by_another_version_is_not_read_and_whoever_checks_is_told(
    register: Acting, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert list(check.linking()) == []
    monkeypatch.setattr(queries, "MODEL_VERSION", "another")
    one, other = arrives(register, "a"), arrives(register, "b")
    assert link_arrivals(register) == Arrived()
    assert [one.pk] in persons(register)
    [problem] = check.linking()
    assert "held against no other" in problem
    assert "`craffu link run`" in problem
    monkeypatch.undo()
    link_register(register, DUCK)
    assert list(check.linking()) == []
    assert [one.pk, other.pk] in persons(register)


@pytest.mark.rule("IDN-06")
def test_more_than_is_worth_doing_one_by_one_waits_for_the_run(
    register: Acting, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("craffu.intake.linking.arriving.MOST", 2)
    records = [arrives(register, key, source="rms") for key in "abc"]
    # One that says something else meanwhile is one all the same, and hides nobody.
    corrects(register, records[0], "Prosser-Quaile", "1971-05-23")
    corrects(register, records[0], "Prosser Quayle", "1971-05-23")
    before = everything(register)
    assert link_arrivals(register) == Arrived(waiting=3)
    assert everything(register) == before
    # That they wait is said, and whom custody has is linked all the same.
    [problem] = check.linking()
    assert problem.startswith("3 records that arrived")
    assert "`craffu link run`" in problem
    held, again = (arrives(register, key, "Llewelyn-Pugh", "1966-08-19") for key in "yz")
    done = link_arrivals(register)
    assert (done.compared, done.moved, done.waiting) == (2, 1, 3)
    assert [held.pk, again.pk] in persons(register)
    assert link_arrivals(register) == Arrived(waiting=3)
    assert waiting_for_a_run(register) == 3
    link_register(register, DUCK)
    assert [one.pk for one in records] in persons(register)
    assert link_arrivals(register) == Arrived()
    assert list(check.linking()) == []
    # Of what too many agree on nobody is compared, and it is said.
    monkeypatch.setattr("craffu.intake.linking.weighing.MOST_OF_A_KEY", 0)
    monkeypatch.setattr("craffu.intake.linking.weighing.MOST_OF_A_RECORD", 0)
    arrives(register, "d")
    done = link_arrivals(register)
    assert (done.compared, done.pairs, done.linked) == (1, 0, 0)
    assert done.left_out > 0


@pytest.mark.rule("IDN-06")
@pytest.mark.postgres_in_deep
def test_who_arrives_while_others_are_looked_up_is_compared_next(
    register: Acting, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = arrives(register, "a")
    came: list[SourceRecord] = []

    def meanwhile(*asked: Any) -> list[int]:
        found = queries.records_waiting(*asked)
        came.append(arrives(register, "b"))
        return found

    with monkeypatch.context() as patched:
        patched.setattr("craffu.intake.linking.arriving.records_waiting", meanwhile)
        assert link_arrivals(register).compared == 1
    assert link_arrivals(register).compared == 1
    assert [one.pk, came[0].pk] in persons(register)


@pytest.mark.rule("IDN-05")
@pytest.mark.rule("IDN-06")
def test_who_arrives_without_a_birthday_and_may_be_a_father_or_his_son_waits_for_a_person(register: Acting) -> None:
    father, son = (arrives(register, key, born=born) for key, born in (("a", "1944-11-02"), ("b", "1971-05-23")))
    link_arrivals(register)
    assert [father.pk] in persons(register)
    either = arrives(register, "c", born="")
    link_arrivals(register)
    asked = [[father.pk], [son.pk], [either.pk]]
    assert [one for one in persons(register) if one in asked] == asked
    waits = Pair.objects.for_system("a test").filter(right=either, stands="clerical")
    assert {pair.left_id for pair in waits} == {father.pk, son.pk}
    link_register(register, DUCK)
    assert [one for one in persons(register) if one in asked] == asked
    # With one of them alone there it is his.
    last = arrives(register, "d", "Llewelyn-Pugh", "")
    only = arrives(register, "e", "Llewelyn-Pugh", "1971-05-23")
    link_arrivals(register)
    assert [last.pk, only.pk] in persons(register)
