"""People are found by names spelt anyhow, those of the reader's force alone, by the index and not by a scan (X12, T4)."""

import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction

from craffu.access.acting import Acting, acting_system
from craffu.access.models import Force
from craffu.access.wall.reach import every_force, working_for
from craffu.common import clock
from craffu.common.models import Provenance, Regime
from craffu.config.bench.misspelt import invented, misspelt
from craffu.config.bench.names import fill
from craffu.config.bench.search import recall
from craffu.people.actions import receive_record, receive_record_again
from craffu.people.facts import Identifier, PersonFacts
from craffu.people.models import Membership, Person
from craffu.people.search import actions
from craffu.people.search.actions import rebuild, tidy, wipe
from craffu.people.search.answers import Found
from craffu.people.search.asking import taken_apart
from craffu.people.search.by_number import people_numbered
from craffu.people.search.models import SearchWord
from craffu.people.search.queries import find_people, is_whole
from craffu.people.search.tables import NAMES, WORDS, Question, asked_of, index
from tests import roles

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 1, 14, 9, tzinfo=UTC)
type Store = Callable[..., str]


@pytest.fixture(autouse=True)
def nothing_remembered() -> Iterator[None]:
    """What one test stored is rolled back, and the next must not believe it is there."""
    actions.forget()
    yield
    actions.forget()


def found(by: Acting, text: str) -> Found:
    return find_people(by, taken_apart(text))


def names(by: Acting, text: str) -> list[str]:
    return [hit.name for hit in found(by, text).hits]


def _facts(given: str, family: str, born_on: str = "", pnc: str = "") -> PersonFacts:
    numbers = (Identifier("pnc", pnc, pnc, "valid"),) if pnc else ()
    return PersonFacts("", given, family, born_on, "", identifiers=numbers)


def _from(at: datetime = NOW) -> Provenance:
    return Provenance("police", "0" * 64, 1, at, "1", "A controller", Regime.PART_3, "A basis")


@pytest.fixture
def store(system: Acting) -> Store:
    """`store("Dewi", "Evans")` is a record of a person; says the person's reference."""
    keys = iter(range(1_000))

    def stored(*said: str, by: Acting = system) -> str:
        record = receive_record(
            by=by, source_key=f"k{next(keys)}", facts=_facts(*said), provenance=_from(), why="first", now=NOW
        )
        return str(record.memberships.get().person.reference)

    return stored


@pytest.mark.rule("BIL-04")
def test_somebody_is_found_by_another_spelling_order_form_part_or_date(system: Acting, store: Store) -> None:
    store("Dafydd Rhys", "Evans", "1984-03-12")
    store("Siân", "O'Brien", "1990-12-03")
    store("Gwen", "Davies-Jones", "1971")
    store("John", "Price", "2001-05")
    for asked, meant in {
        "evans dafydd": "Dafydd Rhys Evans",
        "Dafyd Evens": "Dafydd Rhys Evans",
        "Dai Evans": "Dafydd Rhys Evans",
        "D Evans": "Dafydd Rhys Evans",
        "Dafydd Rhys Huw Evans": "Dafydd Rhys Evans",
        "evans 1984": "Dafydd Rhys Evans",
        "3 December 1984": "Dafydd Rhys Evans",
        "Shan O Brien": "Siân O'Brien",
        "obrien": "Siân O'Brien",
        "brien": "Siân O'Brien",
        "jones gwen": "Gwen Davies-Jones",
        "Sion ap Rhys": "John Price",
        "05/2001": "John Price",
        "price 12/1999": "John Price",
    }.items():
        assert names(system, asked)[:1] == [meant], asked


def test_nobody_is_found_where_no_name_is_like_it_and_the_closest_where_one_word_is(
    system: Acting, store: Store
) -> None:
    store("Dafydd", "Evans")
    assert found(system, "Zebedee Quornstoke").hits == ()
    assert found(system, "'; DROP TABLE").hits == ()
    closest = found(system, "Zebedee Evans")
    assert closest.are_closest
    assert [hit.name for hit in closest.hits] == ["Dafydd Evans"]
    assert closest.hits[0].answer.missing == 1
    assert found(system, "evans 1999-01-01").hits[0].is_other_date


def test_bearers_of_the_name_as_typed_do_not_crowd_out_those_of_a_like_one(system: Acting, store: Store) -> None:
    for _ in range(12):
        store("John", "Lewis")
    store("Iwan", "Lewis")
    assert "Iwan Lewis" in names(system, "John Lewis")[:10]
    assert len(names(system, "John Lewis")) == 13


@pytest.mark.rule("BIL-04")
def test_a_wrong_day_of_birth_does_not_hide_whose_name_was_typed_nor_they_whoever_was_born_then(
    system: Acting, store: Store
) -> None:
    store("Gareth", "Evans", "1984-02-13")
    for day in range(14, 28):
        store("Rhys", "Evans", f"1984-05-{day}")
    hits = found(system, "Rhys Evans 13/02/1984").hits
    assert [hits[0].name, hits[0].is_other_date, hits[0].answer.missing] == ["Rhys Evans", True, 0]
    (other,) = [one for one in hits[:10] if one.name == "Gareth Evans"]
    assert (other.is_other_date, other.answer.missing) == (False, 1)
    assert names(system, "Zebedee Evans 13/02/1984") == ["Gareth Evans"]
    store("Rhys", "Evans", "1984-02-13")
    assert [one.is_other_date for one in found(system, "Rhys Evans 13/02/1984").hits if one.name == "Rhys Evans"] == [
        False
    ]


@pytest.mark.rule("SEC-01")
def test_another_force_is_never_found_by_a_name_a_date_or_a_number(
    system: Acting, other_force: Force, store: Store
) -> None:
    theirs = acting_system(other_force, "test")
    with working_for(other_force.pk):
        store("Rhydian", "Canari", "1984-03-12", "2001/0123456A", by=theirs)
    reference = store("Dafydd", "Evans")
    for asked in ("Rhydian Canari", "canari", "Canary", "1984-03-12", "anar"):
        assert found(system, asked).hits == (), asked
    assert people_numbered(system, ("2001/0123456A", "P-10001", "2001/0123")) != []
    assert {one.reference for one in people_numbered(system, ("2001/0123456A", "P-10001"))} <= {reference}
    with working_for(other_force.pk):
        assert names(theirs, "Rhydian Canari") == ["Rhydian Canari"]
        assert names(theirs, "evans") == []


@pytest.mark.rule("IDN-01")
def test_a_corrected_name_is_found_and_so_is_the_earlier_one_each_as_the_one_person(system: Acting) -> None:
    record = receive_record(
        by=system, source_key="k", facts=_facts("Dewi", "Bebb"), provenance=_from(), why="first", now=NOW
    )
    receive_record_again(
        by=system, record=record, facts=_facts("Dewi", "Wetherall"), provenance=_from(clock.now()), now=NOW
    )
    reference = Person.objects.for_user(system).get().reference
    for asked in ("Dewi Bebb", "Dewi Wetherall", "Dewi"):
        assert [hit.reference for hit in found(system, asked).hits] == [reference], asked


@pytest.mark.rule("IDN-03")
def test_a_record_joined_to_another_person_is_found_as_theirs(system: Acting, store: Store) -> None:
    first, second = store("Dewi", "Bebb"), store("David", "Wetherall")
    person = Person.objects.for_user(system).get(reference=first)
    moved = Membership.rows.get(person__reference=second)

    from craffu.audit import actions as audit
    from craffu.common.door import action
    from craffu.people import events

    @action
    def join() -> None:
        Membership.objects.create(
            force=system.force, record=moved.record, person=person, known_from=NOW, decided_by="a", why="one"
        )
        audit.record(kind=events.RECORD_RECEIVED, actor=system.actor, refs=[f"person/{first}"])

    join()
    assert [hit.reference for hit in found(system, "Wetherall").hits] == [first]


def test_what_is_undone_is_not_found_and_its_words_can_come_again(system: Acting, store: Store) -> None:
    def stored_and_undone() -> None:
        with transaction.atomic():
            store("Elfed", "Merrydew")
            assert names(system, "Merrydew") == ["Elfed Merrydew"]
            raise RuntimeError("undone")

    with pytest.raises(RuntimeError, match="undone"):
        stored_and_undone()
    assert names(system, "Merrydew") == []
    store("Elfed", "Merrydew")
    assert names(system, "Merydew") == ["Elfed Merrydew"]


def test_a_wiped_index_is_noticed_and_made_anew(system: Acting, other_force: Force) -> None:
    fill(system, invented(40, 3))
    with working_for(other_force.pk):
        fill(acting_system(other_force, "test"), invented(5, 4))
    someone = invented(40, 3)[7]
    assert is_whole(system.force.pk)
    wipe()
    assert not is_whole(system.force.pk)
    assert names(system, someone.name) == []
    told: list[int] = []
    with roles.as_owner(), every_force("a test"):
        assert rebuild(told.append) == (45, SearchWord.objects.for_system("a test").count())
    assert told == [45]
    assert is_whole(system.force.pk)
    with working_for(other_force.pk):
        assert is_whole(other_force.pk)
    assert someone.name in names(system, someone.name)


def test_an_alias_is_found_and_named(system: Acting) -> None:
    people = [one for one in invented(400, 5) if one.alias]
    fill(system, people[:5])
    tidy()
    given, family = people[0].alias or ("", "")
    hit = found(system, f"{given} {family}").hits[0]
    assert hit.is_other_name
    assert hit.name == f"{given} {family}"


@pytest.mark.parametrize("number", ["2001/0123456A", "01/123456A", "2001/0123", "P-10001"])
def test_somebody_is_found_by_a_number_or_its_beginning(system: Acting, store: Store, number: str) -> None:
    store("Dewi", "Bebb", "", "2001/0123456A")
    store("Elfed", "Merrydew", "", "1999/0123456A")
    (hit,) = people_numbered(system, (number,))
    assert hit.reference == "P-10001"
    assert hit.is_part == (number == "2001/0123")
    assert people_numbered(system, ()) == []
    assert people_numbered(system, ("99",)) == []


def test_a_search_asks_as_many_questions_of_a_large_register_as_of_a_small_one(
    system: Acting, django_assert_max_num_queries: Any
) -> None:
    fill(system, invented(600, 9))
    for asked in ("Dafyd Jnes", "D Evans", "Owain ap Rhys 1984", "Dafyd Jnes 12/03/1984", "zzzz yyyy"):
        with django_assert_max_num_queries(12):
            found(system, asked)


def test_misspelt_names_are_among_the_first_ten(system: Acting) -> None:
    people = invented(3_000, 12)
    fill(system, people)
    shares = recall(system, list(misspelt(people, 20, 12)))
    assert min(shares.values()) >= 0.9, shares
    assert sum(shares.values()) / len(shares) >= 0.95, shares


@pytest.mark.deep
def test_B7_misspelt_names_of_a_hundred_thousand_with_variants_that_others_collected(
    system: Acting, shared_data: Path
) -> None:
    seed = time.time_ns() % 1_000_000
    people = invented(100_000, seed)
    fill(system, people)
    tidy()
    lines = (shared_data / "names" / "sdglinkage_firstname_uk_variant.csv").read_text().splitlines()[1:]
    real: dict[str, list[str]] = {}
    for name, variant, share in (line.split(",") for line in lines):
        if float(share) >= 0.02:
            real.setdefault(name, []).append(variant.title())
    shares = recall(system, list(misspelt(people, 200, seed, real)))
    assert min(shares.values()) >= 0.9, (seed, shares)
    assert sum(shares.values()) / len(shares) >= 0.95, (seed, shares)


def _plan(table: str, question: Question) -> str:
    explain = "EXPLAIN" if connection.vendor == "postgresql" else "EXPLAIN QUERY PLAN"
    sql, parameters = index().matching(table, question)
    with connection.cursor() as cursor:
        cursor.execute(f"{explain} {sql} LIMIT 50", parameters)
        return "\n".join(" ".join(map(str, row)) for row in cursor.fetchall())


@pytest.mark.rule("SEC-01")
def test_T4_a_search_under_the_application_role_goes_by_the_index(system: Acting, other_force: Force) -> None:
    people = invented(1_500, 6)
    fill(system, people)
    with working_for(other_force.pk):
        fill(acting_system(other_force, "test"), invented(20, 7))
    if connection.vendor == "postgresql":
        with roles.as_owner(), connection.cursor() as cursor:
            cursor.execute(
                f"INSERT INTO {NAMES} SELECT 1000000 + n, ARRAY['0xw' || n % 5000] "  # noqa: S608
                "FROM generate_series(1, 40000) n"
            )
            cursor.execute(f"ANALYZE {NAMES}, {WORDS}")
    force = system.force.pk
    questions = {
        NAMES: asked_of(force, [((("dafydd",), ("david",)), (("evans",),))], ()),
        WORDS: [[[f"{force}sdfd", f"{force}ddafyd"]]],
    }
    for table, asked in questions.items():
        plan = _plan(table, asked)
        if connection.vendor == "postgresql":
            assert f"{table}_terms" in plan, plan
            assert "force" not in plan, "nothing is filtered beside the index"
        else:
            assert "VIRTUAL TABLE INDEX" in plan, plan
            assert ":M" in plan, "by what is matched, and not a scan"
    assert people[0].name in names(system, people[0].name)
