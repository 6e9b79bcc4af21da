"""What a program can ask about beside an order: a meeting, an initiative, champions, letters, and what keeps a victim safe."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Final

from craffu.access.acting import Acting
from craffu.access.models import User
from craffu.access.queries import acting_user
from craffu.clocks.london import day_of
from craffu.common import clock
from craffu.orders.models import Order
from craffu.people.queries import people_of_records
from craffu.victims.advocates.actions import name_advocate
from craffu.victims.advocates.facts import NewAdvocate
from craffu.victims.models import VictimLetter
from craffu.victims.safeguarding.actions import record_measure
from craffu.victims.safeguarding.facts import NewMeasure
from craffu.victims.safeguarding.kinds import Measure
from tests.factories.breaches import reported, send_incident
from tests.factories.initiatives import under_way
from tests.factories.letters import BY_LETTER, written, written_of_a_charge
from tests.factories.meetings import minuted
from tests.factories.priorities import scored_by
from tests.factories.staff import one_there
from tests.factories.victims import agreed

HER: Final = "P-10002"


def further(order: Order, system: Acting, make_user: Callable[..., User], folder: Path) -> dict[str, int]:
    """All of it, as several people do it. The numbers of her measure, her letter and the order's, by what they are of."""
    supervisor = acting_user(make_user("supervisor", username="further"))
    meets(order, system, supervisor, folder)
    lead = acting_user(make_user("workforce_lead", username="leads"))
    under_way(lead)
    one_there(system, lead)
    return looked_after(order, acting_user(make_user("victim_officer", username="cares")), make_user("advocate"))


def meets(order: Order, system: Acting, by: Acting, folder: Path) -> str:
    """A meeting whose minutes are approved, about whoever the order is against, with an action."""
    folder.mkdir(exist_ok=True)
    send_incident(system, folder, 7, home_office_class="8Q")
    person = people_of_records(by, [order.respondent_id])[order.respondent_id]
    reported(by, person.reference, clock.now(), order=order.reference, words="He waited at the gate")
    scored_by(by, clock.now())
    return minuted(by, by)


def looked_after(order: Order, by: Acting, advocate: User) -> dict[str, int]:
    """She agreed to letters; two are printed; something was done for her safety, and somebody speaks for her."""
    now = clock.now()
    agreed(by, HER, BY_LETTER)
    today = day_of(now)
    done = record_measure(
        by=by, victim=HER, given=NewMeasure(Measure.ALARM_OR_PHONE, today - timedelta(days=1), "Kept by the bed")
    )
    named = NewAdvocate("Non Siriol", "Byw Heb Ofn", today, today, advocate.username)
    name_advocate(by=by, victim=HER, given=named)
    letter = printed_for(by)
    of_order = written(replace(by, factor_at=now), order)
    return {"measure": done.pk, "victim": letter.pk, "order": of_order.printed_id}


def printed_for(by: Acting) -> VictimLetter:
    """A letter of a charge, fetched by whoever wrote it."""
    return written_of_a_charge(by, HER, clock.now(), is_taken=True)
