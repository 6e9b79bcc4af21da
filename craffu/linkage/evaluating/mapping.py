"""What the columns of somebody's table hold: a small TOML file that says which is which."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from craffu.linkage.standard.rows import FIELDS

_OTHERS: Final = "other"


class BadInput(ValueError):
    """A file cannot be used; the message names it, what is wrong in it, and what to do."""


@dataclass(frozen=True, slots=True)
class PersonMapping:
    """The column of the key, the columns of each part of a person, and those compared for equality."""

    id: str
    parts: Mapping[str, tuple[str, ...]]
    others: tuple[str, ...]

    @property
    def named(self) -> list[str]:
        return [self.id, *(column for columns in self.parts.values() for column in columns), *self.others]


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
    unknown = sorted(content.keys() - {"id", _OTHERS, *FIELDS})
    if unknown:
        raise BadInput(
            f"{name} maps {', '.join(unknown)}, which nothing is called: use {', '.join(('id', *FIELDS, _OTHERS))}"
        )
    for part, columns in content.items():
        if not _are_columns(columns):
            raise BadInput(f"{name}: {part} must name a column, or a list of columns")
    key = content.get("id")
    if not isinstance(key, str):
        raise BadInput(f'{name} does not say which column is the key of a record: add id = "column"')
    parts = {part: _listed(content[part]) for part in FIELDS if part in content}
    if not parts:
        raise BadInput(f"{name} maps no part of a person: map a name, a date of birth or an identifier")
    return PersonMapping(key, parts, _listed(content.get(_OTHERS, ())))


def _are_columns(given: Any) -> bool:
    return isinstance(given, str) or (isinstance(given, list) and all(isinstance(one, str) for one in given))


def _listed(given: str | Iterable[str]) -> tuple[str, ...]:
    return (given,) if isinstance(given, str) else tuple(given)
