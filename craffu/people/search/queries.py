"""Finding people of the reader's force by a name, a date of birth or part of them (X12, SEC-01).

Few questions, each of bounded size: the words that those asked for may be, the rows of the index that hold them, and the
names of those rows. What is common is looked for as it was typed first; only then what is like it.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from django.db.models import Q

from craffu.access.acting import Acting
from craffu.people.models import RecordVersion
from craffu.people.search.answers import Found, ranked
from craffu.people.search.asking import Asked, BornAsked
from craffu.people.search.folding import fold_lines
from craffu.people.search.keys import LONGEST_BEGINNING, key_beginning, key_whole, keys_inside, keys_like
from craffu.people.search.matching import (
    MOST_NEAR,
    NEAR,
    Expression,
    Reading,
    expression,
    one_word_off,
    other_words,
    readings,
    slot_of,
    without_one,
    words_joined,
)
from craffu.people.search.tables import Date, row_has, rows_naming, words_with_all, words_with_any

# Rows of the index read for one question, of those as typed where there are many, and of those beside them; with fewer than a
# few, what is far is looked for too.
MOST_ROWS, MOST_TYPED, MOST_BESIDE, FEW = 50, 30, 80, 10
_MOST_WORDS, _MOST_PARTS = 400, 120
# What each word may be where a date was given, or one word is another or left out.
_FEWER = 6
_MOST_OF_A_DAY = 300
_FAR: Final = 1.0
CLOSEST: Final = 3


def find_people(by: Acting, asked: Asked) -> Found:
    """People whose recorded names and date of birth answer what was asked for; numbers are not looked at here.

    Where nobody born then has every word of the name, those who have and were born otherwise are found beside them.
    """
    force = by.force.pk
    born = [(one.year, one.month, one.day) for one in _both_ways(asked.born)]
    if not asked.words:
        rows = rows_naming(force, (), born, MOST_ROWS) if born else []
        return ranked(by, rows, (), asked.born, is_cut=len(rows) >= MOST_ROWS)
    ways = _ways(force, asked.words)
    then, found = _of_a_date(by, ways, asked.born, born) if born else ((), Found(()))
    if any(not hit.answer.missing for hit in found.hits):
        return found
    # Without the date too: whoever gives one may have it wrong.
    rows = _rows(force, ways, ())
    if found.hits:
        is_cut = found.is_cut or len(rows) >= MOST_ROWS
        return ranked(by, _once(rows, then), ways, asked.born, is_cut=is_cut, most_missing=1) if rows else found
    if rows:
        return ranked(by, rows, ways, asked.born, is_cut=len(rows) >= MOST_ROWS)
    less = list(without_one(ways[0], NEAR, _FEWER))
    found = ranked(by, rows_naming(force, less, (), MOST_ROWS) if less else [], ways, asked.born, is_cut=False)
    return Found(found.hits[:CLOSEST], are_closest=True)


def find_without_index(by: Acting, asked: Asked) -> Found:
    """Those whose recorded names hold each word as it was typed, read from the records themselves: slow, and it finds no more.

    For a register whose index is gone or was never filled (T44). A date of birth alone finds nobody so.
    """
    if not asked.words:
        return Found(())
    versions = RecordVersion.objects.for_user(by)
    for word in asked.words:
        versions = versions.filter(Q(family_name__icontains=word) | Q(given_names__icontains=word))
    rows = list(versions.order_by("-id").values_list("id", flat=True)[:MOST_ROWS])
    known = set(asked.words)
    ways = readings(asked.words, [slot_of(word, known, ()) for word in asked.words], known)
    return ranked(by, rows, ways, asked.born, is_cut=len(rows) >= MOST_ROWS)


def _of_a_date(
    by: Acting, ways: Sequence[Reading], asked: BornAsked | None, born: Sequence[Date]
) -> tuple[Sequence[int], Found]:
    """Those born then, with the rows that were looked at: of one day all of them, however their names are written, so few are
    born on it.
    """
    force = by.force.pk
    rows: list[int] = []
    if asked and asked.year and asked.day:
        rows = rows_naming(force, (), born, _MOST_OF_A_DAY)
    if not rows or len(rows) >= _MOST_OF_A_DAY:
        rows = _rows(force, ways, born)
    return rows, ranked(by, rows, ways, asked, is_cut=len(rows) >= _MOST_OF_A_DAY, most_missing=1)


def _both_ways(born: BornAsked | None) -> Iterator[BornAsked]:
    if born is not None:
        yield born
        if born.swapped is not None:
            yield born.swapped


def _ways(force: int, words: Sequence[str]) -> list[Reading]:
    """How the words may be read, by one question about all that they may be and another for each that no name holds."""
    whole = [word for word in words if len(word) > 1]
    keys = [key for word in whole for key in keys_like(word)]
    keys += [key_whole(other) for word in whole for other in other_words(word)]
    keys += [key_whole(word) for word in (*words, *words_joined(words))]
    known = set(words_with_any(force, dict.fromkeys(keys), _MOST_WORDS))
    slots = [slot_of(word, known, () if word in known and len(word) > 1 else _parts(force, word)) for word in words]
    return readings(words, slots, known)


def _parts(force: int, word: str) -> list[str]:
    """Words that begin so, and for three letters or more those that hold it."""
    begin = words_with_all(force, [key_beginning(word)], _MOST_PARTS)
    if len(word) <= LONGEST_BEGINNING and begin:
        return begin
    inside = words_with_all(force, keys_inside(word), _MOST_PARTS) if len(word) > 2 else []
    return [other for other in dict.fromkeys((*begin, *inside)) if word in other]


def _rows(force: int, ways: Sequence[Reading], born: Sequence[Date]) -> list[int]:
    """Rows that answer, at most twice so many: as typed, and what is near; without any as typed, what is far too."""
    known: dict[tuple[tuple[Expression, ...], int], list[int]] = {}

    def ask(expressions: Iterable[Expression | None], most: int = MOST_ROWS) -> list[int]:
        """What is near one word is often all that is far from it: what was asked is not asked again."""
        made = tuple(one for one in expressions if one is not None)
        if (made, most) not in known:
            known[made, most] = rows_naming(force, made, born, most) if made else []
        return known[made, most]

    def ask_beside() -> list[int]:
        """Those with one word that is not as typed."""
        return ask((one for way in ways for one in one_word_off(way, NEAR, _FEWER)), MOST_BESIDE)

    def ask_near() -> list[int]:
        # With a date few rows are left whatever the words may be, so that all of the index is gone through to find them.
        return ask(expression(way, NEAR, _FEWER if born else MOST_NEAR) for way in ways)

    typed = ask(expression(way, 0.0) for way in ways)
    if len(typed) >= FEW:
        return _once(typed[:MOST_TYPED], ask_beside())
    if typed:
        near = ask_near()
        # Too many to rank: those with one word that is not as typed are nearer than the rest.
        return _once(typed, ask_beside() if len(near) >= MOST_ROWS else (), near)
    # What is near is among what is far: where there is little of that, one question answers both.
    far = ask(expression(way, _FAR) for way in ways)
    if len(far) < MOST_ROWS:
        return far
    beside = ask_beside()
    near = ask_near() if len(beside) < MOST_ROWS else []
    return _once(beside, near, far if len(beside) + len(near) < FEW else ())


def _once(*rows: Sequence[int]) -> list[int]:
    return list(dict.fromkeys(number for some in rows for number in some))


def is_whole(force: int) -> bool:
    """Whether the index of a force has a row for its first and its last name: what was never filled, or wiped, has not."""
    versions = RecordVersion.objects.for_system("is the index of the search whole").filter(force=force)
    for order in ("id", "-id"):
        row = versions.exclude(family_name="").order_by(order).values_list("id", "given_names", "family_name").first()
        if row is not None:
            words = fold_lines([f"{row[1]} {row[2]}"]).split()
            asked = (tuple(((word,),) for word in words),)
            if words and not row_has(force, row[0], asked):
                return False
    return True
