"""SEC-09: rows that are kept in their own words go with whoever is erased, by whatever they name them, and by no more."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import time_machine

from craffu.access.acting import Acting
from craffu.access.models import User
from craffu.access.queries import acting_user
from craffu.access.retention.kinds import Authority
from craffu.audit import actions as audit
from craffu.common.door import action
from craffu.daily.retaining.actions import Said, ask_to_erase, erase_person
from craffu.intake.models import KeptRow, RowWaiting
from craffu.intake.records.layout import KINDS, layout_of
from craffu.intake.running import take_in
from craffu.linkage.events import PERSONS_CHANGED
from craffu.people.actions import rehome
from craffu.people.models import Person, SourceRecord
from craffu.people.queries import people_of_records
from craffu.victims.models import Contact, Promise
from tests.factories.erasing import marked
from tests.factories.extracts import LATER, row, write
from tests.factories.orders import order_of

pytestmark = [pytest.mark.rule("SEC-09"), pytest.mark.django_db(transaction=True)]

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
WHY = Said("Nothing has been heard of them for ten years.", Authority.RETENTION_REVIEW)
# What `marked` takes in: the register's own people and cases.
MARKED = {("rms", "persons"), ("rms", "crimes"), ("rms", "involvements")}


@pytest.fixture(autouse=True)
def at_noon() -> Any:
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


@pytest.fixture
def erase(make_user: Callable[..., User]) -> Callable[[str], None]:
    first, other = (replace(acting_user(make_user("auditor")), factor_at=NOW) for _one in range(2))

    def erased(person: str) -> None:
        ask_to_erase(by=first, person=person, said=WHY)
        erase_person(by=other, person=person)

    return erased


def kept() -> set[tuple[str, str, str, int]]:
    """Every version of every row that is kept."""
    return set(KeptRow.objects.for_system("a test").values_list("kind", "table", "key", "number"))


def send(by: Acting, folder: Path, kind: str, table: str, *rows: dict[str, str]) -> None:
    write(folder, f"{table}.csv", rows)
    assert take_in(by=by, kind=kind, paths=[folder / f"{table}.csv"]).run.rejected == 0


def of(kind: str, table: str, number: int, mark: str) -> dict[str, str]:
    """A row by the keys of the people of a crime alone, but for what it must say of a person."""
    layout = layout_of(kind).tables[table]
    refs = {"person_ref": f"PERSON{number}0", "protected_ref": f"PERSON{number}0", "respondent_ref": f"PERSON{number}1"}
    said = {one.name: f"{mark}{one.name}" for one in layout.columns if one.person and one.kind == "text"}
    dates = {one.name: f"19{60 + number}-05-06" for one in layout.columns if one.kind == "partial_date"}
    columns = {**refs, **said, **dates}
    return row(kind, table, number, **{name: value for name, value in columns.items() if name in layout.by_name})


@action
def joined(*, by: Acting, records: set[int], person: str) -> None:
    """These records become this person's."""
    theirs = Person.objects.for_user(by).get(reference=person)
    left = {one.pk for one in people_of_records(by, records).values()}
    rehome(by=by, moves=[(theirs.pk, sorted(records))], left=left, why="a test", now=NOW)
    audit.record(kind=PERSONS_CHANGED, actor=by.actor, refs=[f"person/{person}"], now=NOW)


@pytest.mark.postgres_in_deep
def test_whatever_names_them_by_a_senders_key_goes_from_every_table_in_which_rows_are_kept(
    system: Acting, erase: Callable[[str], None], tmp_path: Path
) -> None:
    stood, people = [kept()], {}
    for number, mark in ((12, "wholelse"), (1, "zzyxqan")):
        before = set(SourceRecord.objects.for_system("a test").values_list("pk", flat=True))
        _case, people[number], _victim = marked(system, tmp_path, number, mark)
        marked_ones = set(SourceRecord.objects.for_system("a test").values_list("pk", flat=True))
        for kind in KINDS:
            for table in layout_of(kind).tables:
                if (kind, table) not in MARKED:
                    send(system, tmp_path / f"{kind}-{number}", kind, table, of(kind, table, number, mark))
        described = set(SourceRecord.objects.for_system("a test").values_list("pk", flat=True)) - marked_ones
        assert before < marked_ones
        assert described
        joined(by=system, records=described, person=people[number])
        stood.append(kept())
    tables = {one[:2] for one in stood[2]}
    assert {one[:2] for one in stood[1]} == tables == {one[:2] for one in stood[2] - stood[1]}
    assert {kind for kind, _table in tables} == {*KINDS} - {"custody"}

    erase(people[1])

    staff = {one for one in stood[2] if one[0] == "staff"}
    assert sorted(kept()) == sorted(stood[1] | staff), "what is of the force's own people stays, and what is of others"


def test_what_names_an_order_that_goes_by_its_number_alone_goes_unless_it_is_of_somebody_who_stays(
    system: Acting, make_user: Callable[..., User], erase: Callable[[str], None], tmp_path: Path
) -> None:
    case, suspect, _victim = marked(system, tmp_path, 1)
    marked(system, tmp_path, 12, "wholelse")
    order = order_of(acting_user(make_user("orders_team")), case, NOW)
    watch, number = "order-watch", order.court_case_no
    of_it = [
        row(watch, "checks", 1, order_ref=number), row(watch, "checks", 2, order_ref=order.reference),
        row(watch, "checks", 3, order_ref="ANOTHER"), row(watch, "checks", 4, order_ref="THEIRS"),
    ]  # fmt: skip
    send(system, tmp_path, watch, "checks", *of_it)
    theirs = {"respondent_ref": "PERSON121", "protected_ref": "PERSON10", "case_number": number}
    unknown = {"respondent_ref": "PERSON990", "protected_ref": "PERSON10", "case_number": "none"}
    listed = [
        row(watch, "orders", 1, order_ref="THEIRS", **theirs), row(watch, "orders", 2, order_ref="HERS", **unknown)
    ]  # fmt: skip
    send(system, tmp_path, watch, "orders", *listed)
    known = of("probation", "cases", 12, "wholelse")
    send(system, tmp_path, "probation", "cases", known)
    events = [
        row("probation", "events", 1, order_ref=number, crn="CRN990"),
        row("probation", "events", 2, order_ref=number, crn=known["crn"]),
    ]
    send(system, tmp_path, "probation", "events", *events)
    before = kept()

    erase(suspect)

    assert {(table, key) for _kind, table, key, _number in before - kept()} == {
        ("checks", "CHECK1"), ("checks", "CHECK2"), ("orders", "HERS"), ("events", "EVENT1"),
    }  # fmt: skip


def test_of_a_row_that_was_put_right_the_versions_that_were_theirs_go_and_nothing_stands_again(
    system: Acting, erase: Callable[[str], None], tmp_path: Path
) -> None:
    _case, suspect, _victim = marked(system, tmp_path, 1)
    marked(system, tmp_path, 12, "wholelse")
    kind, hers, another, nobody = "witness-care", "PERSON10", "PERSON120", "PERSON990"
    contacts = {"TO": (hers, another), "FROM": (another, hers), "WAITS": (hers, nobody), "SAME": (another, another)}
    watched = {"TO": ("PERSON11", "PERSON121"), "FROM": ("PERSON121", "PERSON11")}
    for at in (0, 1):
        said = {"updated_at": LATER} if at else {}
        rows = [
            row(
                kind,
                "victim_contacts",
                1,
                contact_ref=key,
                person_ref=who[at],
                promise_ref="",
                told=f"{key} {at}",
                **said,
            )
            for key, who in contacts.items()
        ]
        send(system, tmp_path / str(at), kind, "victim_contacts", *rows)
        orders = [
            row("order-watch", "orders", 1, order_ref=key, respondent_ref=who[at], protected_ref=another, **said)
            for key, who in watched.items()
        ]
        send(system, tmp_path / str(at), "order-watch", "orders", *orders)
    send(
        system,
        tmp_path,
        "order-watch",
        "checks",
        *(row("order-watch", "checks", 1, check_ref=key, order_ref=key) for key in watched),
    )

    erase(suspect)

    assert sorted((table, key, number) for _kind, table, key, number in kept()) == [
        ("checks", "TO", 1), ("orders", "TO", 2),
        ("victim_contacts", "SAME", 1), ("victim_contacts", "SAME", 2),
        ("victim_contacts", "TO", 2), ("victim_contacts", "WAITS", 2),
    ]  # fmt: skip
    stands = Contact.objects.for_system("a test").order_by("id").values_list("source_key", "told")
    assert list(stands) == [("SAME", "SAME 0"), ("TO", "TO 1"), ("SAME", "SAME 1")]
    assert list(RowWaiting.objects.for_system("a test").values_list("key", flat=True)) == ["WAITS"]


def test_what_was_put_right_to_be_theirs_stays_where_what_is_of_another_hangs_on_it(
    system: Acting, erase: Callable[[str], None], tmp_path: Path
) -> None:
    _case, suspect, _victim = marked(system, tmp_path, 1)
    marked(system, tmp_path, 12, "wholelse")
    kind, hers, another = "witness-care", "PERSON10", "PERSON120"
    for key in ("HELD", "FREE"):
        send(system, tmp_path, kind, "promises", row(kind, "promises", 1, promise_ref=key, person_ref=another))
    made = row(kind, "victim_contacts", 1, contact_ref="ONE", person_ref=another, promise_ref="HELD")
    send(system, tmp_path, kind, "victim_contacts", made)
    excused = row(kind, "excuses", 1, excuse_ref="TWO", promise_ref="FREE")
    send(system, tmp_path, kind, "excuses", excused)
    for key in ("HELD", "FREE"):
        right = row(kind, "promises", 1, promise_ref=key, person_ref=hers, updated_at=LATER)
        send(system, tmp_path, kind, "promises", right)

    erase(suspect)

    assert kept() == {(kind, "victim_contacts", "ONE", 1)}
    assert [one.source_key for one in Promise.objects.for_system("a test")] == ["HELD"]
    assert [one.promise.source_key for one in Contact.objects.for_system("a test")] == ["HELD"]
