"""Records of persons as the columns that the model compares and blocks on.

Pure, and the only place that knows both. Each column is text or None, a list of texts, or a number.
"""

from collections import Counter
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import Any, Final

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
    "place", "sex", "identifier",
)  # fmt: skip
LISTS: Final = frozenset({"given_keys", "given_all", "family_keys", "family_all"})
NUMBERS: Final = frozenset({"born_days"})
# More first days of January than one in so many whole dates were not written because somebody was born on one.
_FIRSTS_IN: Final = 60
_FEWEST: Final = 30
# No more than one in so many were born on one day, even where only a few days are said at all.
_MOST_ON_ONE_DAY: Final = 10
_MOST_OF_A_HOME: Final = 12


@dataclass(frozen=True, slots=True)
class Cuts[Said: Container[str]]:
    """What far too many records of a table say, which is read as what it stands for: nothing."""

    identifiers: Said = field(repr=False)
    dates: Said = field(repr=False)
    first_of_january: bool = False


def standardised(records: Iterable[Given], others: Sequence[str] = ()) -> list[Row]:
    """The records in order, each as its columns, with what far too many of them say left out."""
    return read_rows(records, others)[0]


def read_rows(records: Iterable[Given], others: Sequence[str] = ()) -> tuple[list[Row], Cuts[frozenset[str]]]:
    """The records in order, each as its columns, and what was left out of them."""
    rows = [_row(one, others) for one in records]
    cuts = _cuts(rows)
    for row in rows:
        _finish(row, cuts)
    return rows, cuts


def rows_as_cut(records: Iterable[Given], others: Sequence[str], cuts: Cuts[Any]) -> list[Row]:
    """Some records, each as its columns, as they are read among all records of the table that the cuts are of."""
    rows = [_row(one, others) for one in records]
    for row in rows:
        _finish(row, cuts)
    return rows


def _cuts(rows: Sequence[Row]) -> Cuts[frozenset[str]]:
    most_of_one = max(MOST_OF_ONE_PERSON, len(rows) // 2_000)
    identifiers = Counter(row["identifier"] for row in rows if row["identifier"])
    whole = [row for row in rows if row["born"].whole]
    firsts = sum(row["born"].whole[4:] == "0101" for row in whole)
    common = Counter(row["born"].whole for row in whole)
    nobodys = max(_FEWEST, len(whole) // _MOST_ON_ONE_DAY)
    most = min(max(_FEWEST, 20 * len(whole) // max(1, len(common))), nobodys)
    # Of a date that a tenth say the year says no more: it stands among the cuts too.
    dates = {value for value, count in common.items() if count > most}
    dates |= {value[:4] for value, count in common.items() if count > nobodys}
    return Cuts(
        frozenset(value for value, count in identifiers.items() if count > most_of_one),
        frozenset(dates),
        firsts > _FEWEST and firsts * _FIRSTS_IN > len(whole),
    )


def _finish(row: Row, cuts: Cuts[Any]) -> None:
    if row["identifier"] in cuts.identifiers:
        row["identifier"] = None
    one: Born = row.pop("born")
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
    there = postcode or place
    return {
        **_name(name),
        "born": born(said("date_of_birth"), said("birth_day"), said("birth_month"), said("birth_year")),
        "sex": sex_of(said("sex")),
        "postcode": postcode,
        "district": district_of(postcode),
        "house": address.number,
        "street": address.street,
        "home": home,
        "home_there": f"{home}, {there}" if home and there else None,
        "place": place,
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


def homes_are_shared(rows: Sequence[Row]) -> bool:
    """Whether people of other names and birthdays live at one home in this table: then twins do, and fathers and sons.

    Held against how many of one home share the birthday alone: where nobody shares a home, those are slips in a name.
    """
    at_home: dict[str, list[Row]] = {}
    for row in rows:
        if row["home_there"] and row["given_heard"] and row["born"]:
            at_home.setdefault(row["home_there"], []).append(row)
    others = doubtful = 0
    for members in at_home.values():
        for one, other in combinations(members[:_MOST_OF_A_HOME], 2):
            if one["given_heard"] != other["given_heard"]:
                others += one["born"] != other["born"]
                doubtful += one["born"] == other["born"]
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
