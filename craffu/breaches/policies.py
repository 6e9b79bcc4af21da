"""When something may be done with a breach (BRC-03, BRC-04, BRC-06). Who may stands in `permissions`."""

from collections.abc import Collection
from datetime import datetime

from django.utils.translation import gettext as _

from craffu.breaches.detecting.rules import Decision, WhyNot
from craffu.breaches.ledger.kinds import Standpoint
from craffu.breaches.ledger.moves import Move
from craffu.breaches.ledger.states import Status, moved
from craffu.breaches.patterns import rules as patterns
from craffu.breaches.standpoints import questions
from craffu.breaches.standpoints.rules import NotFinal
from craffu.common.refusals import NotNow

# Which decision of an officer is which move; enquiries are a note, and move nothing.
MOVES = {Decision.ACCEPT: Move.ACCEPT, Decision.REJECT: Move.REJECT, Decision.DUPLICATE: Move.JOIN}


def check_happened_by(at: datetime, now: datetime) -> None:
    if at > now:
        raise NotNow("in_future", _("That lies in the future. Check the time."))


def check_ends_after(first: datetime, last: datetime) -> None:
    if last < first:
        raise NotNow("ends_before", _("It cannot end before it began. Check the times."))


def check_is_theirs(*, is_theirs: bool) -> None:
    if not is_theirs:
        raise NotNow("not_their_order", _("Choose an order against this person, or that you are not sure which."))


def check_says_whom(people: Collection[str], *, is_said: bool) -> None:
    """Refuses to guess of which of several somebody reports it, where an old reference of them all is given and no order."""
    if len(people) > 1 and not is_said:
        words = _(
            "What was recorded under this reference is of several people now: %(people)s. Choose the order, or report it of one "
            "of them."
        )
        raise NotNow("several_people", words % {"people": ", ".join(people)})


def check_decision(why: WhyNot | None) -> None:
    """`why` is that of `detecting.rules.why_not_decided`; enquiries are noted elsewhere."""
    if why is None:
        return
    messages = {
        WhyNot.A_PERSON: _("Only a named person decides whether it is a breach."),
        WhyNot.UNKNOWN: _("Choose what it is."),
        WhyNot.NO_DECISION: _("That decides nothing. The clock runs on."),
        WhyNot.DUPLICATE_OF: _("Give the reference of the breach that tells of the same incident."),
        WhyNot.REASON: _("Say why, in at least ten letters."),
    }
    raise NotNow(why.value, messages[why])


def check_names_conditions(conditions: Collection[int] | None) -> None:
    """What was accepted is accepted again to say which conditions it broke (BRC-01)."""
    if not conditions:
        raise NotNow("no_conditions", _("It is accepted already. Choose the conditions that it broke."))


def check_moves(status: str, move: Move) -> Status:
    """Where a move leads a breach. Raises NotNow where it leads nowhere from its status."""
    to = moved(status, move)
    if to is None:
        raise NotNow("not_from_here", _("That cannot be done with this breach as it stands. Open its page again."))
    return to


def check_same_person(*, is_same: bool) -> None:
    """Two records of one incident are of one person, as links stand."""
    if not is_same:
        raise NotNow("another_person", _("That breach is of somebody else. Check its reference."))


def check_is_known(*, is_known: bool) -> None:
    if not is_known:
        raise NotNow("no_such_breach", _("There is no such breach. Check its reference."))


def check_is_another(*, is_itself: bool, is_joined: bool, has_joined: bool) -> None:
    """Of one incident one breach keeps what is told: what is told later of a breach joined to a joined one would reach nobody."""
    if has_joined:
        raise NotNow(
            "others_joined",
            _("Others were joined to this breach. Part them from it first, or join the other breach to this one."),
        )
    if is_itself:
        raise NotNow("itself", _("That is this breach. Give the reference of the other."))
    if is_joined:
        raise NotNow("joined_already", _("That breach was itself joined to another. Give the reference of that one."))


def check_answer(question: questions.Question, why: questions.WhyNot | None) -> None:
    """Raises NotNow whose code names the question, so that a page says it beside the one it is about."""
    if why is None:
        return
    messages = {
        questions.WhyNot.UNKNOWN: _("Choose one of the answers."),
        questions.WhyNot.SUPERVISOR: _("A supervisor answers whether it is part of a course of conduct."),
        questions.WhyNot.REASON: _("Say why."),
    }
    raise NotNow(f"{question.value}:{why.value}", messages[why])


def what_lacks(why: Collection[NotFinal], unanswered: Collection[questions.Question]) -> list[tuple[str, str]]:
    """Everything that stands in the way of finalising, as code and words, the first first (BRC-04; page map, P09)."""
    messages = {
        NotFinal.COURSE_OF_CONDUCT: _("A supervisor has yet to answer whether it is part of a course of conduct."),
        NotFinal.SUPERVISOR: _("Whether it is part of a course of conduct is for a supervisor to answer."),
        NotFinal.RECORDING: _("Nobody has answered what was recorded as a crime."),
        NotFinal.REASON: _("Say why nothing was recorded as a crime."),
    }
    found = [(one.value, messages[one]) for one in why]
    # The first two questions have words of their own above.
    gate = {questions.Question.COURSE_OF_CONDUCT, questions.Question.RECORDING}
    if set(unanswered) - gate:
        found.append(("not_answered", _("Answer every question before you finalise it.")))
    return found


def check_final(why: Collection[NotFinal], unanswered: Collection[questions.Question]) -> None:
    """Raises NotNow with the first thing that stands in the way of finalising."""
    for code, message in what_lacks(why, unanswered):
        raise NotNow(code, message)


def check_decides(standpoint: Standpoint, decision: str, takes: Collection[str]) -> None:
    """What somebody records that another decided: one of the decisions of that standpoint."""
    if decision not in takes:
        raise NotNow(f"unknown_{standpoint.value}", _("Choose what was decided."))


def check_mismatch_stands(*, stands: bool) -> None:
    if not stands:
        raise NotNow("agrees_now", _("That agrees by now, or has been explained. Open the page again."))


def check_has_words(words: str) -> None:
    if not words.strip():
        raise NotNow("no_words", _("Say why."))


def check_has_pattern(*, has_pattern: bool) -> None:
    if not has_pattern:
        raise NotNow("no_pattern", _("These crimes make no pattern now. Open the page again."))


def check_pattern(why: patterns.WhyNot | None) -> None:
    """`why` is that of `patterns.rules.why_not_decided`; who may is asked before."""
    if why is None:
        return
    messages = {
        patterns.WhyNot.COORDINATOR: _("The stalking coordinator decides what these crimes are."),
        patterns.WhyNot.UNKNOWN: _("Choose what these crimes are."),
        patterns.WhyNot.REASON: _("Say why, in at least ten letters."),
    }
    raise NotNow(why.value, messages[why])
