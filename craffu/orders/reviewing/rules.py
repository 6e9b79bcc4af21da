"""When a review of an order may close, and what answers in it for each person whom the order protects (REV-02 to REV-05).

From the 2023 review: the victim's voice in the reviews of civil orders. Ending or relaxing an order follows the hearing right of
the Domestic Abuse Act 2021 s.44. An order is never reviewed without those whom it protects: they say what they think, or it is
recorded why they do not.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from craffu.clocks.lengths import CalendarLength
from craffu.clocks.periods import Counting, period
from craffu.common.reasons import is_too_short
from craffu.victims.agreements.kinds import Asking
from craffu.victims.contacts.rules import Attempt, was_not_reachable


class Decision(StrEnum):
    """What a review decides of an order. The moves on the order itself are made by whoever makes them (ORD-09)."""

    CONTINUE = "continue"
    VARY = "vary"
    RELAX = "relax"
    RENEW = "renew"
    DISCHARGE = "discharge"
    LET_EXPIRE = "let_expire"
    ESCALATE = "escalate"


# After these less protects, or nothing does.
ENDS_OR_RELAXES: Final = frozenset({Decision.RELAX, Decision.DISCHARGE, Decision.LET_EXPIRE})
# Those after which the order is as it was: a wish to be asked only before a change answers them.
CHANGES_NOTHING: Final = frozenset({Decision.CONTINUE, Decision.ESCALATE})
# For these somebody goes to a court.
APPLIES_FOR: Final = frozenset({Decision.VARY, Decision.RELAX, Decision.RENEW, Decision.DISCHARGE})
# These are of an order that has a last day.
NEEDS_AN_END: Final = frozenset({Decision.RENEW, Decision.LET_EXPIRE})


class Voice(StrEnum):
    """What answers for somebody in a review: their own words, or why there are none. Keys are stored."""

    GIVEN = "given"
    DECLINED = "declined"
    STANDING_WISH = "standing_wish"
    UNSAFE_TO_ASK = "unsafe_to_ask"
    NOT_REACHABLE = "not_reachable"


# `review.view_fresh_days`: how old a view, or a refusal, may be that supports ending or relaxing an order.
VIEW_FRESH_DAYS: Final = 28
# `review.standing_wish`: a wish is confirmed again at least so often.
WISH_STANDS: Final = CalendarLength(months=12)


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What is recorded of one protected person in a review. `person` is what they are called in the answers.

    `on` is the day of the view, of the refusal, or on which the wish was last stated or confirmed. `wants` is which decision they
    asked for, empty where they asked for none. A view `through_advocate` counts where it was consented to by then.
    """

    person: str
    kind: str = ""
    words: str = ""
    asked_by: str = ""
    on: date | None = None
    wants: str = ""
    through_advocate: bool = False
    consented_on: date | None = None
    reason: str = ""
    is_agreed: bool = False
    wish: str = ""
    attempts: Sequence[Attempt] = ()
    safe_channels: Collection[str] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Closing:
    """A review as somebody wants to close it on a London day; `signed_by` is the other person who agrees to it."""

    decision: str
    reason: str
    reviewer: str
    on: date
    said: Sequence[Said]
    signed_by: str = ""
    why_differs: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """Whether a review may close, and everything that stands in its way."""

    why: tuple[str, ...]

    @property
    def may_close(self) -> bool:
        return not self.why


UNKNOWN_DECISION, REASON_TOO_SHORT = "unknown_decision", "reason_too_short"
SIGN_OFF_NEEDED, SELF_SIGN_OFF = "supervisor_sign_off_needed", "self_sign_off"
SAY_WHY: Final = "say_why_decision_differs"
NO_VIEW, INCOMPLETE, TOO_OLD, NO_DATE = "no_view", "incomplete_view", "view_too_old", "no_date"
AHEAD: Final = "said_ahead"
WITHOUT_CONSENT: Final = "advocate_without_consent"
NOT_CONFIRMED, WISH_NOT_ENOUGH = "standing_wish_not_confirmed_this_year", "standing_wish_not_enough"
ASKED_TO_BE_ASKED: Final = "she_asked_to_be_asked"
UNSAFE_NOT_AGREED, TOO_FEW = "unsafe_needs_reason_and_supervisor", "attempts_too_few"
# What only another person can put right.
NEEDS_ANOTHER: Final = frozenset({SIGN_OFF_NEEDED, UNSAFE_NOT_AGREED})


def review_outcome(given: Closing) -> Outcome:
    """REV-02 to REV-04: every reason for which a review stays open; of one person it is named with them, as `V1:no_view`."""
    if given.decision not in set(Decision):
        return Outcome((UNKNOWN_DECISION,))
    return Outcome(tuple(_why_open(given, Decision(given.decision))))


def _why_open(given: Closing, decision: Decision) -> Iterator[str]:
    if is_too_short(given.reason):
        yield REASON_TOO_SHORT
    for one in given.said:
        why = _why_unheard(one, decision, given.on)
        if why:
            yield f"{one.person}:{why}"
    if decision in ENDS_OR_RELAXES and not given.signed_by:
        yield SIGN_OFF_NEEDED
    if given.signed_by and given.signed_by == given.reviewer:
        yield SELF_SIGN_OFF
    if differs(decision, given.said) and not given.why_differs.strip():
        yield SAY_WHY


def differs(decision: str, said: Iterable[Said]) -> bool:
    """REV-04: whether somebody asked for something else than is decided."""
    return any(one.wants and one.wants != decision for one in said)


def needs_another(decision: str, said: Iterable[Said]) -> bool:
    """REV-02, REV-03: whether another person agrees before it closes, to the decision or to leaving somebody unasked."""
    return decision in ENDS_OR_RELAXES or any(one.kind == Voice.UNSAFE_TO_ASK for one in said)


def _why_unheard(one: Said, decision: Decision, today: date) -> str:
    match one.kind:
        case Voice.GIVEN:
            return _of_view(one, decision, today)
        case Voice.DECLINED:
            return NO_DATE if one.on is None else _of_age(one.on, decision, today)
        case Voice.STANDING_WISH:
            return _of_wish(one, decision, today)
        case Voice.UNSAFE_TO_ASK:
            return "" if one.reason.strip() and one.is_agreed else UNSAFE_NOT_AGREED
        case Voice.NOT_REACHABLE:
            return "" if was_not_reachable(one.attempts, one.safe_channels) else TOO_FEW
        case _:
            return NO_VIEW


def _of_view(one: Said, decision: Decision, today: date) -> str:
    """A tick is no view: their words, who asked, and when."""
    if not one.words.strip() or not one.asked_by or one.on is None:
        return INCOMPLETE
    if one.through_advocate and (one.consented_on is None or one.consented_on > one.on):
        return WITHOUT_CONSENT
    return _of_age(one.on, decision, today)


def _of_age(on: date, decision: Decision, today: date) -> str:
    """REV-03: what supports less protection is not older than 28 days; and nobody has said what they are yet to say."""
    if on > today:
        return AHEAD
    is_fresh = on >= today - timedelta(days=VIEW_FRESH_DAYS)
    return "" if is_fresh or decision not in ENDS_OR_RELAXES else TOO_OLD


def _of_wish(one: Said, decision: Decision, today: date) -> str:
    """REV-02: a wish answers routine reviews while it was said within the year, never one after which less protects."""
    if one.on is None:
        return NO_DATE
    if decision in ENDS_OR_RELAXES:
        return WISH_NOT_ENOUGH
    if not wish_stands(one.on, today):
        return NOT_CONFIRMED
    answers = one.wish == Asking.DO_NOT_ASK or (one.wish == Asking.BEFORE_CHANGE and decision in CHANGES_NOTHING)
    return "" if answers else ASKED_TO_BE_ASKED


def wish_stands(said_on: date, today: date) -> bool:
    """Whether a wish was stated or confirmed within the last year: the same day of the next year is still within it."""
    return period(said_on, WISH_STANDS, Counting.AFTER).last_day >= today


@dataclass(frozen=True, slots=True)
class Completions:
    """Which of several who complete one review, in this order, does; and the version that stands after them."""

    completed: tuple[bool, ...]
    version: int


def completions(version: int, read: Iterable[int]) -> Completions:
    """REV-05: a review is completed once, from the version that stands. Whoever read another sees both."""
    found, stands = [], version
    for one in read:
        found.append(one == stands)
        stands += one == stands
    return Completions(tuple(found), stands)
