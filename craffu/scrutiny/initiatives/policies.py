"""When an initiative, a word on it and a figure may be recorded (C4)."""

from datetime import date
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from craffu.common.reasons import is_too_short
from craffu.common.refusals import Conflict, NotNow
from craffu.measures.definitions import shipped
from craffu.scrutiny.initiatives.facts import NewCourse, NewInitiative
from craffu.scrutiny.initiatives.kinds import Course
from craffu.scrutiny.initiatives.rules import NOT_OF_ITS_DAYS, Standing, Wrong, baseline_lacks

LACKS: Final[dict[Wrong, Promise]] = {
    Wrong.BACKWARDS: gettext_lazy("The last day lies before the first."),
    Wrong.LENGTH: gettext_lazy("Choose four weeks to two years: less says little, and over more other things change."),
    Wrong.BASELINE_NOT_BEFORE: gettext_lazy("A baseline ends before the initiative begins."),
    Wrong.EFFECT_BEFORE: gettext_lazy("An effect cannot come before the initiative. Begin on its first day or later."),
    Wrong.AHEAD: gettext_lazy("Those days are not over yet."),
}


def check_initiative_is_whole(given: NewInitiative) -> None:
    if not (given.title_en.strip() and given.title_cy.strip()):
        raise NotNow("one_language", _("Give its title in English and in Welsh."))
    if is_too_short(given.aim):
        raise NotNow("aim_too_short", _("Say what it is to reach, in ten characters or more."))
    if not given.owner.strip():
        raise NotNow("owner_missing", _("Say which post has it."))
    parts = {part.key for one in shipped().get(given.measure, ()) for part in one.parts}
    if given.measure in NOT_OF_ITS_DAYS or given.part not in parts:
        raise NotNow("measure_unknown", _("Choose a measure"))


def check_baseline(given: NewInitiative) -> None:
    check_period(baseline_lacks(given.baseline, given.begins_on))


def check_period(wrong: Wrong | None) -> None:
    if wrong is not None:
        raise NotNow(wrong.value, str(LACKS[wrong]))


def check_course(given: NewCourse, standing: Standing, begins_on: date, said: int, today: date) -> None:
    """Somebody said something since the form was opened; or nothing more is said of what has ended."""
    if given.version != said:
        raise Conflict("initiative_changed", _("Somebody else has added to it meanwhile. Read that first."))
    if is_too_short(given.words):
        raise NotNow("words_too_short", _("Say how it goes, in ten characters or more."))
    if standing is Standing.NOT_BEGUN:
        raise NotNow("never_began", _("It never began. Record another initiative."))
    if given.on > today:
        raise NotNow("said_to_come", _("That day has not come."))
    if given.course is Course.ENDED and given.on < begins_on:
        raise NotNow("ends_before", _("It cannot end before it began."))
    if given.course is Course.NOT_BEGUN and begins_on <= today and said:
        raise NotNow("begun_already", _("It was said how it goes. Say on which day it ended instead."))
