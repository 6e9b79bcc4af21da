"""Advice in a case, each question with its answer and what became of it."""

from dataclasses import dataclass

from craffu.access.acting import Acting
from craffu.cases.advice.models import AdviceAnswered, AdviceAsked, AdviceFollowed
from craffu.cases.advice.rules import PRIVILEGED, Advice, Adviser, Followed, advice
from craffu.cases.models import Case


@dataclass(frozen=True, slots=True)
class AdviceStands:
    """One question, its answer and the last word on whether it was followed."""

    asked: AdviceAsked
    answer: AdviceAnswered | None
    followed: AdviceFollowed | None

    @property
    def is_privileged(self) -> bool:
        return Adviser(self.asked.adviser) in PRIVILEGED

    @property
    def stands(self) -> Advice:
        return advice(
            self.asked.known_from,
            self.answer.at if self.answer else None,
            Followed(self.followed.followed) if self.followed else None,
            self.followed.reason if self.followed else "",
        )


def advice_in(by: Acting, case: Case) -> list[AdviceStands]:
    """All advice of a case, the last asked first. Three queries."""
    asked = list(AdviceAsked.objects.for_user(by).filter(case=case).select_related("by", "case").order_by("-number"))
    answers = {
        one.asked_id: one for one in AdviceAnswered.objects.for_user(by).filter(asked__case=case).select_related("by")
    }
    said = AdviceFollowed.objects.for_user(by).filter(asked__case=case).select_related("by").order_by("id")
    followed = {one.asked_id: one for one in said}
    return [AdviceStands(one, answers.get(one.pk), followed.get(one.pk)) for one in asked]


def find_advice(by: Acting, case: Case, number: int) -> AdviceStands | None:
    return next((one for one in advice_in(by, case) if one.asked.number == number), None)
