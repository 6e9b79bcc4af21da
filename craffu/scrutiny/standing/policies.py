"""When a standing answer may be signed (SCR-13)."""

from django.utils.translation import gettext as _

from craffu.common.reasons import is_too_short
from craffu.common.refusals import Conflict, NotNow
from craffu.scrutiny.standing.rules import StandingAnswer


def check_words(english: str, welsh: str) -> None:
    if is_too_short(english) or is_too_short(welsh):
        raise NotNow("words_too_short", _("Write the answer in English and in Welsh, in ten characters or more."))


def check_same_figures(seen: str, now: str) -> None:
    if seen != now:
        raise Conflict("figures_changed", _("The figures have changed since you read them. Read them again."))


def check_may_sign(made: StandingAnswer) -> None:
    """Every verdict that turned since the last signed answer has its cause."""
    if made.refusals:
        named = ", ".join(of.partition(":")[0] for _why, of in made.refusals if of)
        raise NotNow(
            "change_without_cause", _("Say why these tests turned since the last answer: %(tests)s.") % {"tests": named}
        )


def check_has_figures(*, has_figures: bool) -> None:
    if not has_figures:
        raise NotNow("no_figures", _("There are no figures yet. Build a snapshot first."))
