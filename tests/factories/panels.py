"""A panel of volunteers with their training, and a case before it whose blind reviews are in."""

from collections.abc import Sequence
from datetime import date, timedelta

from craffu.access.acting import Acting
from craffu.clocks.london import day_of
from craffu.common import clock
from craffu.scrutiny.models import Panel, Sample
from craffu.scrutiny.panels.actions import declare, name_member, open_panel, put_case, record_training
from craffu.scrutiny.panels.facts import NewMatter, NewMember, NewPanel, NewTraining
from craffu.scrutiny.panels.kinds import Training

PANEL = NewPanel(
    "Local scrutiny panel",
    "Panel craffu lleol",
    "Judges closed cases of stalking",
    "Yn barnu achosion stelcio a gaewyd",
)


def trained(by: Acting, panel: str, volunteer: Acting, on: date | None = None) -> None:
    day = on or day_of(clock.now()) - timedelta(days=30)
    for one in Training:
        assert volunteer.user is not None
        record_training(by=by, panel=panel, given=NewTraining(volunteer.user.username, one, day))


def sitting(
    by: Acting, volunteers: Sequence[Acting], sample: Sample | None = None, *, are_declared: bool = True
) -> Panel:
    """PL-10001 where there was none: each of them sits on it and is trained, and the first case of a sample is before it.

    Nobody has an interest in that.
    """
    panel = open_panel(by=by, given=PANEL)
    for one in volunteers:
        assert one.user is not None
        given = NewMember(one.user.username, True, day_of(clock.now()))
        name_member(by=by, panel=panel.reference, given=given)
        trained(by, panel.reference, one)
    sample = sample or Sample.objects.for_system("a test").filter(seeded__isnull=False).order_by("id")[0]
    put_case(by=by, panel=panel.reference, given=NewMatter(sample.reference, 1))
    for one in volunteers if are_declared else ():
        declare(by=one, panel=panel.reference, number=1, is_interested=False)
    return panel
