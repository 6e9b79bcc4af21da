"""What stands in the way of drafted terms going to court: condition by condition, and what is asked of the whole (ORD-14)."""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from craffu.access.models import User
from craffu.orders.catalogue.kinds import Kind
from craffu.orders.conditions.rules import NO_BEHAVIOUR, Asked, Drafted, unanswered, why_not_accepted
from craffu.orders.effect.rules import Nature
from craffu.orders.facts import NewCondition
from craffu.orders.papers.rules import STALKING_ORDERS
from craffu.orders.queries import OrderStory

SUITABILITY: Final = "suitability_evidence"


def inputs_of(condition: Any) -> Mapping[str, str]:
    """What a condition was given beside its words: as it is stored, or as it was typed and is not stored yet."""
    if isinstance(condition.inputs, Mapping):
        return condition.inputs
    found: dict[str, str] = json.loads(condition.inputs) if condition.inputs else {}
    return found


def as_given(one: Any, approved_by: Any = None) -> NewCondition:
    """A condition that stands, to stand in a further version word for word."""
    return NewCondition(
        one.type, one.words, one.words_cy, one.is_requirement, inputs_of(one), one.behaviour, one.necessity, one.supervisor,
        one.first_day, one.last_day, one.library, approved_by or one.approved_by,
    )  # fmt: skip


def as_drafted(condition: Any, drafted_by: str | None) -> Drafted:
    """A stored condition as the rules ask about it."""
    approved = condition.approved_by
    return Drafted(
        condition.type,
        [condition.behaviour],
        {"supervisor": condition.supervisor, SUITABILITY: inputs_of(condition).get(SUITABILITY, "")},
        Nature.REQUIREMENT.value if condition.is_requirement else Nature.PROHIBITION.value,
        drafted_by,
        approved.username if approved is not None else None,
    )


def drafters_of(story: OrderStory, words: str) -> list[User]:
    """Whoever first put these words into a draft; whoever only added to it since did not draft them (ORD-14)."""
    held = (one for one in story.terms if any(each.words == words for each in one.conditions.all()))
    first = next(held, None)
    return [first.entered_by] if first is not None and first.entered_by is not None else []


def lacks_of_terms(kind: Kind, story: OrderStory) -> Iterator[str]:
    """`term2:requirements_not_allowed` and the like of the words that stand, each condition judged by who drafted its words.

    That no behaviour is named, the pack itself says (ORD-06).
    """
    for one in story.standing.conditions.all() if story.standing else ():
        drafter = next((each.username for each in drafters_of(story, one.words)), None)
        for why in why_not_accepted(kind, as_drafted(one, drafter)):
            if why != NO_BEHAVIOUR:
                yield f"term{one.number}:{why}"


def questions_of(kind: Kind) -> tuple[str, ...]:
    """What is asked of the whole of a stalking protection order before it goes to court."""
    return tuple(one.value for one in Asked) if kind.code in STALKING_ORDERS else ()


def lacks_of_answers(kind: Kind, answered: Iterable[str]) -> list[str]:
    """Of those questions the ones without an answer."""
    said = set(answered)
    if not questions_of(kind):
        return []
    return [f"asked:{one.value}" for one in unanswered({one: True for one in Asked if one.value in said})]
