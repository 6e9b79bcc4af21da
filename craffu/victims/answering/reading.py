"""Her answers as they are kept, read: the question's key and the choice."""

import json
from datetime import datetime

from craffu.access.acting import Acting
from craffu.victims.answering.facts import Answered
from craffu.victims.answering.kinds import SAFETY, Question
from craffu.victims.inviting.kinds import Purpose
from craffu.victims.inviting.trust import said_by_her
from craffu.victims.models import Answers, Sitting
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
    """What she answered to one invitation; None where nothing was. One query. Her words are for those who look after her.

    Of a survey that she does not want read beside her case only what her safety hangs on is.
    """
    rows = Answers.objects.for_user(by).filter(record__in=victim.records, invitation=invitation)
    row = rows.select_related("invitation").order_by("-id").first()
    if row is None:
        return None
    check_can_view_all(by)
    is_apart = row.may_be_linked is False
    answers = {one: said for one, said in answers_of(row).items() if not is_apart or one in SAFETY}
    return Answered(
        Purpose(row.invitation.purpose), row.language, row.given_at, row.is_whole, is_apart, answers,
        "" if is_apart else row.words,
    )  # fmt: skip
