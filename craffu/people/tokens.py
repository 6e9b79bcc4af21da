"""The tokens by which protected contacts are found, and how they are made again under a new key (SEC-06).

An address has one of all that was written, by which it is searched; two of the home that it is of, by which homes are compared
however they were written (IDN-02); and two of less, its door and its postcode, by which it is looked for in what leaves (VIC-09).
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final

from craffu.common import keyring
from craffu.common.door import bookkeeping
from craffu.common.rewrapping import Batch, BlindIndex, Swap, retoken
from craffu.people.homes.reading import Home, home_of
from craffu.people.models import RecordedContact
from craffu.people.rules import searched_by

ADDRESS: Final = RecordedContact.Kind.ADDRESS.value
# What stands in place of a token where an address is of no home. Nothing stands there until it was read.
NO_HOME: Final = "-"
_POSTCODE, _STREET, _DOOR, _THERE = "home by its postcode", "home by its street", "door of a home", "postcode of a home"
_AT_ONCE: Final = 500

HOME_COLUMNS: Final = ("home_token", "street_token", "door_token", "postcode_token")
OF_NO_ADDRESS: Final = ("", "", "", "")
type Homes = tuple[str, str, str, str]
"""The tokens of a home, as `HOME_COLUMNS` keep them: by its postcode, by its street, of its door alone, of its postcode alone."""


def contact_token(kind: str, value: str) -> str:
    return keyring.ring().token(kind, searched_by(kind, value))


def contact_tokens_to_look_for(kind: str, value: str) -> list[str]:
    """The tokens a contact may be kept under while keys change."""
    return keyring.ring().tokens_of_all_keys(kind, searched_by(kind, value))


def home_tokens(kind: str, value: str) -> Homes:
    """What is kept of a contact beside its own token: nothing of one that is no address."""
    return next(tokens_of_homes([home_of(value)])) if kind == ADDRESS else OF_NO_ADDRESS


def tokens_of_homes(homes: Sequence[Home]) -> Iterator[Homes]:
    """What is kept of many addresses by the home that each is of."""
    ring = keyring.ring()

    def column(purpose: str, known_by: Sequence[str | None]) -> Iterator[str]:
        tokens = iter(ring.tokens(purpose, [one for one in known_by if one is not None]))
        return (NO_HOME if one is None else next(tokens) for one in known_by)

    return zip(
        column(_POSTCODE, [home.by_postcode for home in homes]),
        column(_STREET, [home.by_street for home in homes]),
        column(_DOOR, [home.by_door for home in homes]),
        column(_THERE, [home.postcode for home in homes]),
        strict=True,
    )


def door_tokens_to_look_for(door: str) -> list[str]:
    """The tokens a door may be kept under while keys change."""
    return keyring.ring().tokens_of_all_keys(_DOOR, door)


def postcode_tokens_to_look_for(postcode: str) -> list[str]:
    """The same of a postcode."""
    return keyring.ring().tokens_of_all_keys(_THERE, postcode)


def places_told(text: str) -> frozenset[str]:
    """The tokens by which homes that are written line by line, or together, are the same as one that is kept, or near it."""
    found = [home_tokens(ADDRESS, one) for one in {text, *text.splitlines()}]
    return frozenset(known_homes([token for home, street, _door, there in found for token in (home, street, there)]))


def known_homes(tokens: Sequence[str]) -> list[str]:
    """Those of some tokens of homes that are one of a home."""
    return [token for token in tokens if token not in {"", NO_HOME}]


@bookkeeping
def _read_some(index: BlindIndex, last: object) -> Batch:
    return retoken(index, last, _AT_ONCE)


def read_addresses() -> int:
    """Give every address that has none yet the tokens of its home: of those that an earlier release kept. Says how many columns.

    In batches, each of its own transaction, so that nobody waits; begun again after it was killed, it goes on.
    """
    read = 0
    for index in _UNREAD:
        last: object = None
        while (done := _read_some(index, last)).last is not None:
            read, last = read + done.replaced, done.last
    return read


def _rows(after: Any) -> Any:
    rows = RecordedContact.objects.for_system("tokens under the key that writes").order_by("pk")
    return rows if after is None else rows.filter(pk__gt=after)


def _renewed(after: Any, limit: int) -> Iterator[Swap]:
    for row, kind, value, stored in _rows(after).values_list("pk", "kind", "value", "token")[:limit]:
        yield Swap(row, stored, contact_token(kind, value))


def _home_renewed(column: str, at: int, **among: str) -> Callable[[Any, int], Iterator[Swap]]:
    def renewed(after: Any, limit: int) -> Iterator[Swap]:
        rows = _rows(after).filter(kind=ADDRESS, **among)
        for row, value, stored in rows.values_list("pk", "value", column)[:limit]:
            yield Swap(row, stored, home_tokens(ADDRESS, value)[at])

    return renewed


CONTACTS = BlindIndex(RecordedContact, "token", _renewed)
HOMES = tuple(BlindIndex(RecordedContact, column, _home_renewed(column, at)) for at, column in enumerate(HOME_COLUMNS))
_UNREAD = tuple(
    BlindIndex(RecordedContact, one.column, _home_renewed(one.column, at, **{one.column: ""}))
    for at, one in enumerate(HOMES)
)
