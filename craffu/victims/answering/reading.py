"""Her answers as they are kept, read: the question's key and the choice."""

import json
from collections.abc import Mapping
from datetime import datetime

from craffu.access.acting import Acting
from craffu.victims.answering.facts import Answered
from craffu.victims.answering.kinds import SAFETY, Question
from craffu.victims.inviting.kinds import Purpose, Step
from craffu.victims.inviting.trust import said_by_her
from craffu.victims.models import Answers, InvitationStep, Sitting
from craffu.victims.permissions import check_can_view_all
from craffu.victims.queries import Victim


def answers_of(row: Answers | Sitting) -> dict[str, str]:
    found: dict[str, str] = json.loads(row.answers) if row.answers else {}
    return found


def as_kept(answers: dict[str, str]) -> str:
    return json.dumps(answers, ensure_ascii=False)


def last_answered(by: Acting, victim: Victim) -> datetime | None:
    """When she was last asked about contact and answered; None where she never was. One query."""
    rows = said_by_her(by, Answers.objects.for_user(by).filter(record__in=victim.records)).order_by("-given_at")
    return next((one.given_at for one in rows if Question.CONTACT in answers_of(one)), None)


def answers_to(by: Acting, victim: Victim, invitation: int) -> Answered | None:
    """What she answered to one invitation; None where nothing was. Two queries. Her words are for those who look after her.

    Of a survey that she does not want read beside her case, or took back, only what her safety hangs on is.
    """
    rows = Answers.objects.for_user(by).filter(record__in=victim.records, invitation=invitation)
    row = rows.select_related("invitation").order_by("-id").first()
    if row is None:
        return None
    check_can_view_all(by)
    became = InvitationStep.objects.for_user(by).filter(invitation=invitation, step=Step.TAKEN_BACK)
    is_taken_back = became.exists()
    is_apart = row.may_be_linked is False or is_taken_back
    answers = {one: said for one, said in answers_of(row).items() if not is_apart or one in SAFETY}
    return Answered(
        Purpose(row.invitation.purpose), row.language, row.given_at, row.is_whole, is_apart, is_taken_back,
        texts_in(row) if is_taken_back else 0, answers, "" if is_apart else row.words,
    )  # fmt: skip


def beside_her_safety(answers: Mapping[str, str]) -> dict[str, str]:
    """What she answered that her safety does not hang on."""
    return {one: said for one, said in answers.items() if one not in SAFETY}


def texts_in(row: Answers) -> int:
    """How much of hers is kept that may be destroyed: her words, and what she answered beside her safety, each as one."""
    return bool(row.words) + bool(beside_her_safety(answers_of(row)))


def texts_left(by: Acting, invitation: int) -> int:
    """The same of whatever came by an invitation. One query."""
    return sum(map(texts_in, Answers.objects.for_user(by).filter(invitation=invitation)))
