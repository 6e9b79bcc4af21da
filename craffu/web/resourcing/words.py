"""Champions, shifts, posts and learning aims in words (page map, P38 and P39; R1a, R2a, R2c)."""

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext_lazy as _

from craffu.measures.practice.kinds import Group
from craffu.resourcing.champions.kinds import Aim, Taught
from craffu.resourcing.champions.queries import There
from craffu.resourcing.champions.rules import Why
from craffu.resourcing.posts.kinds import Work
from craffu.resourcing.posts.rules import Note
from craffu.resourcing.recruiting.kinds import RecruitingStep
from craffu.resourcing.staff.kinds import Shift
from craffu.resourcing.timing.kinds import Timed
from craffu.web.presenters import Text
from craffu.web.statuses import Status

SHIFTS: Final[Mapping[str, Text]] = {
    Shift.EARLY: _("Early shift"),
    Shift.LATE: _("Late shift"),
    Shift.NIGHT: _("Night shift"),
    Shift.DAY: _("Day shift"),
}

THERE: Final[Mapping[str, Status]] = {
    There.ON_DUTY: Status(_("On duty"), "green"),
    There.ON_CALL: Status(_("On call"), "blue"),
    There.ROSTERED: Status(_("Rostered, not known to have come"), "yellow"),
}
NOBODY: Final = Status(_("No champion"), "red")
NO_SHIFT: Final = _("No shift")

CURRENT: Final = Status(_("Current"), "green")
LAPSING: Final = Status(_("Lapses soon"), "yellow")
NOT_CURRENT: Final[Mapping[str, Status]] = {
    Why.NOT_TRAINED: Status(_("Never trained"), "red"),
    Why.NOT_ACCEPTED: Status(_("Trained in a version that does not count"), "red"),
    Why.LAPSED: Status(_("Lapsed"), "red"),
}

NOTES: Final[Mapping[str, Text]] = {
    Note.NOBODY: _("Nobody is in post for this work."),
    Note.NO_CASES: _("There is no such work, and nobody in post for it."),
}

NOTE_STATUS: Final[Mapping[str, Status]] = {
    Note.NOBODY: Status(_("Nobody in post"), "red"),
    Note.NO_CASES: Status(_("No cases"), "grey"),
}

WORKS: Final[Mapping[str, Text]] = {
    Work.ORDERS: _("Orders that stand"),
    Work.COHORT: _("People in the cohort"),
}

AIMS: Final[Mapping[str, Text]] = {
    Aim.SUSPECT_FOCUSED: _("Soteria 1: investigations that look at the suspect"),
    Aim.REPEAT_SUSPECTS: _("Soteria 2: disrupting those who offend again and again"),
    Aim.PROCEDURAL_JUSTICE: _("Soteria 3: victims treated with procedural justice"),
    Aim.LEARNING_WELLBEING: _("Soteria 4: officers’ learning and wellbeing"),
    Aim.DATA: _("Soteria 5: better data and performance"),
    Aim.DIGITAL: _("Soteria 6: digital forensics"),
    Aim.CLASSIFYING: _("Telling stalking from harassment and other offences"),
    Aim.CIVIL_ORDERS: _("Civil orders: when to consider one, and how it is managed"),
}
TAUGHT: Final[Mapping[str, Text]] = {
    Taught.ADOPT: _("Taught as it was published"),
    Taught.ADAPT: _("Taught in a way of our own"),
    Taught.NOT: _("Not taught"),
}

# As columns are headed.
TIMED: Final[Mapping[str, Text]] = {
    Timed.CHECK: _("Checks"),
    Timed.REVIEW: _("Reviews"),
    Timed.END: _("Decisions about an end"),
    Timed.HEARING: _("Hearings"),
    Timed.NOTIFICATION: _("Notifications"),
}
TIMED_LONG: Final[Mapping[str, Text]] = {
    Timed.CHECK: _("One check of one condition"),
    Timed.REVIEW: _("One review of an order"),
    Timed.END: _("One review that decides what becomes of the end"),
    Timed.HEARING: _("One hearing, with its papers and the way there"),
    Timed.NOTIFICATION: _("One notification, taken, acknowledged and verified"),
    Timed.WEEK: _("The week of a full-time post, for such work"),
}
GROUPS: Final[Mapping[str, Text]] = {
    Group.BEFORE: _("Officers in the year before they were trained"),
    Group.AFTER: _("Officers in the year from their training on"),
    Group.NEVER: _("Officers who were never trained"),
}
ASSUMED: Final = Status(_("Our assumption"), "yellow")

RECRUITING: Final[Mapping[str, Text]] = {
    RecruitingStep.MONEY_ASKED: _("Money asked for"),
    RecruitingStep.MONEY_REFUSED: _("Money refused"),
    RecruitingStep.AUTHORISED: _("Recruitment authorised"),
    RecruitingStep.ADVERTISED: _("Advertised"),
    RecruitingStep.INTERVIEWED: _("Interviews held"),
    RecruitingStep.OFFERED: _("Offered to somebody"),
    RecruitingStep.VETTED: _("Vetting finished"),
    RecruitingStep.START_AGREED: _("Day of starting agreed"),
    RecruitingStep.STOPPED: _("Recruitment stopped"),
}
NOT_RECRUITED: Final = Status(_("Nothing said of recruitment"), "red")
