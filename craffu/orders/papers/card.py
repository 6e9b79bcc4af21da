"""What the card of a live order says, field by field, from everything recorded of it (ORD-18)."""

from dataclasses import dataclass
from typing import Any

from craffu.clocks.london import day_of
from craffu.orders.entering.rules import NATIONAL
from craffu.orders.life.states import LIVE
from craffu.orders.papers.rules import card_lacks
from craffu.orders.queries import OrderStory, entry_standing
from craffu.orders.reviewing.policies import REVIEWED

NONE = "none"


@dataclass(frozen=True, slots=True)
class Respondent:
    """Who the respondent is: named as the order names them, else as they are shown elsewhere; what nobody said is empty."""

    name: str = ""
    born: str = ""
    identifier: str = ""
    other_names: tuple[str, ...] = ()


def card_of(story: OrderStory, respondent: Respondent) -> dict[str, Any]:
    """The fields of the card."""
    order, standing = story.order, story.standing
    conditions = list(standing.conditions.all()) if standing else []
    served = next((one for one in reversed(story.attempts) if one.result == "served"), None)
    protects = {one.record_id: one.protects for one in story.protects}
    return {
        "type": order.kind,
        "court": order.court,
        "court_case_no": order.court_case_no,
        "made_on": order.made_at and day_of(order.made_at),
        "starts_on": order.takes_effect_at or order.made_at,
        "end_or_indefinite": order.last_day or order.is_indefinite,
        "respondent_name": respondent.name,
        "respondent_dob": respondent.born,
        "respondent_identifier": respondent.identifier,
        "protected_person_ref": any(protects.values()),
        "terms": bool(conditions),
        "language": standing.language if standing else "",
        "owner": story.owner is not None and story.owner.owner_id is not None,
        "locality_limit": (standing.locality or (NONE if standing.has_no_locality else "")) if standing else "",
        "next_review_on": _next_review(story),
        "national_system_recorded": entry_standing(story, NATIONAL) is not None,
        "term_periods": NONE if conditions else "",
        "served_at": order.served_at,
        "service_method": served.method if served else "",
        "service_proof": served.proof if served else "",
    }


def _next_review(story: OrderStory) -> Any:
    """Whether it is known when the order is next reviewed: from its service on, or by its end (REV-01). Some kinds never are."""
    order = story.order
    if story.kind.family not in REVIEWED:
        return NONE
    return order.served_at or order.aware_at or order.last_day


def lacks_of_card(story: OrderStory, respondent: Respondent) -> list[str]:
    """What the card lacks while the order lives; an order that is not made yet or is over has none."""
    if story.order.status not in LIVE:
        return []
    return card_lacks(story.kind, card_of(story, respondent), proven_aware=story.order.aware_at is not None)
