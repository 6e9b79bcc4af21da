"""What a victim needs, what was done for her, what she says and whom she names: one of each, as an officer records it."""

from dataclasses import dataclass
from datetime import timedelta

from craffu.access.acting import Acting
from craffu.clocks.london import day_of
from craffu.common import clock
from craffu.victims.advocates.actions import name_advocate
from craffu.victims.advocates.facts import NewAdvocate
from craffu.victims.safeguarding.actions import record_help, record_measure, record_need
from craffu.victims.safeguarding.facts import NewMeasure, NewNeed, NewStep
from craffu.victims.safeguarding.kinds import Answer, Help, Measure, Need, Step
from craffu.victims.voice.actions import record_view, record_withdrawal
from craffu.victims.voice.facts import NewView, NewWithdrawal
from craffu.victims.voice.rules import NOTICES, ReadersNotice
from craffu.victims.voice.subjects import NOTICE_VERSION, MaySee, Route, Subject


@dataclass(frozen=True)
class Spoken:
    """The row numbers of what was recorded."""

    measure: int
    view: int
    advocate: int


def spoken(
    by: Acting, victim: str, case: str, username: str = "", words: str = "Rwy’n ofni pob bore.\nNid yw’n ddigon."
) -> Spoken:
    """`words` are those of everything that is said; `username` is the account of the advocate."""
    now = clock.now()
    today = day_of(now)
    record_need(by=by, victim=victim, given=NewNeed(Need.CHILDREN, Answer.YES, today, words))
    measure = record_measure(by=by, victim=victim, given=NewMeasure(Measure.PATROLS, today, words))
    record_help(by=by, victim=victim, given=NewStep(Help.HOUSING, Step.OFFERED, today, words))
    notice = ReadersNotice(NOTICE_VERSION, "cy", now - timedelta(minutes=1), NOTICES[NOTICE_VERSION])
    said = NewView(Subject.ORDER, words, "cy", Route.TELEPHONE, notice, (MaySee.ORDERS_TEAM,), case)
    view = record_view(by=by, victim=victim, given=said)
    record_withdrawal(by=by, victim=victim, given=NewWithdrawal(case, today, not_explored_reason=words))
    named = NewAdvocate("Mair Lewis", "Llais y Dyffryn", today, today, username)
    return Spoken(measure.pk, view.pk, name_advocate(by=by, victim=victim, given=named).pk)
