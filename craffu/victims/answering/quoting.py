"""What victims wrote on the safe page of how they were treated, where they agreed to be quoted (M5, VIC-08, VIC-11).

Whoever asks learns neither whose words they are nor of which case.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from craffu.access.acting import Acting, acting_system
from craffu.clocks.london import day_of
from craffu.victims.answering.kinds import YES, Question
from craffu.victims.answering.reading import answers_of
from craffu.victims.inviting.kinds import Purpose, Step
from craffu.victims.inviting.trust import said_by_her
from craffu.victims.models import Answers, Invitation, InvitationStep

# So many are offered, the last first.
MOST_OFFERED: Final = 200


@dataclass(frozen=True, slots=True)
class MayBeQuoted:
    """Words by the number of the invitation that they answer, after which stage of her case, and when they were sent."""

    number: int
    occasion: str
    on: date
    language: str
    words: str = field(repr=False)


def records_invited(by: Acting, numbers: Iterable[int]) -> list[int]:
    """The records of whoever these invitations were to: to compare what is printed with, never to show. One query."""
    system = acting_system(by.force, by.actor.name).joining()
    rows = Invitation.objects.for_user(system).filter(pk__in=sorted(set(numbers))).order_by()
    return sorted(set(rows.values_list("record_id", flat=True)))


def may_be_quoted(by: Acting, numbers: Iterable[int] | None = None) -> list[MayBeQuoted]:
    """Those that may be quoted now, the last first, or of these numbers alone. Two queries.

    Not where she took her answers back or somebody else had used her invitation, nor of a survey of another system: that asked
    whether answers may be read beside her case, and not whether they may be printed.
    """
    back = InvitationStep.objects.for_user(by).filter(step=Step.TAKEN_BACK).values("invitation")
    rows = said_by_her(by, Answers.objects.for_user(by).filter(invitation__purpose=Purpose.SURVEY, is_whole=True))
    rows = rows.exclude(invitation__in=back).select_related("invitation").order_by("-given_at", "-id")
    wanted: Any = rows[:MOST_OFFERED] if numbers is None else rows.filter(invitation__in=list(numbers))
    return [
        MayBeQuoted(one.invitation_id, one.invitation.occasion, day_of(one.given_at), one.language, one.words)
        for one in wanted
        if one.words and answers_of(one).get(Question.QUOTED) == YES
    ]
