"""Records of persons as the columns that the model compares and blocks on.

Pure, and the only place that knows both. Each column is text or None, a list of texts, or a number.
"""

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Final

import numpy as np

from craffu.engines.columns import Columns
from craffu.linkage.standard.dates import NOT_GIVEN, Born, born, without_first_of_january
from craffu.linkage.standard.identifiers import MOST_OF_ONE_PERSON, identifier_of, sex_of
from craffu.linkage.standard.names import Name, heard, keys_of, name_of
from craffu.linkage.standard.places import address_of, district_of, place_of, postcode_of
from craffu.people.numbers import FORMS
from craffu.people.search.folding import fold

type Row = dict[str, Any]
type Given = Mapping[str, str]

FIELDS: Final = (
    "given_name", "family_name", "full_name", "date_of_birth", "birth_day", "birth_month", "birth_year", "postcode", "address",
    "place", "home_token", "phone", "email", "sex", "identifier",
)  # fmt: skip
LISTS: Final = frozenset({"given_keys", "given_all", "family_keys", "family_all"})
NUMBERS: Final = frozenset({"born_days"})
# More first days of January than one in so many whole dates were not written because somebody was born on one.
_FIRSTS_IN: Final = 60
_FEWEST: Final = 30
# No more than one in so many were born on one day, even where only a few days are said at all.
_MOST_ON_ONE_DAY: Final = 10
_MOST_OF_A_HOME: Final = 12
_FIRST_OF_JANUARY: Final = "0101"


@dataclass(frozen=True, slots=True)
class Cuts[Said: Container[str]]:
    """What far too many records of a table say, which is read as what it stands for: nothing."""

    identifiers: Said = field(repr=False)
    dates: Said = field(repr=False)
    first_of_january: bool = False


def standardised(records: Iterable[Given], others: Sequence[str] = ()) -> list[Row]:
    """The records in order, each as its columns, with what far too many of them say left out."""
    return list(read_rows(records, others)[0])


def read_rows(records: Iterable[Given], others: Sequence[str] = ()) -> tuple[Columns, Cuts[frozenset[str]]]:
    """The records in order, each as its columns, and what was left out of them."""
    rows = Columns.of((_row(one, others) for one in records), LISTS, NUMBERS)
    if not len(rows):
        return rows, Cuts(frozenset(), frozenset())
    cuts = _cuts(rows)
    doubtful = rows.among("identifier", cuts.identifiers) | rows.among("born", cuts.dates)
    if cuts.first_of_january:
        doubtful |= rows.among("birthday", [_FIRST_OF_JANUARY])
    return rows.changed(doubtful, ["identifier", *_birth(NOT_GIVEN)], partial(_cut, cuts=cuts)), cuts


def rows_as_cut(records: Iterable[Given], others: Sequence[str], cuts: Cuts[Any]) -> list[Row]:
    """Some records, each as its columns, as they are read among all records of the table that the cuts are of."""
    rows = [_row(one, others) for one in records]
    for row in rows:
        _cut(row, cuts)
    return rows


def _cuts(rows: Columns) -> Cuts[frozenset[str]]:
    most_of_one = max(MOST_OF_ONE_PERSON, len(rows) // 2_000)
    common = rows.counts("born")
    whole = sum(common.values())
    firsts = sum(count for value, count in common.items() if value[4:] == _FIRST_OF_JANUARY)
    nobodys = max(_FEWEST, whole // _MOST_ON_ONE_DAY)
    most = min(max(_FEWEST, 20 * whole // max(1, len(common))), nobodys)
    # Of a date that a tenth say the year says no more: it stands among the cuts too.
    dates = {value for value, count in common.items() if count > most}
    dates |= {value[:4] for value, count in common.items() if count > nobodys}
    return Cuts(
        frozenset(rows.counts("identifier", more_than=most_of_one)),
        frozenset(dates),
        firsts > _FEWEST and firsts * _FIRSTS_IN > whole,
    )


def _cut(row: Row, cuts: Cuts[Any]) -> None:
    if row["identifier"] in cuts.identifiers:
        row["identifier"] = None
    one = _born_of(row)
    if cuts.first_of_january:
        one = without_first_of_january(one)
    if one.whole in cuts.dates:
        one = NOT_GIVEN if f"{one.year:04}" in cuts.dates else Born(one.year)
    row.update(_birth(one))


def _row(one: Given, others: Sequence[str]) -> Row:
    def said(name: str) -> str:
        return one.get(name) or ""

    name = name_of(said("given_name"), said("family_name"), said("full_name"))
    address = address_of(said("address"))
    postcode = postcode_of(said("postcode"))
    home = f"{address.number} {address.street}" if address.number and address.street else address.street
    place = place_of(said("place"))
    there, token = postcode or place, said("home_token") or None
    return {
        **_name(name),
        **_birth(born(said("date_of_birth"), said("birth_day"), said("birth_month"), said("birth_year"))),
        "sex": sex_of(said("sex")),
        "postcode": postcode,
        "district": district_of(postcode),
        "house": address.number,
        "street": address.street,
        # An address known by its token alone is a home as any other: a household shares it.
        "home": token or home,
        "home_there": token or (f"{home}, {there}" if home and there else None),
        "place": place,
        "phone": fold(said("phone")) or None,
        "email": fold(said("email")) or None,
        "identifier": identifier_of(said("identifier")),
        "police_number": _police_number(said("identifier")),
        **{f"other_{at}": fold(said(column)) or None for at, column in enumerate(others)},
    }


def _police_number(text: str) -> str | None:
    """A number that is one person's by its form: two such that differ are never linked without a person (IDN-02)."""
    raw = text.strip().upper()
    if identifier_of(raw) is None:
        return None
    return next((f"{kind} {found}" for kind, form in FORMS.items() if (found := form(raw)) is not None), None)


def homes_are_shared(rows: Columns) -> bool:
    """Whether people of other names and birthdays live at one home in this table: then twins do, and fathers and sons.

    Held against how many of one home share the birthday alone: where nobody shares a home, those are slips in a name.
    """
    if not len(rows):
        return False
    home, given, day = (rows.codes(name) for name in ("home_there", "given_heard", "born"))
    known = np.flatnonzero((home >= 0) & (given >= 0) & (day >= 0))
    order = known[np.argsort(home[known], kind="stable")]
    home, given, day = home[order], given[order], day[order]
    starts = np.flatnonzero(np.r_[True, home[1:] != home[:-1]]) if len(home) else order
    among = np.arange(len(home)) - np.repeat(starts, np.diff(np.r_[starts, len(home)]))
    others = doubtful = 0
    for step in range(1, _MOST_OF_A_HOME):
        one, other = slice(None, -step), slice(step, None)
        two = (home[one] == home[other]) & (among[other] < _MOST_OF_A_HOME) & (given[one] != given[other])
        others += int((two & (day[one] != day[other])).sum())
        doubtful += int((two & (day[one] == day[other])).sum())
    return others > doubtful


def _name(name: Name) -> Row:
    given = name.given[0] if name.given else None
    family = " ".join(name.family) or None
    last = name.family[-1] if name.family else None
    return {
        "given": given,
        "given_initial": given and given[0],
        "given_heard": given and heard(given),
        "given_keys": keys_of((given,)) if given else None,
        "given_all": list(name.given) or None,
        "given_more": " ".join(name.given[1:]) or None,
        "given_other": name.given[1] if len(name.given) > 1 else None,
        "given_letters": given and "".join(sorted(given)),
        "given_turned": given,
        "family": family,
        "family_heard": family and heard("".join(name.family)),
        "family_first": name.family[0] if name.family else None,
        "family_last": last,
        "family_keys": sorted({*keys_of(name.family), *(keys_of((last,)) if last else ())}) if family else None,
        "family_all": list(name.family) or None,
        "family_letters": family and "".join(sorted(family)),
        "family_turned": family,
    }


def _birth(one: Born) -> Row:
    return {
        "born": one.whole,
        "born_turned": one.turned,
        "born_days": one.days if one.whole else None,
        "born_year": f"{one.year:04}" if one.year else None,
        "born_month": f"{one.year:04}{one.month:02}" if one.year and one.month else None,
        "birthday": f"{one.month:02}{one.day:02}" if one.month and one.day else None,
    }


def _born_of(row: Row) -> Born:
    """What the columns were made of."""
    year, month, birthday = row["born_year"], row["born_month"], row["birthday"]
    if birthday:
        return Born(int(year or 0), int(birthday[:2]), int(birthday[2:]))
    return Born(int(year or 0), int(month[4:]) if month else 0)
