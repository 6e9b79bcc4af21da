"""The same police records as a system with other names, words, dates and signs would send them.

Each layout is one of intake's shipped mapping files read the other way round, so that intake reads back what was meant.
"""

import re
import tomllib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

from craffu.config.generate.tables import layout

DOCUMENTED = "documented"
LAYOUTS = (DOCUMENTED, "investigations", "nominals")
_FOLDER = files("craffu.intake") / "mappings"
_DELIMITERS = {"comma": ",", "semicolon": ";", "tab": "\t", "bar": "|"}
_DATED = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:T(\d{2}:\d{2}):\d{2})?")


@dataclass(frozen=True, slots=True)
class Sent:
    """One table as a system sends it: its columns, each with the column of ours it tells of and how it is written."""

    columns: list[str]
    encoding: str
    delimiter: str
    written: list[tuple[str, Callable[[str], str]]] = field(default_factory=list)

    def rows(self, ours: Mapping[str, Iterable[str]]) -> list[Sequence[str]]:
        """Their columns, from ours."""
        return [list(map(write, ours[name])) for name, write in self.written]


@cache
def sent_as(name: str, kind: str, table: str) -> Sent | None:
    """How the layout called `name` sends a table; None where it sends it as documented."""
    if name == DOCUMENTED or kind != "rms":
        return None
    said = tomllib.loads((_FOLDER / f"{name}.toml").read_text(encoding="utf-8"))
    sent = Sent([], said.get("encoding", "utf-8"), _DELIMITERS[said.get("delimiter", "comma")])
    of_table: dict[str, Any] = said[table]
    for ours, theirs in of_table["columns"].items():
        several = [theirs] if isinstance(theirs, str) else list(theirs)
        kind_of_column = layout(kind)[table][ours]
        words = {ours_word: their_word for their_word, ours_word in of_table.get("values", {}).get(ours, {}).items()}
        for place, column in enumerate(several):
            sent.columns.append(column)
            sent.written.append((ours, _writer(kind_of_column, words, said.get("date_order", ""), place, len(several))))
    return sent


def _writer(
    column: dict[str, Any], words: dict[str, str], date_order: str, place: int, parts: int
) -> Callable[[str], str]:
    dated = column["kind"] in ("date", "partial_date", "instant") and date_order == "day_first"
    part = _part_of(column)

    def write(value: str) -> str:
        if value in words:
            return words[value]
        if dated and (found := _DATED.fullmatch(value)):
            year, month, day, at = found.groups()
            return f"{day}/{month}/{year}" + (f" {at}" if at else "")
        return part(value, parts)[place] if parts > 1 else value

    return write


def _part_of(column: dict[str, Any]) -> Callable[[str, int], list[str]]:
    if column.get("many"):
        return _nth
    return _of_address if column.get("person") == "address" else _of_name


def _nth(value: str, parts: int) -> list[str]:
    return _filled(value.split(";", parts - 1), parts)


def _of_name(value: str, parts: int) -> list[str]:
    return _filled(value.split(" ", parts - 1), parts)


def _of_address(value: str, parts: int) -> list[str]:
    """A flat stands in the first column and the street in the second; without a flat the first is empty."""
    listed = value.split(", ", 1)
    return _filled(listed if len(listed) > 1 else ["", *listed], parts)


def _filled(listed: list[str], parts: int) -> list[str]:
    return [*listed, *[""] * (parts - len(listed))]
