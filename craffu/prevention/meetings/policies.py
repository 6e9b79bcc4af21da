"""When a meeting may be called, prepared, minuted, approved and corrected, and what it lacks, in words (P23; PRI-01, PRI-06)."""

from collections.abc import Collection, Iterable
from datetime import date
from typing import Final

from django.utils.translation import gettext as _

from craffu.access.models import User
from craffu.common.refusals import Conflict, NotNow, NotPermitted
from craffu.prevention.meetings.kinds import Decision
from craffu.prevention.meetings.queries import Action, Item, MeetingStory, MembersDue
from craffu.prevention.meetings.rules import offered
from craffu.prevention.models import MeetingAttended, ScoreStands

MOST_AGENCIES: Final = 20
LONGEST_NAME: Final = 80


def check_is_to_come(day: date, today: date) -> None:
    if day < today:
        raise NotNow("day_is_past", _("That day is past. Enter today or a day to come."))


def check_may_take_chair(chair: User | None) -> User:
    if chair is None:
        raise NotNow("not_a_chair", _("A supervisor or coordinator of this force takes the chair. Choose one."))
    return chair


def check_agencies(names: Iterable[str], already: Collection[str] = ()) -> list[str]:
    """The names as they are kept: each once, and not too long. Capitals make no other agency."""
    found: dict[str, str] = {}
    for name in (" ".join(one.split()) for one in names):
        if not name:
            continue
        if len(name) > LONGEST_NAME:
            raise NotNow("agency_too_long", _("The name of an agency has 80 characters at most."))
        found.setdefault(name.casefold(), name)
    if found.keys() & {one.casefold() for one in already}:
        raise NotNow("agency_invited", _("That agency is invited already."))
    if len(found) + len(already) > MOST_AGENCIES:
        raise NotNow("too_many_agencies", _("At most 20 agencies are invited."))
    return list(found.values())


def check_names_an_agency(names: Collection[str]) -> None:
    if not names:
        raise NotNow("no_agency", _("Enter the name of the agency."))


def check_is_open(story: MeetingStory) -> None:
    """Once the minutes are approved they are fixed, and whoever finds a fault corrects them beside."""
    if story.called_off is not None:
        raise Conflict("meeting_called_off", _("This meeting was called off."))
    if story.approved is not None:
        raise Conflict(
            "minutes_approved", _("The minutes are approved, and fixed. What is wrong is corrected beside them.")
        )


def check_has_begun(day: date, today: date) -> None:
    if today < day:
        raise NotNow("meeting_to_come", _("The meeting is still to come. Record this on its day."))


def check_nothing_was_said(story: MeetingStory) -> None:
    if any(one.decisions for one in story.items):
        raise NotNow("meeting_has_decided", _("The meeting has decided already. It cannot be called off any more."))


def check_is_of_population(stands: ScoreStands | None) -> ScoreStands:
    """PRI-01: whoever is discussed is of the stated population."""
    if stands is None:
        raise NotNow(
            "not_of_population",
            _(
                "This person is outside the stated population, and is not put on an agenda. A plan can be made for them."
            ),
        )
    return stands


def check_not_on_agenda(*, is_on: bool) -> None:
    if is_on:
        raise Conflict("on_agenda", _("This person is on the agenda of that meeting already."))


def check_any_are_due(due: MembersDue) -> None:
    if not due.to_add:
        raise NotNow("nobody_due", _("No member who falls due by this meeting is missing from its agenda."))


def check_has_name(name: str) -> None:
    if not name.strip():
        raise NotNow("no_name", _("Enter the name of whoever it is."))


def check_came(*, came: bool, undertook: bool, day: date, today: date) -> None:
    """Apologies may come before; whoever came did so on the day. Whoever did not come undertakes nothing."""
    if came:
        check_has_begun(day, today)
    elif undertook:
        raise NotNow("apologies_undertake_nothing", _("Whoever sent apologies gives no undertaking."))


def check_may_undertake(one: MeetingAttended, *, has_undertaken: bool) -> None:
    if not one.came:
        raise NotNow("apologies_undertake_nothing", _("Whoever sent apologies gives no undertaking."))
    if has_undertaken:
        raise Conflict("undertaken", _("Their undertaking is recorded already."))


def check_is_offered(decision: Decision, *, was_member: bool) -> None:
    if decision not in offered(was_member=was_member):
        said = (
            _("They were in the cohort before the meeting: keep, deselect or defer.")
            if was_member
            else _("They were not in the cohort before the meeting: select, deselect or defer.")
        )
        raise NotNow("not_offered", said)


def check_is_of_one(item: Item, decision: Decision) -> None:
    """IDN-03: of several whose the records are by now nobody is guessed; to defer decides nothing of any of them."""
    if item.is_of_several and (item.decisions or decision is not Decision.DEFER):
        people = ", ".join(one.reference for one in item.people)
        raise NotNow(
            "item_is_several",
            _(
                "What was recorded of whoever was put on the agenda is held to be several persons’ now: %(people)s. Propose"
                " whom you mean. Here it can only be deferred; what was decided before stands."
            )
            % {"people": people},
        )


def check_agencies_are_bound(agencies: Collection[int], bound: Collection[int]) -> None:
    """Before everybody who came for an agency has undertaken to keep confidence, nothing is for that agency."""
    if not set(agencies) <= set(bound):
        raise NotNow(
            "agency_not_bound",
            _("An agency is given something once it came and everybody who came for it gave the undertaking."),
        )


def check_keeps_whoever_acts(agencies: Collection[int], actions: Iterable[Action]) -> None:
    """Whoever has something to do about an item is to have it."""
    acting = {one.row.agency.number for one in actions if one.row.agency is not None and one.closed is None}
    if not acting <= set(agencies):
        raise NotNow("agency_has_action", _("An agency that has an action here needs to have the item."))


def check_is_ones(owner: str, agency: int | None) -> None:
    if bool(owner) is (agency is not None):
        raise NotNow("whose_action", _("Choose one owner: somebody of this force, or an agency that came."))


def check_is_an_owner(owner: User | None) -> User:
    if owner is None:
        raise NotNow("not_an_owner", _("Choose somebody who works on priorities in this force."))
    return owner


def check_is_to_have(*, has: bool) -> None:
    if not has:
        raise NotNow(
            "agency_has_not_item",
            _("This agency is not to have this item. Decide first that it is, then give it the action."),
        )


def check_is_not_past(due_on: date, today: date) -> None:
    if due_on < today:
        raise NotNow("due_in_the_past", _("That day is past. Enter the day by which it is to be done."))


def check_is_not_closed(*, is_closed: bool) -> None:
    if is_closed:
        raise Conflict("meeting_action_closed", _("It is recorded already what became of this action."))


def check_is_chair(user: User, chair: User) -> None:
    if user != chair:
        raise NotPermitted("not_the_chair", _("The chair of the meeting approves its minutes."))


def obstacles(story: MeetingStory) -> list[str]:
    """What stands in the way of approving the minutes, in words."""
    found = []
    if not any(one.came for one in story.attended):
        found.append(_("Say who came."))
    if story.undecided:
        numbers = ", ".join(str(one.number) for one in story.undecided)
        found.append(_("Decide about each item. Undecided: %(numbers)s.") % {"numbers": numbers})
    return found


def check_is_whole(story: MeetingStory) -> None:
    """Never before every item has a decision."""
    if lacking := obstacles(story):
        raise NotNow("minutes_not_whole", " ".join(lacking))


def check_is_approved(story: MeetingStory) -> None:
    if story.approved is None:
        raise NotNow("minutes_not_approved", _("The minutes are not approved yet."))
