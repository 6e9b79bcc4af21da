"""Who is who in the courts' own messages: a case is no person, a dummy number is nobody's, and nobody is joined to another."""

import csv
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

import pytest

from craffu.access.acting import Acting
from craffu.access.models import Force
from craffu.engines.choice import Engine, Kind
from craffu.intake.linking.running import link_register
from craffu.intake.running import take_in
from craffu.linkage.models import Pair
from craffu.people.models import RecordVersion, SourceRecord
from tests.factories.identities import persons

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.filterwarnings("ignore")]

# From the README of the messages: in one case several persons, each in a message of their own; two numbers that stand for none;
# and persons whom two cases know.
SEVERAL_IN_ONE_CASE = {"01ZD0300108": 22, "01ZD0300208": 10, "01ZD1600008": 12, "01ZD0305409": 5}
CASES_OF_SEVERAL, EVERYBODY = 21, 118
DUMMIES = {"0800PP0100000000001H": 4, "0800NP0100000000001H": 3}
IN_SEVERAL_CASES = {
    ("David", "Worth", "1948-11-11"): ("01VK0300107", "93VK0300107"),
    ("RECANDNONREC", "CIVILCASE", "1948-11-11"): ("00NP0000008", "01ZD0303908"),
}


@dataclass(frozen=True, slots=True)
class Known:
    """A record of a defendant by its case, its number and who it says it is."""

    ptiurn: str
    asn: str
    who: tuple[str, str, str]


@pytest.fixture
def known(system: Acting, force: Force, shared_data: Path) -> Mapping[int, Known]:
    folder = shared_data / "courts" / "results"
    if not folder.exists():
        pytest.skip("the messages are not here")
    assert take_in(by=system, kind="court-results", paths=[folder]).tally.received == 168
    link_register(system, Engine(Kind.DUCKDB))
    said = {one.record_id: one for one in RecordVersion.objects.for_system("a test").order_by("id")}
    found = {}
    for record in SourceRecord.objects.for_system("a test").order_by("id"):
        ptiurn, asn, _token = record.source_key.split("/")[:3]
        one = said[record.pk]
        found[record.pk] = Known(ptiurn, asn, (one.given_names, one.family_name, one.born_on))
    return found


def _names(who: Collection[tuple[str, str, str]]) -> list[tuple[str, str]]:
    return sorted({one[:2] for one in who})


@pytest.mark.rule("IDN-02")
@pytest.mark.rule("IDN-04")
def test_nobody_is_joined_to_another_and_whoever_may_be_one_is_put_before_a_person(
    system: Acting, known: Mapping[int, Known], shared_data: Path
) -> None:
    joined = [(known[a], known[b]) for person in persons(system) for a, b in combinations(person, 2)]
    assert [two for two in joined if two[0].who != two[1].who] == [], "two names, or two birthdays, are two people"
    by_case: dict[str, set[tuple[str, str, str]]] = {}
    for one in known.values():
        by_case.setdefault(one.ptiurn, set()).add(one.who)
    assert {case: len(by_case[case]) for case in SEVERAL_IN_ONE_CASE} == SEVERAL_IN_ONE_CASE
    with (shared_data / "courts" / "results" / "index.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    sent: dict[str, set[tuple[str, str, str]]] = {}
    for row in rows:
        sent.setdefault(row["ptiurn"].upper(), set()).add((row["given_name"], row["family_name"], row["birthdate"]))
    assert len(set().union(*sent.values())) == EVERYBODY
    assert sum(len(some) > 1 for some in sent.values()) == CASES_OF_SEVERAL
    # in one case two of three messages about somebody lack the date of birth: by their number they are one record
    assert {case: _names(who) for case, who in by_case.items()} == {case: _names(sent[case]) for case in by_case}
    for asn, number in DUMMIES.items():
        who = {(row["given_name"], row["family_name"], row["birthdate"]) for row in rows if row["asn"] == asn}
        assert len(who) == number
        theirs = [record for record, one in known.items() if one.who in who and one.asn == "-"]
        assert len({person for person in map(tuple, persons(system)) if set(person) & set(theirs)}) == number
    for who, cases in IN_SEVERAL_CASES.items():
        records = sorted(record for record, one in known.items() if one.who == who)
        assert sorted(known[one].ptiurn for one in records) == sorted(cases)
        pair = Pair.objects.for_system("a test").get(left=records[0], right=records[1])
        assert pair.stands in {"link", "clerical"}, "found, though neither case nor number says so"
