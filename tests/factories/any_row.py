"""A row of any table, such as the table's own constraints allow, with a mark in every field that may hold words.

What a field may hold is read from its model: its sort, its length, and the values that a constraint names. A model that is added
tomorrow has its row without a word here.
"""

import itertools
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.db.models import F, Q

from craffu.common.door import bookkeeping

type Row = models.Model
type Field = models.Field[Any, Any]

_TRIES = 2_000
_ANEW = 5


class NoRow(AssertionError):
    """No row was found that the constraints of a table allow."""


@dataclass(slots=True)
class Maker:
    """Makes rows at `now`. No two have the same number or the same words."""

    now: datetime
    numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    def make(self, model: type[Row], mark: str, links: Mapping[str, Sequence[Any]]) -> Row:
        """A row whose words hold `mark`. `links` are what some of its fields may be, the likeliest first; the rest is as its
        constraints allow, and a key that is not among them is to nothing.
        """
        chance = random.Random(model._meta.label)  # noqa: S311  # the same in every run
        for anew in range(_ANEW):
            row = self._allowed(model, mark, links if not anew else _shuffled(links, chance), chance)
            try:
                _save(row)
            except IntegrityError as fault:
                if anew == _ANEW - 1:
                    raise NoRow(f"{model._meta.label} by {sorted(links)}: {fault}") from fault
            else:
                return row
        raise AssertionError

    def _allowed(self, model: type[Row], mark: str, links: Mapping[str, Sequence[Any]], chance: random.Random) -> Row:
        words, number = f"{mark} {next(self.numbers)}", next(self.numbers)
        constraints = [one for one in model._meta.constraints if isinstance(one, models.CheckConstraint)]
        named = _values_named(constraints)
        choices: dict[str, Sequence[Any]] = {
            one.name: links.get(one.name) or self._choices(one, words, number, named.get(one.name, []))
            for one in model._meta.concrete_fields
            if one.name != "id"
        }
        values = {name: some[0] for name, some in choices.items()}
        for _try in range(_TRIES):
            row = model(**values)
            broken = next((one for one in constraints if _is_broken(one, row)), None)
            if broken is None:
                return row
            free = sorted(name for name in {*_fields(broken)} if len(choices[name]) > 1)
            if not free:
                break
            for name in chance.sample(free, chance.randint(1, len(free))):
                values[name] = chance.choice(choices[name])
        raise NoRow(f"{model._meta.label} by {sorted(links)}: {broken}")

    def _choices(self, one: Field, words: str, number: int, named: list[Any]) -> list[Any]:
        """What a field may hold, the likeliest first."""
        if one.is_relation:
            return [None]
        if one.choices:
            several = [value for value, _label in one.flatchoices]
        elif isinstance(one, models.CharField | models.TextField):
            # What is too short for the mark holds no words.
            is_long = one.max_length is None or one.max_length >= len(words)
            several = [f"{words} {one.name}"[: one.max_length] if is_long else str(number)[-(one.max_length or 1) :]]
        else:
            several = self._of_its_sort(one, words, number)
        several += [value for value in named if value not in several]
        if one.null:
            several.append(None)
        if isinstance(one, models.CharField | models.TextField) and one.blank and "" not in several:
            several.append("")
        return several

    def _of_its_sort(self, one: Field, words: str, number: int) -> list[Any]:
        hour, day, today = timedelta(hours=1), timedelta(days=1), self.now.date()
        sorts: list[tuple[type[Field], list[Any]]] = [
            (models.BooleanField, [False, True]),
            (models.DateTimeField, [self.now, self.now + hour, self.now - hour]),
            (models.DateField, [today, today + day, today - day]),
            (models.TimeField, [self.now.time()]),
            (models.JSONField, [[words], {}, []]),
            (models.DecimalField, [Decimal(1)]),
            (models.FloatField, [0.5, 1.0, 0.0]),
            (models.IntegerField, [number, 1, 0]),
        ]
        return next(values for sort, values in sorts if isinstance(one, sort))


def _shuffled(links: Mapping[str, Sequence[Any]], chance: random.Random) -> dict[str, Sequence[Any]]:
    return {name: chance.sample(some, len(some)) for name, some in links.items()}


@bookkeeping
def _save(row: Row) -> None:
    with transaction.atomic():
        row.save(force_insert=True)


def _is_broken(constraint: models.CheckConstraint, row: Row) -> bool:
    try:
        constraint.validate(type(row), row)
    except ValidationError:
        return True
    return False


def _compared(condition: Any) -> Iterator[tuple[str, str, Any]]:
    """Every field that a condition names, how it is compared, and with what."""
    for part in condition.children if isinstance(condition, Q) else ():
        if not isinstance(part, tuple):
            yield from _compared(part)
            continue
        name, _, how = part[0].partition("__")
        yield name, how, part[1]
        if isinstance(part[1], F):
            yield part[1].name, "", part[1]


def _fields(constraint: models.CheckConstraint) -> Iterator[str]:
    for name, _how, _value in _compared(constraint.condition):
        yield name


def _values_named(constraints: Sequence[models.CheckConstraint]) -> dict[str, list[Any]]:
    """The values that constraints name, by field."""
    found: dict[str, list[Any]] = {}
    for constraint in constraints:
        for name, how, value in _compared(constraint.condition):
            several = sorted(value, key=str) if how == "in" else [value] if how == "" else []
            found.setdefault(name, []).extend(one for one in several if not isinstance(one, F) and one is not None)
    return found
