"""Decides what becomes of each row of a batch, given the versions held under its source's own key (INT-01).

Pure. A row says when its source made it, and that is part of what it says: the same words with another time are another
version. The source's time decides which of two versions is the newer and, where it is the same, the order received.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, MutableMapping, Sequence
from datetime import UTC, datetime
from typing import Final, NamedTuple

CREATED: Final = "created"
UPDATED: Final = "updated"
UNCHANGED: Final = "unchanged"
# A version made before the newest one held: it is kept beside it and changes nothing that is shown.
OLDER: Final = "older"

type Said = tuple[str, str, str]
"""A row as its key, the digest of all it says, and when its source said it (UTC as text, so that texts sort as times)."""


class Newest(NamedTuple):
    """The newest version held under a key: the highest number given, when its source said it and when we received it."""

    number: int
    said_at: str
    received_at: datetime


def as_said(at: datetime | None) -> str:
    """An instant as rows say it: UTC without the zone, so that texts sort as the instants do; nothing is before all."""
    return at.astimezone(UTC).replace(tzinfo=None).isoformat(sep=" ") if at else ""


def newest_of(versions: Iterable[tuple[str, Newest]]) -> dict[str, Newest]:
    """The newest of the versions under each key, with the highest number that any of them has."""
    newest: dict[str, Newest] = {}
    for key, one in versions:
        held = newest.get(key)
        if held is None:
            newest[key] = one
            continue
        later = max(held, one, key=lambda version: (version.said_at, version.received_at, version.number))
        newest[key] = later._replace(number=max(held.number, one.number))
    return newest


class Decided(NamedTuple):
    """What becomes of a row, and the number of its version; 0 where nothing is stored."""

    outcome: str
    number: int = 0


def decide(
    said: Sequence[Said],
    known: MutableMapping[str, set[str]],
    newest_of: Callable[[Collection[str]], Mapping[str, Newest]],
    received_at: datetime,
) -> list[Decided]:
    """What becomes of rows in the order received, each knowing what those before it have changed.

    `known` are the digests of every version held, by key, and grows; `newest_of` is asked once, and only about keys under
    which something new is said.
    """
    if not known and len({key for key, _, _ in said}) == len(said):
        return [_FIRST] * len(said)
    changed = {key for key, content, _ in said if key in known and content not in known[key]}
    newest = dict(newest_of(changed)) if changed else {}
    answers = []
    for key, content, said_at in said:
        contents = known.get(key)
        if contents is None:
            known[key] = {content}
            newest[key] = Newest(1, said_at, received_at)
            answers.append(_FIRST)
        elif content in contents:
            answers.append(_SAME)
        else:
            contents.add(content)
            held = newest[key]
            later = (said_at, received_at) >= (held.said_at, held.received_at)
            number = held.number + 1
            newest[key] = Newest(number, said_at, received_at) if later else held._replace(number=number)
            answers.append(Decided(UPDATED if later else OLDER, number))
    return answers


_FIRST: Final = Decided(CREATED, 1)
_SAME: Final = Decided(UNCHANGED)
