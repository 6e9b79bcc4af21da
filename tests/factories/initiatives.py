"""An initiative of the force, recorded six weeks before it begins, held against four weeks of orders that stood."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from craffu.access.acting import Acting
from craffu.clocks.london import day_of
from craffu.common import clock
from craffu.scrutiny.initiatives.actions import record_initiative, say_course
from craffu.scrutiny.initiatives.facts import NewCourse, NewInitiative
from craffu.scrutiny.initiatives.kinds import Course
from craffu.scrutiny.initiatives.rules import Period
from craffu.scrutiny.models import Initiative
from craffu.scrutiny.recommending.kinds import Matter


def initiative(begins_on: date, **said: Any) -> NewInitiative:
    """Whole, but for what is `said` otherwise."""
    before = Period(begins_on - timedelta(days=28), begins_on - timedelta(days=1))
    whole = NewInitiative(
        "A single register of orders", "Un gofrestr o orchmynion", "That no order is without somebody who manages it",
        Matter.MONITORING, "Head of Crime", begins_on, "MET11", "orders", before,
    )  # fmt: skip
    return replace(whole, **said)


def under_way(by: Acting, **said: Any) -> Initiative:
    """One that began two weeks ago, and of which was said how it goes."""
    today = day_of(clock.now())
    row = record_initiative(by=by, given=initiative(today - timedelta(days=14), **said))
    say_course(by=by, initiative=row.reference, given=NewCourse(Course.WORD, today, "Two teams have begun", 0))
    return row
