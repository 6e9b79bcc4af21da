"""When a version of a programme can be accepted or withdrawn, and what a capacity must say (R1a, R2a, R2c)."""

from datetime import date
from typing import Final

from django.utils.translation import gettext as _

from craffu.common.refusals import Conflict, NotNow

# Nobody carries a thousand orders: a number above is a slip.
MOST: Final = 999


def check_says_why(reason: str) -> None:
    if not reason.strip():
        raise NotNow("resourcing_no_reason", _("Say why."))


def check_names_version(programme: str, version: str) -> None:
    if not (programme.strip() and version.strip()):
        raise NotNow("version_unnamed", _("Name the programme and its version as the training records call them."))


def check_not_accepted(*, is_accepted: bool) -> None:
    if is_accepted:
        raise Conflict("version_accepted", _("This version has been accepted before. Nothing was changed."))


def check_not_withdrawn(*, is_withdrawn: bool) -> None:
    if is_withdrawn:
        raise Conflict("version_withdrawn", _("This version has been withdrawn before. Nothing was changed."))


def check_ends_after(first_day: date, last_day: date) -> None:
    if last_day < first_day:
        raise NotNow("version_ends_before", _("The last day lies before the first day on which it counts."))


def check_is_role(*, is_known: bool) -> None:
    if not is_known:
        raise NotNow("role_unknown", _("No post has this role. Choose one that the extract of staff names."))


def check_most(most: int) -> None:
    if not 0 < most <= MOST:
        raise NotNow("capacity_out_of_range", _("Give a whole number from 1 to %(most)s.") % {"most": MOST})


def check_time(amount: int, most: int) -> None:
    if not 0 < amount <= most:
        raise NotNow("time_out_of_range", _("Give a whole number from 1 to %(most)s.") % {"most": most})


def check_is_post(*, is_known: bool) -> None:
    if not is_known:
        raise NotNow("post_unknown", _("No such post has been received. Choose one that the extract of staff names."))


def check_step_follows(*, is_next: bool) -> None:
    if not is_next:
        raise Conflict(
            "step_out_of_order",
            _("Recruitment to this post stands elsewhere now. Read what was said last, and choose what can follow."),
        )


def check_step_day(on: date, last: date | None, today: date) -> None:
    """A step was taken; what is planned is not a step."""
    if on > today:
        raise NotNow("step_ahead", _("That day has not come. Say a step when it has been taken."))
    if last is not None and on < last:
        raise NotNow("step_before_last", _("That day lies before the last step. Give that day or a later one."))


def check_start_belongs(starts_on: date | None, taken_on: date, *, is_agreed: bool) -> None:
    if is_agreed and starts_on is None:
        raise NotNow("start_missing", _("Say on which day they are to start."))
    if not is_agreed and starts_on is not None:
        raise NotNow("start_not_agreed", _("A day of starting belongs to an agreed start. Leave it empty."))
    if starts_on is not None and starts_on < taken_on:
        raise NotNow("start_before_agreed", _("They cannot start before it was agreed."))
