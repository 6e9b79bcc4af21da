"""What a source says about one person, before it is stored."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple

from craffu.people.homes.reading import Home


@dataclass(frozen=True, slots=True)
class Identifier:
    """A number the person is known by; `standing` is `valid`, `dummy` or `malformed`."""

    kind: str
    as_given: str = field(repr=False)
    normalised: str = field(repr=False)
    standing: str


@dataclass(frozen=True, slots=True)
class Contact:
    """An address, telephone or e-mail, with the form it is searched by."""

    kind: str
    value: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class PersonFacts:
    """One version of one source record. `born_on` is an ISO date, possibly partial: `1988`, `1988-03`, `1988-03-02` or empty."""

    title: str
    given_names: str = field(repr=False)
    family_name: str = field(repr=False)
    born_on: str = field(repr=False)
    sex: str
    identifiers: tuple[Identifier, ...] = ()
    contacts: tuple[Contact, ...] = ()
    true_from: date | None = None


class RecordRow(NamedTuple):
    """What one row of a source says of one person. A tuple, because an extract has a million of them.

    `true_from` is the London day from which it is true. A number is its kind, as given, as compared, and its standing; a
    contact is its kind and value; an alias is given names and family name. `home` is what its one address is of, where that was
    read already.
    """

    true_from: str
    line: int
    title: str
    given_names: str
    family_name: str
    born_on: str
    sex: str
    ethnicity: str
    language: str
    identifiers: tuple[tuple[str, str, str, str] | None, ...]
    contacts: tuple[tuple[str, str], ...]
    aliases: tuple[tuple[str, str], ...]
    home: Home | None = None


class HomeSaid(NamedTuple):
    """What one version of a record says of where somebody is at home: by keyed tokens alone (SEC-06)."""

    record: int
    version: int
    known_from: datetime
    said_at: datetime
    tokens: frozenset[str]
