"""When a priority may be decided of: never by the system, never on what stood before, never without a reason (PRI-06, PRI-07)."""

from collections.abc import Collection
from datetime import date

from django.utils.translation import gettext as _

from craffu.access.models import User
from craffu.common.reasons import SHORTEST_REASON, is_too_short
from craffu.common.refusals import NotNow, NotPermitted
from craffu.prevention.deciding.queries import Decided, is_open
from craffu.prevention.deciding.rules import LONGEST, Act, Leaving, WhyNot, is_too_long, may_leave, why_not
from craffu.prevention.models import PriorityDecided, ScoreChallenged, ScoreKept
from craffu.prevention.scoring.facts import Evidence
from craffu.prevention.scoring.one import Counted


def check_is_scored(decided: Decided, *, stands: bool) -> ScoreKept:
    """The score that is decided of. Outside the stated population there is none (PRI-01)."""
    if not stands or not decided.kept:
        raise NotNow("not_scored", _("This person is outside the scored population: there is no score to decide on."))
    return decided.kept[-1]


def check_says_why(reason: str) -> None:
    if is_too_short(reason):
        raise _reason_too_short()


def check_may(act: Act, user: User, reason: str) -> None:
    """A named officer does it, and says why where the rule asks for it (PRI-06, PRI-07)."""
    why = why_not(act, user.username, reason)
    if why is WhyNot.REASON:
        raise _reason_too_short()
    if why is not None:
        raise NotPermitted(why.value, _("A named officer decides this, and no score is edited."))


def check_may_leave(leaving: Leaving) -> None:
    """A member leaves by somebody's word, with a reason (PRI-10)."""
    if not may_leave(leaving):
        raise _reason_too_short()


def _reason_too_short() -> NotNow:
    return NotNow("reason_too_short", _("Say why in at least %(number)s characters.") % {"number": SHORTEST_REASON})


def check_ends(until: date, today: date) -> None:
    if until < today:
        raise NotNow("ended_already", _("The last day lies in the past. Choose today or a later day."))
    if is_too_long(until, today):
        raise NotNow(
            "too_long", _("Another priority stands for %(days)s days at most. Choose an earlier day.") % {"days": LONGEST.days}
        )  # fmt: skip


def check_none_awaits(*, awaits: bool) -> None:
    if awaits:
        raise NotNow(
            "awaits_agreement", _("Another priority was put forward and waits for a second person. They answer first.")
        )


def check_awaits(asked: PriorityDecided | None) -> PriorityDecided:
    if asked is None:
        raise NotNow("nothing_awaits", _("No other priority waits for a second person."))
    return asked


def check_is_another(asked: User, answers: User) -> None:
    """Nobody agrees to their own word."""
    if asked.pk == answers.pk:
        raise NotNow("same_person", _("This is for somebody other than whoever put it forward."))


def check_is_open(challenged: ScoreChallenged | None) -> ScoreChallenged:
    if challenged is None or not is_open(challenged):
        raise NotNow("answered_already", _("This challenge has been answered. A new one can be made."))
    return challenged


def check_are_counted(acts: Collection[tuple[int, str]], counted: Collection[Counted]) -> None:
    """Only what the score counts is challenged or set aside."""
    known = {(one.span.record, one.span.act) for one in counted}
    if not set(acts) <= known:
        raise NotNow("not_counted", _("The score does not count that event any more. Look at it again."))


def check_none_was_proved(acts: Collection[tuple[int, str]], counted: Collection[Counted]) -> None:
    """What a court found proved is for a court."""
    proved = {(one.span.record, one.span.act) for one in counted if one.event.evidence is Evidence.CONVICTED}
    if set(acts) & proved:
        raise NotNow(
            "found_proved", _("A court found one of these proved. Only a court takes that back: leave it as it is.")
        )
