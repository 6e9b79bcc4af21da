"""What a row says of a person, taken out of its columns: names, date of birth, numbers, addresses and telephones.

Pure. Nothing is corrected: a name stands as it was sent, and a number that looks wrong is kept and marked.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from craffu.intake.records.columns import london_day
from craffu.intake.records.identifiers import Known, identifier
from craffu.intake.records.layout import TableLayout
from craffu.intake.records.shape import Good
from craffu.people.facts import RecordRow
from craffu.people.homes.reading import home_of

_MANY = ";"
_PARTS_OF_NAME = "|"
_NUMBERS = ("pnc", "cro", "asn")
_LINE = "\n"


def person_rows(table: TableLayout, good: Good) -> list[RecordRow]:
    """What every row of a batch says of a person."""
    said = _Said(table, good)
    return list(
        map(
            RecordRow,
            [london_day(at) for at in good.said_at],
            good.lines,
            said.part("title"),
            said.part("given_names"),
            said.part("family_name"),
            said.part("born_on"),
            said.part("sex"),
            said.column("ethnicity"),
            said.column("language"),
            list(zip(*(_numbers(kind, said.part(kind)) for kind in _NUMBERS), strict=True)),
            list(map(_contacts, said.addresses, said.part("phone"), said.part("email"))),
            [_aliases(one) if one else () for one in said.part("aliases")],
            good.homes or [None] * len(good),
        )
    )


def with_homes(table: TableLayout, good: Good) -> Good:
    """The same rows, with the home that each row's address is of."""
    return replace(good, homes=[home_of(one) if one else None for one in _Said(table, good).addresses])


@dataclass(frozen=True, slots=True)
class _Said:
    """Rows by what they say of a person; nothing, of each row, where the table has no such column."""

    table: TableLayout
    good: Good

    def part(self, person: str) -> Sequence[str]:
        return self.column(self.table.part(person))

    def column(self, name: str) -> Sequence[str]:
        return self.good.columns[name] if name in self.table.by_name else [""] * len(self.good)

    @property
    def addresses(self) -> list[str]:
        rows = zip(self.part("address"), self.column("town"), self.part("postcode"), strict=True)
        return [_LINE.join(filter(None, row)) if row[0] or row[2] else "" for row in rows]


def _numbers(kind: str, given: Sequence[str]) -> list[Known | None]:
    return [identifier(kind, said) if said else None for said in given]


def _contacts(address: str, phone: str, email: str) -> tuple[tuple[str, str], ...]:
    several = [("address", address)] if address else []
    if phone:
        several += [("phone", number) for number in phone.split(_MANY)]
    if email:
        several += [("email", one) for one in email.split(_MANY)]
    return tuple(several)


def _aliases(said: str) -> tuple[tuple[str, str], ...]:
    """`Forenames|Surname;Forenames|Surname`; a name without the bar is a surname or a nickname."""
    names = []
    for alias in said.split(_MANY):
        given, bar, family = alias.partition(_PARTS_OF_NAME)
        names.append((given.strip(), family.strip()) if bar else ("", given.strip()))
    return tuple(name for name in names if any(name))
