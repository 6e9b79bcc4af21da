"""What the columns of somebody's table hold: a small TOML file that says which is which."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final

from craffu.linkage.standard.rows import FIELDS

_OTHERS: Final = "other"
_AGE: Final = "age"
_AGE_ON: Final = "age_on"
_OLDEST: Final = 120
_YEAR: Final = timedelta(days=365.25)


class BadInput(ValueError):
    """A file cannot be used; the message names it, what is wrong in it, and what to do."""


@dataclass(frozen=True, slots=True)
class Age:
    """The column of an age in whole years, and the day on which people were of it."""

    column: str
    on: date

    def year_of_birth(self, said: str) -> str:
        """The likelier of the two years in which somebody of an age was born; empty where it is no age."""
        plain = said.strip().removesuffix(".0")
        if not (plain.isascii() and plain.isdigit() and int(plain) <= _OLDEST):
            return ""
        return str((self.on - _YEAR * (int(plain) + 0.5)).year)


@dataclass(frozen=True, slots=True)
class PersonMapping:
    """The column of the key, the columns of each part of a person, and those compared for equality. An age stands for the year
    of birth where a record says no date."""

    id: str
    parts: Mapping[str, tuple[str, ...]]
    others: tuple[str, ...]
    age: Age | None = None

    @property
    def named(self) -> list[str]:
        columns = [column for columns in self.parts.values() for column in columns]
        return [self.id, *columns, *([self.age.column] if self.age else ()), *self.others]


def read_mapping(path: Path) -> PersonMapping:
    """The mapping in a file. Raises BadInput."""
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as fault:
        raise BadInput(f"{path} cannot be read ({fault.strerror}): name the mapping, a TOML file") from fault
    except ValueError as fault:
        raise BadInput(f'{path} is not TOML ({fault}): write lines such as given_name = "first_name"') from fault
    return mapping_of(content, str(path))


def mapping_of(content: Mapping[str, Any], name: str) -> PersonMapping:
    """A mapping as it was written. Raises BadInput."""
    known = ("id", *FIELDS, _AGE, _AGE_ON, _OTHERS)
    unknown = sorted(content.keys() - set(known))
    if unknown:
        raise BadInput(f"{name} maps {', '.join(unknown)}, which nothing is called: use {', '.join(known)}")
    key = content.get("id")
    if not isinstance(key, str):
        raise BadInput(f'{name} does not say which column is the key of a record: add id = "column"')
    age = _age(content, name)
    for part, columns in ((part, columns) for part, columns in content.items() if part != _AGE_ON):
        if not _are_columns(columns):
            raise BadInput(f"{name}: {part} must name a column, or a list of columns")
    parts = {part: _listed(content[part]) for part in FIELDS if part in content}
    if not parts:
        raise BadInput(f"{name} maps no part of a person: map a name, a date of birth or an identifier")
    # What is said in a column counts once, however often it is named.
    counted = {key, *(column for columns in parts.values() for column in columns)}
    others = tuple(column for column in dict.fromkeys(_listed(content.get(_OTHERS, ()))) if column not in counted)
    return PersonMapping(key, parts, others, age)


def _age(content: Mapping[str, Any], name: str) -> Age | None:
    if _AGE not in content and _AGE_ON not in content:
        return None
    column, on = content.get(_AGE), content.get(_AGE_ON)
    try:
        day = date.fromisoformat(str(on))
    except ValueError:
        day = None
    if not (isinstance(column, str) and column.strip()) or day is None:
        raise BadInput(
            f'{name}: an age needs its column and the day on which people were of it: age = "AGE" and age_on = 2011-03-27'
        )
    return Age(column, day)


def _are_columns(given: Any) -> bool:
    listed = given if isinstance(given, list) else [given]
    return bool(listed) and all(isinstance(one, str) and one.strip() for one in listed)


def _listed(given: str | Iterable[str]) -> tuple[str, ...]:
    return (given,) if isinstance(given, str) else tuple(given)
