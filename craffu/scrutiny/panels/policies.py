"""When a panel may be set up, take a member, be given a case, and give its verdict; and when a member may dissent."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from craffu.common.reasons import is_too_short
from craffu.common.refusals import Conflict, NotNow
from craffu.scrutiny.panels.kinds import OF_ONE, Training, Verdict
from craffu.scrutiny.panels.rules import Why, why_no_verdict

NOT_YET: Final[Mapping[Why, Promise]] = {
    Why.TOO_FEW: gettext_lazy("A panel has at least three members."),
    Why.AWAITED: gettext_lazy("Each member gives their own verdict first. Not everybody has."),
    Why.ALL_SAID_SO: gettext_lazy("Every member gave the same verdict: the panel agrees."),
}


def check_panel_is_whole(*said: tuple[str, str]) -> None:
    if not all(english.strip() and welsh.strip() for english, welsh in said):
        raise NotNow("one_language", _("Write it in English and in Welsh: it is published in both."))


def check_is_volunteer(*, is_one: bool) -> None:
    if not is_one:
        raise NotNow("not_a_volunteer", _("Only volunteers sit on a panel. There is no volunteer of that user name."))


def check_day_has_come(on: date, today: date) -> None:
    if on > today:
        raise NotNow("day_to_come", _("That day has not come."))


def check_reviews_are_in(*, is_in: bool) -> None:
    """A panel that talks of a case would tell whoever still reviews it blind (SCR-07)."""
    if not is_in:
        raise NotNow("reviews_open", _("Its blind reviews are not in yet. Put it to the panel when they are."))


def check_not_before_the_panel(*, is_open: bool) -> None:
    if is_open:
        raise Conflict("before_the_panel", _("That case is before the panel already."))


def check_is_member(*, is_one: bool) -> None:
    if not is_one:
        raise NotNow("not_a_member", _("You do not sit on this panel any more."))


def check_is_trained(lacking: Collection[Training]) -> None:
    if lacking:
        raise NotNow(
            "not_trained", _("Your training for panels is not complete, or too long ago. Ask who runs the panel.")
        )


def check_has_no_interest(*, has_interest: bool) -> None:
    if has_interest:
        raise NotNow("has_interest", _("You declared an interest in this case. Others of the panel judge it."))


def check_declared(*, is_declared: bool) -> None:
    if not is_declared:
        raise NotNow("interest_not_said", _("Say first whether you have an interest in this case."))


def check_not_said(*, is_said: bool) -> None:
    if is_said:
        raise Conflict("interest_said", _("You have said that already. Nothing was changed."))


def check_not_given(*, is_given: bool) -> None:
    if is_given:
        raise Conflict("verdict_given", _("The verdict is given already. Nothing was changed."))


def check_members_verdict(verdict: Verdict) -> None:
    if verdict not in OF_ONE:
        raise NotNow("not_of_one", _("That a panel cannot agree, only the panel says."))


def check_words(words: str) -> None:
    if is_too_short(words):
        raise NotNow("words_too_short", _("Say why, in ten characters or more."))


def check_panels_verdict(wanted: Verdict, said: Collection[Verdict], members: int) -> None:
    why = why_no_verdict(wanted, said, members)
    if why is not None:
        raise NotNow(why.value, str(NOT_YET[why]))


def check_may_dissent(*, is_given: bool, has_said: bool) -> None:
    """Whoever gave a verdict before the panel did may say once that they do not share the panel's."""
    if not is_given:
        raise NotNow("no_verdict_yet", _("The panel has not given its verdict yet."))
    if not has_said:
        raise NotNow("gave_no_verdict", _("You gave no verdict on this case."))
