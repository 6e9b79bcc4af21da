"""A home that each system writes otherwise is one home: it joins the records of one man, and not those of two flats (IDN-02)."""

from itertools import combinations

import pytest

from craffu.access.acting import Acting
from craffu.common import clock, keyring
from craffu.common.door import bookkeeping
from craffu.common.models import Provenance, Regime
from craffu.common.rewrapping import Swap, swap
from craffu.config.generate.force import Wanted
from craffu.engines.choice import Engine, Kind
from craffu.intake.linking.arriving import link_arrivals
from craffu.intake.linking.running import link_register
from craffu.linkage.models import PairScored
from craffu.people.actions import receive_record
from craffu.people.facts import Contact, PersonFacts
from craffu.people.homes.reading import home_of
from craffu.people.models import RecordedContact, SourceRecord
from craffu.people.queries import contact_tokens, records_with_contact
from craffu.people.tokens import HOME_COLUMNS, NO_HOME, read_addresses
from tests.factories.identities import persons
from tests.integration.linkage.conftest import linked_once
from tests.worlds import force, world

__all__ = ["force", "world"]

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.filterwarnings("ignore"), pytest.mark.rule("IDN-02")]
DUCK = Engine(Kind.DUCKDB)
WANTED = Wanted(people=300, years=2, seed=31)
linked = linked_once(WANTED)
WRITTEN = {
    "custody": "Flat 2, 14 Ferryman Lane, Cardigan\nQG1 2AB",
    "probation": "14 FERRYMAN LN, FFLAT 2, ABERTEIFI, CEREDIGION\nQG12AB",
    "court-results": "Flat 2\n14\nFerryman Lane\nCardigan\nDyfed\nQG1 2AB",
}
NEXT_DOOR = "Flat 3, 14 Ferryman Lane, Cardigan\nQG1 2AB"
BORN = {"custody": "1984-03-02", "probation": "1984-03-12", "court-results": "1984-02-02"}
SPELT = {"custody": "Gareth", "probation": "Gareth", "court-results": "Garath"}


def arrives(by: Acting, source: str, address: str, given: str = "Gareth", born: str = "1984-03-02") -> int:
    now = clock.now()
    sent = Provenance(source, "0" * 64, 1, now, "1", "A controller", Regime.PART_3, "A basis")
    facts = PersonFacts("", given, "Price", born, "1", contacts=(Contact("address", address),))
    record: SourceRecord = receive_record(
        by=by, source_key=f"{source} {address}", facts=facts, provenance=sent, why="a test", now=now
    )
    return record.pk


def homes_said(by: Acting, records: list[int]) -> dict[tuple[int, int], str]:
    """On what level the homes of each pair of some records are."""
    rows = PairScored.objects.for_user(by).filter(pair__left__in=records, pair__right__in=records).order_by("id")
    return {
        (one.pair.left_id, one.pair.right_id): next(level for what, level, _ in one.levels if what == "home")
        for one in rows.select_related("pair")
    }


def joined(by: Acting, records: list[int]) -> bool:
    return any(set(records) <= set(one) for one in persons(by))


@pytest.mark.deep
def test_one_man_whose_home_three_systems_write_otherwise_is_one_person(register: Acting) -> None:
    three = [arrives(register, source, WRITTEN[source], SPELT[source], BORN[source]) for source in WRITTEN]
    link_arrivals(register)
    assert homes_said(register, three) == dict.fromkeys(combinations(three, 2), "same_home")
    assert joined(register, three)
    link_register(register, DUCK)
    assert joined(register, three)


def test_two_flats_of_one_house_do_not_help_to_join(register: Acting) -> None:
    """The same two records as two of those above, which their home alone joins."""
    lived = {"probation": WRITTEN["probation"], "court-results": NEXT_DOOR}
    two = [arrives(register, source, address, SPELT[source], BORN[source]) for source, address in lived.items()]
    link_arrivals(register)
    assert set(homes_said(register, two).values()) <= {"nothing_alike"}
    assert not joined(register, two)
    third = arrives(register, "custody", WRITTEN["custody"], SPELT["court-results"], BORN["court-results"])
    link_arrivals(register)
    assert joined(register, [two[0], third])


@pytest.mark.parametrize("nowhere", ["No fixed abode", "HMP Swansea, 200 Oystermouth Road, Swansea, SA1 3SR"])
def test_who_has_no_home_of_his_own_shares_none(register: Acting, nowhere: str) -> None:
    two = [arrives(register, source, nowhere) for source in ("custody", "probation")]
    link_arrivals(register)
    assert homes_said(register, two) == {(two[0], two[1]): "not_said"}


def test_a_home_is_half_known_where_one_says_no_postcode(register: Acting) -> None:
    without = "Flat 2, 14 Ferryman Lane, Aberteifi"
    two = [arrives(register, "custody", WRITTEN["custody"]), arrives(register, "probation", without)]
    link_arrivals(register)
    assert homes_said(register, two) == {(two[0], two[1]): "same_street"}


def homes(by: Acting) -> list[tuple[str, ...]]:
    rows = RecordedContact.objects.for_user(by).filter(kind="address").order_by("id")
    return list(rows.values_list(*HOME_COLUMNS))


@bookkeeping
def kept_by_an_earlier_release(by: Acting) -> None:
    for column in HOME_COLUMNS:
        rows = RecordedContact.objects.for_user(by).filter(kind="address").order_by("id").values_list("pk", column)
        swap(RecordedContact, column, [Swap(row, token, "") for row, token in rows])


@pytest.mark.rule("SEC-06")
def test_addresses_that_an_earlier_release_kept_are_read_by_the_next_run(
    register: Acting, monkeypatch: pytest.MonkeyPatch
) -> None:
    nobodys = arrives(register, "custody", "No fixed abode")
    before = homes(register)
    assert before[-1] == (NO_HOME,) * 4
    assert all(len(token) == 32 or token == NO_HOME for home in before for token in home)
    kept_by_an_earlier_release(register)
    assert set(homes(register)) == {("",) * 4}
    monkeypatch.setattr("craffu.people.tokens._AT_ONCE", 7)
    link_register(register, DUCK)
    assert homes(register) == before
    assert read_addresses() == 0
    # What is searched for is what was written, as ever.
    assert records_with_contact(register, "address", "no fixed abode") == [nobodys]
    assert (
        not RecordedContact.objects.for_user(register)
        .exclude(kind="address")
        .exclude(**dict.fromkeys(HOME_COLUMNS, ""))
        .exists()
    )


@pytest.mark.rule("SEC-06")
def test_tokens_of_homes_tell_nothing_without_the_key(register: Acting) -> None:
    record = arrives(register, "custody", WRITTEN["custody"])
    kept, home = contact_tokens(register, [record])[record]["address"], home_of(WRITTEN["custody"])
    assert len(kept) == 3
    said = [words for words in (home.by_postcode, home.by_street) if words]
    assert not {keyring.ring().token("address", words) for words in said} & kept
    other, flat = arrives(register, "probation", WRITTEN["probation"]), arrives(register, "court-results", NEXT_DOOR)
    found = contact_tokens(register, [record, other, flat])
    assert found[record]["address"] & found[other]["address"]
    assert not found[record]["address"] & found[flat]["address"]
