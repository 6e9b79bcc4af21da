"""What is told of an order in other systems' words: what a court made of it, without what is protected (VIC-09)."""

from craffu.access.acting import Acting
from craffu.clocks.london import day_of
from craffu.orders.models import Order
from craffu.orders.profiles.rules import Facts, Who
from craffu.orders.queries import story_of_order
from craffu.orders.scanning.queries import protected_of
from craffu.people.queries import identities, people_of_records
from craffu.people.scanning import without

WITHHELD = "[withheld]"


def facts_of(by: Acting, order: Order) -> Facts:
    """A draft is none of its words."""
    story = story_of_order(by, order)
    standing = story.made[-1] if story.made else None
    people = people_of_records(by, [order.respondent_id, *story.protected])
    bound = people.get(order.respondent_id)
    known = identities(by, [bound])[bound.pk] if bound else None
    hidden = protected_of(by, order)
    conditions = standing.conditions.all() if standing else ()
    served, begins = order.served_at, order.takes_effect_at or order.made_at
    return Facts(
        reference=order.reference,
        kind=order.kind,
        name=story.kind.name.en,
        statute=story.kind.statute,
        status=order.status,
        force=by.force.name_en,
        court=order.court,
        court_case_no=order.court_case_no,
        made_on=day_of(order.made_at) if order.made_at else None,
        begins_on=day_of(begins) if begins else None,
        last_day=order.last_day,
        served_on=day_of(served) if served else None,
        ended_on=day_of(order.ended_at) if order.ended_at else None,
        respondent=Who(known.reference, known.given_names, known.family_name, known.born_on, known.sex)
        if known
        else None,
        protected=tuple(dict.fromkeys(people[one].reference for one in story.protected if one in people)),
        conditions=tuple((one.number, without(one.words, hidden, WITHHELD)) for one in conditions),
    )
