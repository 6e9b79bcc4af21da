"""What custody suites and courts have told of cases that asks for an assessment, read from what they sent (RSK-01).

Nothing is copied: an event is there because a record says it, and goes when the record is corrected.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Length

from craffu.access.acting import Acting
from craffu.cases.models import ChargeHeard, DetentionVersion, HearingVersion
from craffu.cases.risk.told.rules import (
    DetentionWord,
    Possible,
    Told,
    arrest_told,
    confirmed,
    once,
    told_by_court,
    told_by_custody,
)
from craffu.cases.rules import HearingWord, OffenceLeft
from craffu.clocks.london import end_of
from craffu.common import lookups  # noqa: F401 (registers `one_of`)


class Heard(NamedTuple):
    """What a message said of a hearing; `conditions` is how long the words are in which it said those of bail."""

    hearing: int
    version: int
    case: int
    role: int
    held_on: date
    received_at: datetime
    number: int
    bail_status: str
    conditions: int


class Charged(NamedTuple):
    """How a message left an offence, and on which day it says that somebody was arrested for it."""

    version: int
    offence: int
    final: bool | None
    arrested_on: date | None


def told_of(
    by: Acting, crimes: Mapping[str, int], since: Mapping[int, datetime], known_at: datetime | None = None
) -> dict[int, list[Told]]:
    """What was told of each case after an instant of its own, as known now or then. Five queries at most, however many cases.

    `crimes` says in which of the cases each crime stands; `since` names the cases.
    """
    return {case: once(told) for case, told in words_told(by, crimes, since, known_at).items()}


def words_told(
    by: Acting, crimes: Mapping[str, int], since: Mapping[int, datetime], known_at: datetime | None = None
) -> dict[int, list[Told]]:
    """The same, with everything that several records tell of one event: each with the detention or hearing it was told of."""
    if not since:
        return {}
    found: dict[int, list[Told]] = {case: [] for case in since}
    for model, read in (
        (DetentionVersion, in_custody(_detained(by, crimes, known_at))),
        (HearingVersion, _at_court(by, since, known_at)),
    ):
        later = [(case, one) for case, one in read if one.told.at > since[case]]
        compared = frozenset(row for _, one in later for row in (one.before, one.after) if row)
        conditions = _conditions(model.objects.for_user(by), compared)
        for case, one in later:
            found[case].extend(confirmed((one,), conditions))
    return found


def _conditions(versions: QuerySet[Any], rows: Collection[int]) -> dict[int, str]:
    """The conditions that these rows say. They are decrypted one by one, so only those that must be compared are read."""
    return dict(versions.filter(pk__one_of=rows).order_by().values_list("pk", "bail_conditions")) if rows else {}


def _known[Q: QuerySet[Any]](rows: Q, known_at: datetime | None) -> Q:
    return rows if known_at is None else rows.filter(known_from__lte=known_at)


def detentions_about(by: Acting, crimes: Any, known_at: datetime | None = None) -> QuerySet[DetentionVersion]:
    """What custody said of detentions for some crimes, in order. One corrected to be about another crime is not among them."""
    versions: QuerySet[DetentionVersion] = _known(DetentionVersion.objects.for_user(by), known_at)
    later = versions.filter(source=OuterRef("source"), key=OuterRef("key"), said_at__gt=OuterRef("said_at"))
    rows = versions.filter(~Exists(later.exclude(crime=OuterRef("crime"))), crimes)
    return rows.order_by("said_at", "received_at", "number")


def _detained(
    by: Acting, crimes: Mapping[str, int], known_at: datetime | None
) -> Iterator[tuple[int, str, DetentionWord]]:
    """One query: the case, the detention and a word on it."""
    if not crimes:
        return
    said = (
        "source", "key", "crime", "pk", "for_breach_of", "said_at", "arrested_at", "released_at", "disposal", "bail_ends_on",
    )  # fmt: skip
    rows = detentions_about(by, Q(crime__one_of=frozenset(crimes)), known_at)
    for source, key, crime, pk, breach, *times, length in rows.values_list(*said, Length("bail_conditions")):
        said_at, arrested_at, released_at, disposal, ends_on = times
        word = DetentionWord(
            pk,
            said_at,
            arrested_at,
            released_at,
            disposal,
            ends_on,
            has_conditions=bool(length),
            is_for_breach=bool(breach),
        )
        yield crimes[crime], f"{source}/{key}", word


def in_custody(words: Iterable[tuple[int, str, DetentionWord]]) -> Iterator[tuple[int, Possible]]:
    """What the words on detentions, in order, tell of their cases."""
    told: dict[tuple[int, str], list[DetentionWord]] = {}
    for case, detention, word in words:
        told.setdefault((case, detention), []).append(word)
    for (case, detention), several in told.items():
        for one in told_by_custody(several):
            yield case, _told_in(one, detention)


def _told_in(one: Possible, of: str) -> Possible:
    """The same, with the detention or hearing of which it is told."""
    word = one.told.word
    return replace(one, told=replace(one.told, word=replace(word, of=of))) if word is not None else one


def _at_court(by: Acting, since: Mapping[int, datetime], known_at: datetime | None) -> Iterator[tuple[int, Possible]]:
    """Two queries. The charges are read only of cases of which a court has said something since."""
    said = (
        "hearing",
        "pk",
        "hearing__case",
        "hearing__role",
        "hearing__held_on",
        "received_at",
        "number",
        "bail_status",
    )
    rows = messages_of(by, frozenset(since), known_at).values_list(*said, Length("bail_conditions"))
    heard = latest(map(Heard._make, rows))
    moved = {one.case for one in heard if end_of(one.held_on) > since[one.case]}
    heard = [one for one in heard if one.case in moved]
    if not heard:
        return
    versions = frozenset(one.version for one in heard)
    charges = ChargeHeard.objects.for_user(by).filter(version__one_of=versions).order_by("id")
    yield from at_court(heard, map(Charged._make, charges.values_list("version", "offence", "final", "arrested_on")))


def messages_of(by: Acting, cases: Collection[int], known_at: datetime | None = None) -> QuerySet[HearingVersion]:
    """Every message about the hearings of some cases, in the order received."""
    versions: QuerySet[HearingVersion] = _known(HearingVersion.objects.for_user(by), known_at)
    return versions.filter(hearing__case__one_of=cases).order_by("received_at", "number")


def latest(received: Iterable[Heard]) -> list[Heard]:
    """The courts' latest word on each hearing of messages in the order received, in the order of the hearings."""
    words = {one.hearing: one for one in received}
    return sorted(words.values(), key=lambda one: (one.held_on, one.received_at, one.number))


def at_court(heard: Sequence[Heard], charges: Iterable[Charged]) -> Iterator[tuple[int, Possible]]:
    """What the latest words on hearings, in order, and the charges heard there tell of their cases."""
    by_version = {one.version: one for one in heard}
    left: dict[int, list[OffenceLeft]] = {version: [] for version in by_version}
    for charge in charges:
        left[charge.version].append(OffenceLeft(charge.offence, charge.final))
        if charge.arrested_on is not None:
            message = by_version[charge.version]
            yield message.case, Possible(arrest_told(charge.arrested_on, message.received_at))
    with_conditions = frozenset(one.version for one in heard if one.conditions)
    words: dict[tuple[int, int], list[HearingWord]] = {}
    for one in heard:
        word = HearingWord(
            one.version, one.held_on, one.received_at, one.number, one.bail_status, tuple(left[one.version])
        )
        words.setdefault((one.case, one.role), []).append(word)
    for (case, _), told in words.items():
        for possible in told_by_court(told, with_conditions):
            by = possible.told.word
            yield case, _told_in(possible, f"hearing {by_version[by.version].hearing}") if by is not None else possible
