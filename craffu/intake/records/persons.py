"""What a row says of a person, taken out of its columns: names, date of birth, numbers, addresses and telephones.

Pure. Nothing is corrected: a name stands as it was sent, and a number that looks wrong is kept and marked.
"""

from collections.abc import Callable, Iterator, Sequence

from craffu.intake.records.columns import london_day
from craffu.intake.records.identifiers import Known, identifier
from craffu.intake.records.layout import TableLayout
from craffu.intake.records.shape import Good
from craffu.people.facts import RecordRow

_MANY = ";"
_PARTS_OF_NAME = "|"
_NUMBERS = ("pnc", "cro", "asn")
_LINE = "\n"


def person_rows(table: TableLayout, good: Good) -> list[RecordRow]:
    """What every row of a batch says of a person."""
    rows = len(good)

    def column(part: str) -> Sequence[str]:
        name = table.part(part)
        return good.columns[name] if name else [""] * rows

    def other(name: str) -> Sequence[str]:
        return good.columns[name] if name in table.by_name else [""] * rows

    return list(
        map(
            RecordRow,
            [london_day(at) for at in good.said_at],
            good.lines,
            column("title"),
            column("given_names"),
            column("family_name"),
            column("born_on"),
            column("sex"),
            other("ethnicity"),
            other("language"),
            list(zip(*(_numbers(kind, column(kind)) for kind in _NUMBERS), strict=True)),
            _contacts(column, other("town")),
            [_aliases(said) if said else () for said in column("aliases")],
        )
    )


def _numbers(kind: str, given: Sequence[str]) -> list[Known | None]:
    return [identifier(kind, said) if said else None for said in given]


def _contacts(column: Callable[[str], Sequence[str]], towns: Sequence[str]) -> list[tuple[tuple[str, str], ...]]:
    rows = zip(column("address"), towns, column("postcode"), column("phone"), column("email"), strict=True)
    return [tuple(_contacts_of_row(*row)) for row in rows]


def _contacts_of_row(address: str, town: str, postcode: str, phone: str, email: str) -> Iterator[tuple[str, str]]:
    if address or postcode:
        yield "address", _LINE.join(part for part in (address, town, postcode) if part)
    if phone:
        yield from (("phone", number) for number in phone.split(_MANY))
    if email:
        yield from (("email", one) for one in email.split(_MANY))


def _aliases(said: str) -> tuple[tuple[str, str], ...]:
    """`Forenames|Surname;Forenames|Surname`; a name without the bar is a surname or a nickname."""
    names = []
    for alias in said.split(_MANY):
        given, bar, family = alias.partition(_PARTS_OF_NAME)
        names.append((given.strip(), family.strip()) if bar else ("", given.strip()))
    return tuple(name for name in names if any(name))
