"""Records of persons as the columns that the model compares and blocks on.

Pure, and the only place that knows both. Each column is text or None, a list of texts, or a number.
"""

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from craffu.linkage.standard.dates import NOT_GIVEN, Born, born, without_first_of_january
from craffu.linkage.standard.identifiers import identifier_of, phone_of, sex_of
from craffu.linkage.standard.names import PARTICLES, Name, heard, keys_of, keys_of_family, like, name_of
from craffu.linkage.standard.places import address_of, district_of, place_of, postcode_of, sector_of
from craffu.people.numbers import FORMS
from craffu.people.search.folding import fold

type Row = dict[str, Any]
type Given = Mapping[str, str]

FIELDS: Final = (
    "given_name", "family_name", "full_name", "aliases", "date_of_birth", "birth_day", "birth_month", "birth_year", "postcode",
    "address", "place", "home_token", "street_token", "phone", "email", "sex", "identifier",
)  # fmt: skip
LISTS: Final = frozenset(
    {"given_keys", "given_known", "given_like", "given_more_like", "family_keys", "family_known", "family_like"}
)
# Names by which somebody is also known stand one after another, given names before the family's.
BETWEEN_ALIASES, BETWEEN_NAMES = ";", "|"
NUMBERS: Final = frozenset({"born_days"})


@dataclass(frozen=True, slots=True)
class Cuts[Said: Container[str]]:
    """What far too many records of a table say, which is read as what it stands for: nothing."""

    identifiers: Said = field(repr=False)
    dates: Said = field(repr=False)
    first_of_january: bool = False


NOTHING_CUT: Final = Cuts[frozenset[str]](frozenset(), frozenset())


def rows_as_cut(records: Iterable[Given], others: Sequence[str], cuts: Cuts[Any]) -> list[Row]:
    """Some records, each as its columns, as they are read among all records of the table that the cuts are of."""
    rows = [row_of(one, others) for one in records]
    for row in rows:
        cut(row, cuts)
    return rows


def cut(row: Row, cuts: Cuts[Any]) -> None:
    if row["identifier"] in cuts.identifiers:
        row["identifier"] = None
    one = _born_of(row)
    if cuts.first_of_january:
        one = without_first_of_january(one)
    if one.whole in cuts.dates:
        one = NOT_GIVEN if f"{one.year:04}" in cuts.dates else Born(one.year)
    row.update(birth_columns(one))


def row_of(one: Given, others: Sequence[str]) -> Row:
    def said(name: str) -> str:
        return one.get(name) or ""

    name = name_of(said("given_name"), said("family_name"), said("full_name"))
    address = address_of(said("address"))
    postcode = postcode_of(said("postcode"))
    home = f"{address.number} {address.street}" if address.number and address.street else address.street
    place = place_of(said("place"))
    there, token, street_token = postcode or place, said("home_token") or None, said("street_token") or None
    return {
        **_name(name),
        **_known_as(said("aliases")),
        **birth_columns(born(said("date_of_birth"), said("birth_day"), said("birth_month"), said("birth_year"))),
        "sex": sex_of(said("sex")),
        "postcode": postcode,
        "district": district_of(postcode),
        "sector": sector_of(postcode),
        "house": address.number,
        "street": address.street,
        # An address known by its tokens alone is a home as any other: a household shares it. That of its street says less where
        # a postcode is said too, and stands for both where none is.
        "home": street_token or token or home,
        "home_there": token or street_token or (f"{home}, {there}" if home and there else None),
        "place": place,
        "phone": phone_of(said("phone")),
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


def _name(name: Name) -> Row:
    given = name.given[0] if name.given else None
    family = " ".join(name.family) or None
    last = name.family[-1] if name.family else None
    more = tuple(word for word in name.given[1:] if word not in PARTICLES)
    return {
        "given": given,
        "given_initial": given and given[0],
        "given_heard": given and heard(given),
        "given_keys": keys_of((given,)) if given else None,
        "given_like": like(name.given),
        "given_more": " ".join(more) or None,
        "given_more_like": like(more),
        "given_other": name.given[1] if len(name.given) > 1 else None,
        "given_letters": given and "".join(sorted(given)),
        # In the other's place a family name stands with its particle: al-Fayed, Van der Hulst.
        "given_turned": next((word for word in name.given if word not in PARTICLES), given),
        "family": family,
        "family_heard": family and heard("".join(name.family)),
        "family_first": name.family[0] if name.family else None,
        "family_last": last,
        "family_keys": keys_of_family(name) if family else None,
        "family_like": like((*name.family, *name.styled)),
        "family_letters": family and "".join(sorted(family)),
        "family_turned": family,
    }


def _known_as(aliases: str) -> Row:
    """The names beside their own by which somebody is known."""
    parted = (one.partition(BETWEEN_NAMES) for one in aliases.split(BETWEEN_ALIASES) if one.strip())
    names = [name_of(given, family, "") if between else name_of("", "", given) for given, between, family in parted]
    return {
        "given_known": like(tuple(given for one in names for given in one.given)),
        "family_known": like(tuple(word for one in names for word in one.family)),
    }


def birth_columns(one: Born) -> Row:
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
