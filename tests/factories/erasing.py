"""Somebody who is suspected, with a victim, whose every word holds a mark of their own; and where any mark still is."""

from collections.abc import Iterable, Iterator
from pathlib import Path

import pyarrow.parquet as pq
from django.apps import apps
from django.conf import settings
from django.db import connection, models

from craffu.access.acting import Acting
from craffu.breaches.models import BreachTelling
from craffu.cases.models import CaseRole
from craffu.common.extracted import keyed
from craffu.common.fields import EncryptedTextField
from craffu.intake.models import KeptRow
from craffu.intake.running import take_in
from craffu.people.queries import people_of_records
from tests.factories.crimes import UNGRADED
from tests.factories.extracts import row, write

MARK = "zzyxqan"


def marked(by: Acting, folder: Path, number: int, mark: str = MARK, victim: int | None = None) -> tuple[str, str, str]:
    """Takes in a crime with its suspect and its victim, and a row about him that is held back; the references of all three.

    `victim` is the number of a crime whose victim she is too.
    """
    inbox = folder / f"marked-{number}"
    crime = UNGRADED | {"summary": f"{mark} words of the crime", "location": f"{mark} Street"}
    write(inbox, "crimes.csv", [row("rms", "crimes", number, **crime)])
    hers, his = (victim or number) * 10, number * 10 + 1
    people = [_person(his, f"{mark}ab", number)]
    if not victim:
        people.append(_person(hers, f"{mark}eg", number))
    write(inbox, "persons.csv", people)
    involved = [
        row("rms", "involvements", number, person_ref=f"PERSON{one}", role=role)
        for one, role in ((hers, "victim"), (his, "suspect"))
    ]
    write(inbox, "involvements.csv", involved)
    assert take_in(by=by, kind="rms", paths=[inbox]).run.rejected == 0
    roles = CaseRole.objects.for_system("a test").order_by("id").select_related("case")
    case = roles.last().case
    records = {one.role: one.record_id for one in roles.filter(case=case)}
    who = people_of_records(by, records.values())
    return case.reference, who[records["suspect"]].reference, who[records["victim"]].reference


def _person(number: int, name: str, of: int) -> dict[str, str]:
    return row(
        "rms", "persons", number, forenames=f"{name.title()} Mair", surname=f"{name.title()}son", aliases=f"Ap{name}",
        address=f"{name} Street", email=f"{name}@example.org", telephone=f"07700 9{number % 100000:05}",
        date_of_birth=f"19{50 + of % 40}-03-0{1 + number % 9}", pnc_id="", cro_number="",
    )  # fmt: skip


def hold_back(by: Acting, folder: Path, number: int, mark: str = MARK) -> None:
    """A row about the suspect that breaks its layout: it waits in the register and in the file of rejected rows."""
    inbox = folder / f"held-{number}"
    write(inbox, "persons.csv", [_person(number * 10 + 1, f"{mark}ab", number) | {"date_of_birth": "never"}])
    assert take_in(by=by, kind="rms", paths=[inbox]).run.rejected == 1


def keep_words(by: Acting, folder: Path, mark: str = MARK) -> None:
    """A row of a feed whose pages come later, kept in its own words: of nobody by a key, and it names where he is written to."""
    inbox = folder / "kept"
    words = f"Not to write from {mark}ab@example.org"
    write(inbox, "conditions.csv", [row("order-watch", "conditions", 7, words=words)])
    assert take_in(by=by, kind="order-watch", paths=[inbox]).run.rejected == 0
    assert KeptRow.objects.for_system("a test").filter(record=None).exists()


def tell_of_contact(by: Acting, folder: Path, number: int, mark: str = MARK) -> None:
    """What the victim of a crime told of him: known by the key of her record and the crime's number alone."""
    told = {"person_ref": f"PERSON{number * 10}", "crime_ref": f"CRIME{number}", "words": f"{mark} rang her again."}
    spoke = {"direction": "from_victim", "about": "safety", "reached": "yes"}
    write(folder / "told", "contacts.csv", [row("rms", "contacts", number, **told, **spoke)])
    assert take_in(by=by, kind="rms", paths=[folder / "told"]).run.rejected == 0
    assert BreachTelling.objects.for_system("a test").exists()


def send_of_victim(by: Acting, folder: Path, number: int, mark: str = MARK) -> None:
    """What witness care sends of the victim of a crime, by keys alone: a contact, and rows that wait.

    One waits for a crime, one for somebody beside her crime, and one for a row that waits itself.
    """
    inbox, kind = folder / f"care-{number}", "witness-care"
    hers, crime = f"PERSON{number * 10}", f"CRIME{number}"
    told = {"told": f"{mark} is out", "response": f"{mark} rang", "officer": f"{mark} PC", "promise_ref": ""}
    spoke = row(kind, "victim_contacts", number, contact_ref=f"{mark}c", person_ref=hers, **told)
    happened = [
        row(
            kind,
            "happenings",
            number,
            happening_ref=f"{mark}{one}",
            person_ref=person,
            crime_ref=of,
            words=f"{mark} {one}",
        )
        for one, person, of in (("h", hers, "CRIME990"), ("i", "PERSON990", crime))
    ]
    of_it = row(kind, "tellings", number, telling_ref=f"{mark}t", happening_ref=f"{mark}h", contact_ref="")
    for name, rows in (("victim_contacts", [spoke]), ("happenings", happened), ("tellings", [of_it])):
        write(inbox, f"{name}.csv", rows)
    done = take_in(by=by, kind=kind, paths=[inbox]).run
    assert (done.rejected, done.warnings["row_waits"]) == (0, 3)


def sealed_texts() -> dict[str, str]:
    """Everything that stands encrypted in the register now, as it is kept, and where."""
    found: dict[str, str] = {}
    for model in apps.get_models():
        names = [str(field.column) for field in model._meta.concrete_fields if isinstance(field, EncryptedTextField)]
        with connection.cursor() as cursor:
            for column in names:
                quote = connection.ops.quote_name
                cursor.execute(f"SELECT {quote(column)} FROM {quote(model._meta.db_table)} WHERE {quote(column)} <> ''")  # noqa: S608
                found |= {text: f"{model._meta.label}.{column}" for (text,) in cursor.fetchall()}
    return found


def where(mark: str) -> list[str]:
    """Every place in which the mark is: rows as they are kept and as they are read, the index, every file at home."""
    return sorted({*_in_tables(mark), *_in_models(mark), *_in_files(mark)})


def copies_of(references: Iterable[str]) -> list[str]:
    """The tables of snapshots in which any of these is: a snapshot holds no name and no reference, and says by a keyed token whom
    and what a row is about.
    """
    kinds = {"P": "person", "C": "case", "O": "order", "B": "breach"}
    tokens = {keyed(kinds[one.partition("-")[0]], one) for one in references}
    tables = {path: pq.read_table(path).to_pydict() for path in Path(settings.CRAFFU_HOME).rglob("*.parquet")}
    return sorted(path.stem for path, said in tables.items() if any(tokens & {*map(str, one)} for one in said.values()))


def _in_tables(mark: str) -> Iterator[str]:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            # An index is a table that cannot be read, kept in others that can.
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%'")
            tables = [name for (name,) in cursor.fetchall()]
        else:
            tables = connection.introspection.table_names(cursor)
        for table in tables:
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608
            if any(_holds(value, mark) for line in cursor.fetchall() for value in line):
                yield f"table {table}"


def _in_models(mark: str) -> Iterator[str]:
    for model in apps.get_models():
        if any(_holds(value, mark) for line in models.QuerySet(model).values_list() for value in line):
            yield f"model {model._meta.label}"


def _in_files(mark: str) -> Iterator[str]:
    folders = [Path(settings.CRAFFU_HOME)]
    database = Path(str(connection.settings_dict["NAME"]))
    beside: Iterable[Path] = database.parent.glob(f"{database.name}*") if connection.vendor == "sqlite" else ()
    for path in (*beside, *(one for folder in folders for one in folder.rglob("*"))):
        if path.is_file() and mark.encode() in path.read_bytes().lower():
            yield f"file {path.name}"
        if path.suffix == ".parquet" and mark in str(pq.read_table(path).to_pydict()).lower():
            yield f"snapshot {path.name}"


def _holds(value: object, mark: str) -> bool:
    if isinstance(value, bytes | memoryview):
        return mark.encode() in bytes(value).lower()
    return mark in str(value).lower()
