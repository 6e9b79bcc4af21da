"""`craffu digest`: one hash of everything the register says. Two registers that say the same give the same, on either database.

What the fields' fates call internal (row numbers, references, tokens) and clock (when and through which file we heard it) is
left out, as are the tokens in a blind index, and a row that points at another is hashed with what that one says: so a
register built in one go compares equal to one built after ten interruptions, or from the same files in another order (T28, T40).
"""

import argparse
import hashlib
import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import models

from craffu.access.wall.reach import every_force
from craffu.common.fates import InDigest
from craffu.config.commands.database import ready_for_every_force

# A run is how we heard something, a counter where we are in numbering it, news what is still to be looked at: none was said.
NOT_THE_REGISTER = {"audit", "common", "outbox"}
# Who is kept waiting at the door, and from where somebody came before, is about the site and not the register.
AT_THE_DOOR = {"access.signintry", "access.signinhold", "access.knownplace", "access.signinsession"}
# What the index of the search is made of is made from names, which are counted; what is due follows from what was said, and
# when it was told from when the clock ran; keys of records are made of what they say, and so are scores.
DERIVED = {
    *("people.searchword", "work.watch", "work.workitem", "work.workstep"),
    *("prevention.scorerun", "prevention.scorestands", "prevention.scorekept"),
    *("linkage.arrivalbasis", "linkage.recordkeyed", "linkage.recordkey", "linkage.saidoften"),
}
HOW_WE_HEARD = {"intake.run", "intake.runfile", "intake.heldrow", "intake.helddecision", "intake.mappingused"}

TOKEN = re.compile(r"[0-9a-f]{32}")

type Table = type[models.Model]


def run(args: argparse.Namespace) -> int:
    ready_for_every_force()
    with every_force("a digest is of the whole register"):
        tables = register_digests()
    whole = hashlib.sha256(json.dumps(tables, sort_keys=True).encode()).hexdigest()
    answer = {"digest": whole, "tables": tables}
    if args.json:
        print(json.dumps(answer))
    else:
        for name, table in tables.items():
            print(f"{table['rows']:>8}  {table['digest'][:16]}  {name}")
        print(whole)
    return 0


def register_models() -> list[Table]:
    """Every model of ours that holds the register itself."""
    return [
        model
        for model in apps.get_models()
        if model.__module__.startswith("craffu.")
        and model._meta.app_label not in NOT_THE_REGISTER
        and model._meta.label_lower not in HOW_WE_HEARD | AT_THE_DOOR | DERIVED
    ]


def register_digests() -> dict[str, dict[str, Any]]:
    """Each table of the register by its name: how many rows, and one hash of what they say.

    A row is first what it says itself, with what it points at; then also what points at it, because a person is nothing
    but the records that are held to be theirs; and then once more with what it points at.
    """
    found = register_models()
    rows = {model: list(_rows(model)) for model in _targets_first(found)}
    seen = _along_the_keys(rows, {})
    pointed_at = _against_the_keys(rows, seen)
    seen = _along_the_keys(rows, pointed_at)
    return {model._meta.label_lower: _digest(seen[model].values()) for model in found}


@dataclass(frozen=True, slots=True)
class _Row:
    """A row by its number, the hash of what it says itself, and the rows that it points at."""

    number: Any
    own: bytes
    targets: tuple[tuple[Table, Any], ...]


def _rows(model: Table) -> Iterator[_Row]:
    fates = model.Handling.fields  # type: ignore[attr-defined]
    fields = [field for field in model._meta.concrete_fields if fates[field.name].digest is InDigest.CONTENT]
    keys = [(field, field.related_model) for field in fields if isinstance(field.related_model, type)]
    said = [field for field in fields if field.related_model is None]
    for row in model._base_manager.iterator(chunk_size=2000):
        words = json.dumps(
            {field.name: _said(row, field) for field in said}, sort_keys=True, ensure_ascii=False, default=str
        )
        targets = tuple((target, getattr(row, field.attname)) for field, target in keys)
        yield _Row(row.pk, hashlib.sha256(words.encode()).digest(), targets)


def _said(row: models.Model, field: models.Field[Any, Any]) -> Any:
    """A value without the tokens in it: they change with the key, and what they stand for is hashed where it lies."""
    value = getattr(row, field.attname)
    return TOKEN.sub("-", value) if field.name in getattr(row, "blind_indexes", ()) else value


def _targets_first(found: Iterable[Table]) -> list[Table]:
    """The tables, each behind those that it points at."""
    waiting, placed = list(found), []
    while waiting:
        ready_now = [model for model in waiting if not (_targets(model) & set(waiting)) - {model}]
        if not ready_now:
            raise ValueError("tables of the register point at one another in a circle")
        placed += ready_now
        waiting = [model for model in waiting if model not in ready_now]
    return placed


def _targets(model: Table) -> set[Table]:
    return {field.related_model for field in model._meta.concrete_fields if isinstance(field.related_model, type)}


type _Seen = dict[Table, dict[Any, bytes]]


def _along_the_keys(rows: Mapping[Table, Sequence[_Row]], pointed_at: Mapping[tuple[Table, Any], bytes]) -> _Seen:
    """The hash of every row with what it points at, which comes first."""
    seen: _Seen = {}
    for model, of_model in rows.items():
        seen[model] = {}
        for row in of_model:
            targets = (seen[target].get(number, b"-") if target in seen else b"-" for target, number in row.targets)
            said = b"".join((row.own, *targets, pointed_at.get((model, row.number), b"")))
            seen[model][row.number] = hashlib.sha256(said).digest()
    return seen


def _against_the_keys(rows: Mapping[Table, Sequence[_Row]], seen: _Seen) -> dict[tuple[Table, Any], bytes]:
    """For every row, one hash of all that points at it."""
    pointing: dict[tuple[Table, Any], list[bytes]] = defaultdict(list)
    for model, of_model in rows.items():
        for row in of_model:
            for target, number in row.targets:
                pointing[target, number].append(seen[model][row.number])
    return {place: hashlib.sha256(b"".join(sorted(hashes))).digest() for place, hashes in pointing.items()}


def _digest(hashes: Iterable[bytes]) -> dict[str, Any]:
    lines = sorted(one.hex() for one in hashes)
    return {"rows": len(lines), "digest": hashlib.sha256("\n".join(lines).encode()).hexdigest()}
