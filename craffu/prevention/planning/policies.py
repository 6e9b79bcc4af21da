"""When a plan may be begun, put forward, approved, reviewed or ended, and what it lacks, in words (PLN-01, PLN-02)."""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date
from typing import Final

from django.utils.translation import gettext as _

from craffu.access.models import User
from craffu.common.reasons import SHORTEST_REASON, is_too_short
from craffu.common.refusals import Conflict, NotNow, NotPermitted
from craffu.prevention.planning.facts import Answers, Asked
from craffu.prevention.planning.kinds import Consulted, Forum, Stage
from craffu.prevention.planning.rules import Choice, Lacks, Option, lacks
from craffu.prevention.planning.timing import review_day

_WHY_NOT_WHOLE: Final[Mapping[Lacks, Callable[[], str]]] = {
    Lacks.UNDECIDED: lambda: _("Decide whether it is used."),
    Lacks.NO_REASON: lambda: _("Say in a sentence why it is not used."),
    Lacks.NONE_NEEDS_REASON: lambda: _("Nothing of the menu is used. Say in a sentence why nothing is."),
    Lacks.NO_OWNER: lambda: _("Say whose plan it is."),
    Lacks.NO_REVIEW: lambda: _("Say when it is reviewed."),
}


def lack_words(lack: Lacks) -> str:
    return _WHY_NOT_WHOLE[lack]()


def check_none_is_open(*, is_open: bool) -> None:
    if is_open:
        raise Conflict("plan_open", _("There is a plan for them already. Change that one, or end it."))


def check_none_is_shut(cases: Collection[str]) -> None:
    if cases:
        words = _("There is a plan for them already, shut to you with %(case)s. Ask whoever is asked about that case.")
        raise Conflict("plan_shut", words % {"case": min(cases)})


def check_is_open(stage: Stage | None) -> None:
    if stage is None or stage is Stage.ENDED:
        raise NotNow("no_open_plan", _("There is no plan that stands or is being made. Begin one."))


def check_none_waits(*, waits: bool) -> None:
    if waits:
        raise Conflict("plan_waits", _("A version of this plan waits for a supervisor already."))


def check_says_what_for(answers: Answers) -> None:
    if is_too_short(answers.objectives):
        raise NotNow("objectives_missing", _("Say in a sentence what the plan is to reach."))
    if is_too_short(answers.safety):
        raise NotNow("safety_missing", _("Say in a sentence what is done for the safety of whoever they harm."))


def check_is_whole(lacking: Collection[tuple[Lacks, Option | None]]) -> None:
    """Everything that is missing, each once; the code is the first's."""
    if lacking:
        first = next(iter(lacking))[0]
        raise NotNow(first.value, " ".join(dict.fromkeys(lack_words(one) for one, _option in lacking)))


def check_uses_are_said(answers: Answers) -> None:
    """How each option is used that is used, and where agencies manage somebody together."""
    for one in answers.decided:
        if one.choice == Choice.USE and is_too_short(one.words):
            raise NotNow("no_words_of_use", _("Say in a sentence how each option that you use is used."))
        if one.choice == Choice.USE and one.option == Option.MULTI_AGENCY_REFERRAL and not one.forums:
            raise NotNow("no_forum", _("Choose to which meeting of agencies you refer them."))
        check_are_forums(one.forums)


def check_are_forums(forums: Collection[str]) -> None:
    if not set(forums) <= set(Forum):
        raise NotNow("unknown_forum", _("Choose from the meetings of agencies that are listed."))


def check_everybody_is_asked(protected: Collection[int], answers: Answers, today: date) -> None:
    """Each whom an order protects was asked on a day, or it is said why not."""
    for record in protected:
        check_is_asked(answers.about(record), today)


def check_is_asked(said: Asked, today: date) -> None:
    if said.how not in set(Consulted):
        raise NotNow("not_consulted", _("Say of everybody whom an order protects how they were asked, or why not."))
    if said.how == Consulted.NOT_ASKED:
        if is_too_short(said.words):
            raise NotNow("no_reason_not_asked", _("Say in a sentence why they were not asked."))
    elif said.day is None:
        raise NotNow("no_day_of_asking", _("Enter the day on which they were asked."))
    elif said.day > today:
        raise NotNow("asked_to_come", _("That day lies ahead. Enter the day on which they were asked."))


def check_has_an_action(*, uses_any: bool, actions: int) -> None:
    """A plan that uses something says what is to be done by when (PLN-02)."""
    if uses_any and not actions:
        raise NotNow("no_action", _("Add at least one action, with whose it is and by when."))


def check_may_be_put(answers: Answers, protected: Collection[int], actions: int, today: date) -> None:
    """Raises NotNow with the first thing that stands in the way of putting a plan to a supervisor."""
    for check in _checks(answers, protected, actions, today):
        check()


def obstacles(answers: Answers, protected: Collection[int], actions: int, today: date) -> list[NotNow]:
    """Everything that stands in the way, each as it would be refused."""
    found = []
    for check in _checks(answers, protected, actions, today):
        try:
            check()
        except NotNow as refusal:
            found.append(refusal)
    return found


def _checks(answers: Answers, protected: Collection[int], actions: int, today: date) -> Sequence[Callable[[], object]]:
    return (
        lambda: check_says_what_for(answers),
        lambda: check_is_whole(lacks(answers.as_plan(review_day(today)))),
        lambda: check_uses_are_said(answers),
        lambda: check_everybody_is_asked(protected, answers, today),
        lambda: check_has_an_action(uses_any=answers.uses_any, actions=actions),
    )


def check_is_a_planner(owner: User | None) -> User:
    if owner is None:
        raise NotNow("not_a_planner", _("Choose somebody who works on plans in this force."))
    return owner


def check_action_is_whole(words: str, behaviour: str, *, has_condition: bool) -> None:
    if is_too_short(words):
        raise NotNow("no_words_of_action", _("Say in a sentence what is to be done."))
    if has_condition is bool(behaviour.strip()):
        raise NotNow("not_tied", _("Tie it to one condition of an order, or else say which behaviour it is about."))


def check_is_not_past(due_on: date, today: date) -> None:
    if due_on < today:
        raise NotNow("due_in_the_past", _("That day is past. Enter the day by which it is to be done."))


def check_condition_stands(*, stands: bool) -> None:
    if not stands:
        raise NotNow("condition_gone", _("This condition does not stand in an order against them. Choose another."))


def check_is_not_closed(*, is_closed: bool) -> None:
    if is_closed:
        raise Conflict("action_closed", _("It is recorded already what became of this action."))


def check_says_something(words: str) -> None:
    if is_too_short(words):
        raise NotNow("too_short", _("Say a little more: at least %(least)s characters.") % {"least": SHORTEST_REASON})


def check_waits(*, waits: bool) -> None:
    if not waits:
        raise Conflict("plan_does_not_wait", _("This version does not wait for a supervisor any more."))


def check_is_another(user: User, author: User) -> None:
    """Never whoever put it forward."""
    if user == author:
        raise NotPermitted("own_plan", _("You put this plan forward. Another supervisor approves it."))


def check_says_why_not(*, agrees: bool, words: str) -> None:
    if not agrees and not words.strip():
        raise NotNow("reason_missing", _("Say why it goes back."))


def check_stands(*, stands: bool) -> None:
    if not stands:
        raise NotNow("plan_does_not_stand", _("Only a plan that was approved is reviewed."))
