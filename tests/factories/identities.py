"""Records of people, each somebody of their own until linked, and the model that compares them."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from craffu.access.acting import Acting
from craffu.common import clock
from craffu.common.door import bookkeeping
from craffu.common.models import Provenance, Regime
from craffu.linkage.actions import keep_model, keep_scores
from craffu.linkage.facts import NewModel, Played, RolesOf, Scored
from craffu.linkage.models import LinkModel
from craffu.linkage.queries import model_in_use
from craffu.linkage.rules import Role
from craffu.people.actions import receive_record, rehome
from craffu.people.facts import Identifier, PersonFacts
from craffu.people.models import Person, RecordVersion, SourceRecord
from craffu.people.queries import members, people_of_records, records_of

# What a model might say of two records: together the weight of 9 that `score` gives.
LEVELS = (("prior", "prior", -8.0), ("given", "same", 5.0), ("born", "same", 13.0), ("address", "nothing_alike", -1.0))
WHY = "The same date of birth and address, and two of three names"


def record_of(by: Acting, key: str, pnc: str = "", person: Person | None = None, source: str = "rms") -> SourceRecord:
    now = clock.now()
    numbers = (Identifier("pnc", pnc, pnc, "valid"),) if pnc else ()
    facts = PersonFacts("", "Rhys", f"Evans {key}", "1984-03-02", "1", identifiers=numbers)
    sent = Provenance(source, "0" * 64, 1, now, "1", "A controller", Regime.PART_3, "A basis")
    return receive_record(by=by, source_key=key, facts=facts, provenance=sent, why="a test", now=now, person=person)


def records(by: Acting, number: int) -> list[int]:
    """So many records, each of a person of its own."""
    return [record_of(by, f"r{place}").pk for place in range(number)]


def trained(by: Acting, now: datetime | None = None) -> LinkModel:
    new = NewModel("duckdb", 1, "0" * 64, 10, {"comparisons": []}, {"filled": {}})
    return keep_model(by=by, trained=new, now=now)


def played(**roles: Role) -> RolesOf:
    """The parts of records, by `r<row number>`."""
    parts = {int(key.removeprefix("r")): Played(frozenset({role})) for key, role in roles.items()}

    def of(_by: Acting, some: Collection[int]) -> Mapping[int, Played]:
        return {one: parts[one] for one in some if one in parts}

    return of


NOBODYS = played()


def score(by: Acting, left: int, right: int, probability: float = 0.999, roles_of: RolesOf = NOBODYS) -> None:
    model = model_in_use(by) or trained(by)
    keep_scores(by=by, model=model, scored=[Scored(left, right, probability, 9.0, LEVELS)], roles_of=roles_of)


def persons(by: Acting) -> list[list[int]]:
    """Who everybody is now, as sets of records."""
    found: dict[int, list[int]] = {}
    for record, person in members(by).order_by("record_id").values_list("record_id", "person_id"):
        found.setdefault(person, []).append(record)
    return sorted(found.values())


def state(by: Acting) -> dict[str, list[tuple[object, ...]]]:
    """Everything that joining and parting must leave as it was: who each record is, and all that records say."""
    return {
        "members": sorted(members(by).values_list("record_id", "person__reference")),
        "records": list(SourceRecord.objects.for_user(by).order_by("id").values_list()),
        "versions": list(RecordVersion.objects.for_user(by).order_by("id").values_list()),
    }


def joined_to(by: Acting, record: int) -> str:
    """The reference of somebody whose one record was found to be of whoever another record is."""
    other = record_of(by, "other").pk
    reference = people_of_records(by, [other])[other].reference
    score(by, record, other)
    assert people_of_records(by, [record])[record].reference != reference
    return reference


@bookkeeping
def scattered(by: Acting, record: int) -> tuple[str, str]:
    """The references of somebody of whose two records one is of whoever another record is now, and of whoever has the other."""
    first = record_of(by, "first")
    whose = people_of_records(by, [first.pk])[first.pk]
    second = record_of(by, "second", person=whose)
    now = people_of_records(by, [record])[record].pk
    moves = [(now, [first.pk]), (None, [second.pk])]
    rehome(by=by, moves=moves, left=[whose.pk], why="a test", now=clock.now())
    return whose.reference, people_of_records(by, [second.pk])[second.pk].reference


@bookkeeping
def joined_into(by: Acting, old: Person, into: Person, now: datetime) -> None:
    """Every record of one person is found to be another’s."""
    rehome(by=by, moves=[(into.pk, records_of(by, old))], left=[old.pk], why="a test", now=now)
    for one in (old, into):
        one.refresh_from_db()


@bookkeeping
def parted_into(by: Acting, old: Person, others: Sequence[Person], now: datetime) -> None:
    """The records of one person are found to be several others': the first record the first's."""
    more = [record_of(by, f"more {number}", person=old).pk for number in range(1, len(others))]
    first = [record for record in records_of(by, old) if record not in more]
    moves = [(one.pk, records) for one, records in zip(others, [first, *([each] for each in more)], strict=True)]
    rehome(by=by, moves=moves, left=[old.pk], why="a test", now=now)
    for one in (old, *others):
        one.refresh_from_db()
