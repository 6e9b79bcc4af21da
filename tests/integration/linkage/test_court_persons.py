"""Who the people of the courts' own messages are, by the README beside them: a case is not a person, nor is a dummy number."""

import csv
from collections import Counter, defaultdict
from pathlib import Path
from typing import Final

import pytest

from craffu.access.acting import Acting
from craffu.engines.choice import Engine, Kind
from craffu.intake.linking.running import link_register
from craffu.intake.running import take_in
from craffu.linkage.models import Pair
from craffu.people.models import RecordVersion
from craffu.people.queries import people_of_records

pytestmark = [
    pytest.mark.django_db, pytest.mark.slow, pytest.mark.sqlite, pytest.mark.filterwarnings("ignore"),
    pytest.mark.rule("IDN-02"),
]  # fmt: skip
# README, "Same case, several messages": a number that stands for none, and how many people it is said of.
DUMMIES: Final = {"0800PP0100000000001H": 4, "0800NP0100000000001H": 3}
CASES_OF_SEVERAL, EVERYBODY = 21, 118
LARGEST: Final = {"01ZD0300108": 22, "01ZD1600008": 12, "01ZD0300208": 10, "01ZD0305409": 5}
# Of one name and birthday in two cases, by the list of the messages: each is one person, or somebody is asked.
IN_TWO_CASES: Final = {("DAVID", "WORTH"), ("RECANDNONREC", "CIVILCASE")}
# One defendant's case in order, in messages of their own; the two of 041 have nothing to do with each other.
FOLDERS_OF_ONE: Final = 25

type Who = tuple[str, str, str]


@pytest.fixture
def listed(shared_data: Path) -> list[dict[str, str]]:
    with (shared_data / "courts" / "results" / "index.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def who(given: str, family: str, born: str) -> Who:
    return given.strip().upper(), family.strip().upper(), born


@pytest.mark.deep
def test_the_people_of_the_courts_messages(
    system: Acting, codes: None, shared_data: Path, listed: list[dict[str, str]]
) -> None:
    take_in(by=system, kind="court-results", paths=[shared_data / "courts" / "results"])
    link_register(system, Engine(Kind.DUCKDB))
    versions = list(RecordVersion.objects.for_system("a test").order_by("id"))
    people = people_of_records(system, {one.record_id for one in versions})
    persons: dict[Who, set[str]] = defaultdict(set)
    for one in versions:
        persons[who(one.given_names, one.family_name, one.born_on)].add(people[one.record_id].reference)
    # Nobody is joined to somebody of another name; the one who once came without a birthday is themselves.
    names: dict[str, set[tuple[str, ...]]] = defaultdict(set)
    for said, references in persons.items():
        for reference in references:
            names[reference].add(said[:2])
    assert [some for some in names.values() if len(some) > 1] == []
    # Several people of one case, and of one dummy number, are several persons.
    cases: dict[str, set[Who]] = defaultdict(set)
    numbers: dict[str, set[Who]] = defaultdict(set)
    for row in listed:
        said = who(row["given_name"], row["family_name"], row["birthdate"])
        cases[row["ptiurn"].upper()].add(said)
        numbers[row["asn"]].add(said)
    assert len([1 for several in cases.values() if len(several) > 1]) == CASES_OF_SEVERAL
    assert len(set().union(*cases.values())) == EVERYBODY
    assert {case: len(cases[case]) for case in LARGEST} == LARGEST
    for case in LARGEST:
        theirs = [persons[one] for one in cases[case] if one in persons]
        assert len(set().union(*theirs)) == sum(map(len, theirs)), f"two people of {case} were joined"
    for number, count in DUMMIES.items():
        assert len(numbers[number]) == count
        theirs = [persons[one] for one in numbers[number] if one in persons]
        assert len(set().union(*theirs)) == sum(map(len, theirs)), f"{number} joined two people"
    # One person in two cases is joined, or waits for somebody to say so; nobody loses them.
    waiting = set(Pair.objects.for_system("a test").values_list("left_id", "right_id"))
    for given, family in IN_TWO_CASES:
        records = sorted(
            {one.record_id for one in versions if who(one.given_names, one.family_name, "")[:2] == (given, family)}
        )
        assert len(records) == 2
        assert len({people[one].pk for one in records}) == 1 or tuple(records) in waiting
    # Messages of one defendant's case are one record, however often the court writes.
    folders: dict[str, set[Who]] = defaultdict(set)
    count: Counter[str] = Counter()
    for row in listed:
        folder = row["path"].partition("/")[0]
        count[folder] += 1
        folders[folder].add(who(row["given_name"], row["family_name"], row["birthdate"]))
    of_one = [folder for folder in folders if count[folder] > 1 and len(folders[folder]) == 1]
    assert len(of_one) == FOLDERS_OF_ONE
    for folder in of_one:
        (said,) = folders[folder]
        assert len(persons[said]) == 1 or said[:2] in IN_TWO_CASES, folder
    # 115 is one case, though its later messages do not say when he was born.
    withdrawn = folders["115-withdrawn-dismissed-offences"]
    assert len(withdrawn) == 2
    assert len({person for said in withdrawn for person in persons[said]}) == 1
