"""Which defendant a court message is about, what stage a case is at, how an offence ended, what binds and what is expected.

INT-04: what cannot be decided is parked for a person. IDN-02: conflicting hard identifiers are never joined automatically.
An arrest summons number alone never says who somebody is, and a case reference is not a person.
INT-01: of several messages about one hearing the one received last counts. INT-06: a result that did not come is said.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import StrEnum
from typing import Final

from craffu.cases.states import Stage

# A court's key of a defendant: the case, the arrest summons number or a dash, and a keyed token of the name it first came with.
_COURT_KEY: Final = re.compile(r"(?P<defendant>[^/]+/(?!-/)[^/]+)/[0-9a-f]{32}(/.*)?")


def named_as(source_key: str) -> str:
    """As whom a source names a record in one case: by its own key. Of a defendant with an arrest summons number that is whatever
    name the number first came with; without one, the name is all there is.
    """
    found = _COURT_KEY.fullmatch(source_key)
    return found["defendant"] if found else source_key


class Match(StrEnum):
    """Whether the person in a message is somebody the case already knows."""

    SAME = "same"
    NEW = "new"
    UNDECIDED = "undecided"


@dataclass(frozen=True, slots=True)
class Described:
    """A defendant as a message or a stored record describes them, within one case.

    `asn` is empty unless it is a real arrest summons number; `name` is folded; `born_on` an ISO date or empty.
    """

    asn: str = field(repr=False)
    name: str = field(repr=False)
    born_on: str = field(repr=False)
    record: int = 0


@dataclass(frozen=True, slots=True)
class Decided:
    """`held` is the reference of the held row by which a person decided; empty where the rule did."""

    match: Match
    reason: str
    record: int = 0
    held: str = ""


def candidates(told: Described, known: Iterable[Described]) -> list[Described]:
    """Whom of the case's known defendants a message could be about, each record once.

    Those with the same arrest summons number, under whatever name. Where there are none, or the message has no number:
    those of the same name whose date of birth does not differ, unless both sides have a number.
    """
    known = list(known)
    same_arrest = [one for one in known if told.asn and one.asn == told.asn]
    if same_arrest:
        return _once(same_arrest)
    arrested = {one.record for one in known if one.asn} if told.asn else frozenset()
    return _once(
        one for one in known if one.name == told.name and not _born_apart(told, one) and one.record not in arrested
    )


def _once(described: Iterable[Described]) -> list[Described]:
    return list({one.record: one for one in sorted(described, key=lambda one: one.asn, reverse=True)}.values())


def _born_apart(told: Described, one: Described) -> bool:
    return bool(told.born_on and one.born_on and told.born_on != one.born_on)


def which_defendant(told: Described, known: Iterable[Described]) -> Decided:
    """Which of the case's known defendants a message is about: one of them, nobody yet, or a person must say.

    With an arrest summons number: the same number and the same name are the same person, even where a date of birth is
    missing or corrected, because one number is one arrest of one person; the same number with another name is undecided.
    Without one: the same name and the same full date of birth are the same person; a missing date of birth is undecided.
    With a number on one side only: the same name is undecided unless the dates of birth differ.
    """
    known = list(known)
    possible = candidates(told, known)
    if told.asn:
        return _by_arrest(told, possible)
    return _by_name(told, possible, any(one.name == told.name for one in known))


def _by_arrest(told: Described, possible: list[Described]) -> Decided:
    if not possible:
        return Decided(Match.NEW, "first_with_this_arrest_number")
    same_arrest = [one for one in possible if one.asn == told.asn]
    if not same_arrest:
        return Decided(Match.UNDECIDED, "same_name_arrest_number_missing")
    same_name = [one for one in same_arrest if one.name == told.name]
    if len(same_name) == 1:
        return Decided(Match.SAME, "same_arrest_number_and_name", same_name[0].record)
    if same_name:
        return Decided(Match.UNDECIDED, "several_with_this_arrest_number_and_name")
    return Decided(Match.UNDECIDED, "same_arrest_number_other_name")


def _by_name(told: Described, possible: list[Described], name_known: bool) -> Decided:
    if not possible:
        return Decided(Match.NEW, "same_name_other_birth_date" if name_known else "first_with_this_name_in_the_case")
    same = [one for one in possible if not one.asn and told.born_on and one.born_on == told.born_on]
    if len(same) == 1:
        return Decided(Match.SAME, "same_name_and_birth_date", same[0].record)
    if any(one.asn for one in possible):
        return Decided(Match.UNDECIDED, "same_name_arrest_number_missing")
    return Decided(Match.UNDECIDED, "same_name_birth_date_missing")


def stage_at_court(final: Iterable[bool | None]) -> Stage:
    """The stage of a case after its latest hearings: concluded once the court has done with every offence."""
    settled = list(final)
    return Stage.CONCLUDED if settled and all(settled) else Stage.AT_COURT


FINDINGS = {"G": "convicted", "A": "convicted", "N": "not_guilty", "O": "no_conviction"}


def outcome_at_court(*, finding: str, final: bool | None) -> str | None:
    """How an offence ended: None until the court has finally disposed of it, then by its finding (official list `verdict`)."""
    if not final:
        return None
    return FINDINGS.get(finding, "ended")


# The statuses by which a person is kept somewhere or bound to conditions while the case goes on (official list `remand-status`).
CONDITIONAL_BAIL = "B"
BINDING = frozenset({CONDITIONAL_BAIL, "C", "L", "P", "S"})


@dataclass(frozen=True, slots=True)
class Listing:
    """A later hearing that a court set: the day, the time of day where it gave one, and the court's code or nothing."""

    on: date
    at: time | None = None
    court: str = ""


@dataclass(frozen=True, slots=True)
class OffenceLeft:
    """How a hearing left one offence: whether the court has done with it, and to which hearings it put it off."""

    offence: int
    final: bool | None
    listings: tuple[Listing, ...] = ()


@dataclass(frozen=True, slots=True)
class HearingWord:
    """The court's latest word on one hearing of one defendant in one case. `version` is the row that says it."""

    version: int
    held_on: date
    received_at: datetime
    number: int
    bail_status: str
    offences: tuple[OffenceLeft, ...] = ()


def _in_order(words: Iterable[HearingWord]) -> list[HearingWord]:
    """By the day of the hearing, then by when the word was received, and only then by its number (INT-01)."""
    return sorted(words, key=lambda word: (word.held_on, word.received_at, word.number))


@dataclass(frozen=True, slots=True)
class Binding:
    """What binds a defendant: the court's bail status, by which message and why. Without a status nothing is known to."""

    status: str
    version: int
    reason: str


def what_binds(words: Iterable[HearingWord]) -> Binding:
    """What binds one defendant in one case now (INT-01; page map, P05).

    The bail status of the last hearing that was the last to name an offence still open: a later hearing that names only
    other offences does not lift it. An offence that the court has done with binds nobody; one not said to be done with is open.
    """
    in_order = _in_order(words)
    last_named = {left.offence: (word, left) for word in in_order for left in word.offences}
    still_open = _in_order(word for word, left in last_named.values() if not left.final)
    if not still_open:
        return Binding("", 0, "no_offence_open" if in_order else "no_hearing_received")
    latest = still_open[-1]
    if latest.bail_status not in BINDING:
        return Binding("", latest.version, "last_word_does_not_bind" if latest.bail_status else "bail_not_said")
    return Binding(latest.bail_status, latest.version, "last_word_on_an_open_offence")


class Expected(StrEnum):
    """How a hearing that a court set stands, as far as we have heard."""

    AHEAD = "ahead"
    NOT_RECEIVED = "not_received"


@dataclass(frozen=True, slots=True)
class ExpectedHearing:
    """A hearing set and not known to have been held. `version` is the message that set it."""

    listing: Listing
    state: Expected
    version: int
    reason: str


def hearings_expected(words: Iterable[HearingWord], today: date) -> list[ExpectedHearing]:
    """The hearings set for one defendant in one case and not yet heard of, by day (INT-06; page map, P05).

    Ahead from `today` on, the day itself included; with the day past, its result was not received, which is said and never
    taken for a hearing without result. Any hearing held on the day or later answers for it. One day is one hearing: the later
    hearing's word for it counts and, of one hearing, the earliest time. An offence that ended in between takes no listing away,
    because what follows an ending (confiscation, a review) may have been set before it.
    """
    in_order = _in_order(words)
    found: dict[date, tuple[HearingWord, Listing]] = {}
    for word in in_order:
        for listing in sorted(_set_by(word), key=_by_time, reverse=True):
            if listing.on > in_order[-1].held_on:
                found[listing.on] = (word, listing)
    return [
        ExpectedHearing(listing, Expected.AHEAD, word.version, "set_and_not_yet_held")
        if day >= today
        else ExpectedHearing(listing, Expected.NOT_RECEIVED, word.version, "day_past_and_no_result")
        for day, (word, listing) in sorted(found.items())
    ]


def _by_time(listing: Listing) -> tuple[bool, time]:
    """The earliest time first, and a listing without one (courts also write midnight) last."""
    at = listing.at or time.min
    return at == time.min, at


def _set_by(word: HearingWord) -> Iterable[Listing]:
    return (listing for left in word.offences for listing in left.listings)
