"""What the page of a case asks of it alone, at once, and then who the people in it are."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from craffu.access.acting import Acting
from craffu.access.later import Later, together
from craffu.access.reach.models import Placement
from craffu.access.reach.queries import placements_later
from craffu.access.rights_requests.queries import UseRestricted, restrictions_of_use
from craffu.cases.crime_queries import CrimeSaid, newest_crimes
from craffu.cases.models import Case, CaseReference, CaseRole, CaseStage
from craffu.cases.queries import references_of, roles_in, stages_of
from craffu.cases.story_queries import Newest, Noticed, Told, newest_told, noticed
from craffu.orders.models import Order
from craffu.orders.queries import orders_of_case
from craffu.people.models import Person
from craffu.people.queries import Identity, identities, whole_people
from craffu.web.cases.presenters import MOST_REFERENCES
from craffu.web.cases.recorded import MOST_CRIMES
from craffu.web.court.sources import Freshness, freshness_of_records


@dataclass(frozen=True, slots=True)
class CaseAsked:
    """The answers, as each function that is named like one gives it."""

    roles: Later[list[CaseRole]]
    stages: Later[list[CaseStage]]
    orders: Later[list[Order]]
    placements: Later[dict[str, Placement]]
    references: Later[tuple[list[CaseReference], int]]
    crimes: Later[tuple[tuple[CrimeSaid, ...], int]]
    newest: Later[Newest]
    noticed: Later[list[Noticed]]
    restrictions: Later[list[UseRestricted]]
    freshness: Later[Freshness]


def asked_of_case(by: Acting, told: Told, case: Case, *, sees_orders: bool) -> CaseAsked:
    """Ten queries, which PostgreSQL is asked in one message; orders are asked for where the reader may see them."""
    asked = CaseAsked(
        roles=roles_in.later(by, case.pk),
        stages=stages_of.later(by, case.pk),
        orders=orders_of_case.later(by, case.pk) if sees_orders else Later(list),
        placements=placements_later(by.force, "case", [case.reference], told.known_at),
        references=references_of(by, case.pk, MOST_REFERENCES),
        crimes=newest_crimes(by, case.pk, MOST_CRIMES, told.known_at),
        newest=newest_told(told),
        noticed=noticed(told),
        restrictions=restrictions_of_use(by),
        freshness=freshness_of_records(by),
    )
    together(*(getattr(asked, name) for name in CaseAsked.__slots__))
    return asked


def people_in(
    by: Acting, records: Collection[int], known_at: datetime | None
) -> tuple[dict[int, Person], dict[int, Identity]]:
    """The person of each of these records, and the identity of each person by their row number. Two queries."""
    whole = whole_people(by, records, known_at)
    people = {record: whole[record] for record in records if record in whole}
    whose = {record: person.pk for record, person in whole.items()}
    return people, identities(by, dict.fromkeys(people.values()), known_at, whose)
