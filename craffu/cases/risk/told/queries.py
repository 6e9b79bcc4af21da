"""What custody suites and courts have told of cases that asks for an assessment, read from what they sent (RSK-01).

Nothing is copied: an event is there because a record says it, and goes when the record is corrected.
"""

from collections.abc import Collection, Iterator, Mapping
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db.models import Exists, OuterRef, QuerySet
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


class _Heard(NamedTuple):
    """What a message said of a hearing."""

    hearing: int
    version: int
    case: int
    role: int
    held_on: date
    received_at: datetime
    number: int
    bail_status: str
    conditions: int


def told_of(
    by: Acting, crimes: Mapping[str, int], since: Mapping[int, datetime], known_at: datetime | None = None
) -> dict[int, list[Told]]:
    """What was told of each case after an instant of its own, as known now or then. Five queries at most, however many cases.

    `crimes` says in which of the cases each crime stands; `since` names the cases.
    """
    if not since:
        return {}
    found: dict[int, list[Told]] = {case: [] for case in since}
    for model, read in (
        (DetentionVersion, _by_custody(by, crimes, known_at)),
        (HearingVersion, _by_court(by, since, known_at)),
    ):
        later = [(case, one) for case, one in read if one.told.at > since[case]]
        compared = frozenset(row for _, one in later for row in (one.before, one.after) if row)
        conditions = _conditions(model.objects.for_user(by), compared)
        for case, one in later:
            found[case].extend(confirmed((one,), conditions))
    return {case: once(told) for case, told in found.items()}


def _conditions(versions: QuerySet[Any], rows: Collection[int]) -> dict[int, str]:
    """The conditions that these rows say. They are decrypted one by one, so only those that must be compared are read."""
    return dict(versions.filter(pk__one_of=rows).order_by().values_list("pk", "bail_conditions")) if rows else {}


def _known[Q: QuerySet[Any]](rows: Q, known_at: datetime | None) -> Q:
    return rows if known_at is None else rows.filter(known_from__lte=known_at)


def _by_custody(by: Acting, crimes: Mapping[str, int], known_at: datetime | None) -> Iterator[tuple[int, Possible]]:
    """One query. A detention that was corrected to be about another crime tells nothing of the first."""
    if not crimes:
        return
    versions = _known(DetentionVersion.objects.for_user(by), known_at)
    later = versions.filter(source=OuterRef("source"), key=OuterRef("key"), said_at__gt=OuterRef("said_at"))
    rows = versions.filter(~Exists(later.exclude(crime=OuterRef("crime"))), crime__one_of=frozenset(crimes))
    words: dict[tuple[str, str, str], list[DetentionWord]] = {}
    said = ("source", "key", "crime", "pk", "said_at", "arrested_at", "released_at", "disposal", "bail_ends_on")
    in_order = rows.order_by("said_at", "received_at", "number").values_list(*said, Length("bail_conditions"))
    for source, key, crime, pk, *times, length in in_order:
        said_at, arrested_at, released_at, disposal, ends_on = times
        word = DetentionWord(pk, said_at, arrested_at, released_at, disposal, ends_on, has_conditions=bool(length))
        words.setdefault((source, key, crime), []).append(word)
    for (_, _, crime), told in words.items():
        for one in told_by_custody(told):
            yield crimes[crime], one


def _by_court(by: Acting, since: Mapping[int, datetime], known_at: datetime | None) -> Iterator[tuple[int, Possible]]:
    """Two queries. The charges are read only of cases of which a court has said something since."""
    heard = [one for one in _latest(by, frozenset(since), known_at) if one.case in since]
    moved = {one.case for one in heard if end_of(one.held_on) > since[one.case]}
    heard = [one for one in heard if one.case in moved]
    if not heard:
        return
    by_version = {one.version: one for one in heard}
    left: dict[int, list[OffenceLeft]] = {version: [] for version in by_version}
    charges = ChargeHeard.objects.for_user(by).filter(version__one_of=frozenset(by_version)).order_by("id")
    for version, offence, final, arrested_on in charges.values_list("version", "offence", "final", "arrested_on"):
        left[version].append(OffenceLeft(offence, final))
        if arrested_on is not None:
            yield by_version[version].case, Possible(arrest_told(arrested_on, by_version[version].received_at))
    with_conditions = frozenset(one.version for one in heard if one.conditions)
    words: dict[tuple[int, int], list[HearingWord]] = {}
    for one in heard:
        word = HearingWord(
            one.version, one.held_on, one.received_at, one.number, one.bail_status, tuple(left[one.version])
        )
        words.setdefault((one.case, one.role), []).append(word)
    for (case, _), told in words.items():
        for possible in told_by_court(told, with_conditions):
            yield case, possible


def _latest(by: Acting, cases: Collection[int], known_at: datetime | None) -> list[_Heard]:
    """The courts' latest word on each hearing, in the order of the hearings. One query."""
    versions = _known(HearingVersion.objects.for_user(by), known_at).filter(hearing__case__one_of=cases)
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
    rows = versions.order_by("received_at", "number").values_list(*said, Length("bail_conditions"))
    latest = {one.hearing: one for one in map(_Heard._make, rows)}
    return sorted(latest.values(), key=lambda one: (one.held_on, one.received_at, one.number))
