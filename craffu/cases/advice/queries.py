"""Advice in a case, each question with its answer and what became of it."""

from dataclasses import dataclass

from django.db.models import QuerySet

from craffu.access.acting import Acting
from craffu.cases.advice.models import AdviceAnswered, AdviceAsked, AdviceFollowed
from craffu.cases.advice.rules import PRIVILEGED, Advice, Adviser, Followed, advice
from craffu.cases.models import Case
from craffu.common import lookups  # noqa: F401 (registers `one_of`)


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


def advice_about(by: Acting, case: Case | None, order: str = "") -> list[AdviceStands]:
    """All advice in a case or, named by its reference, about an order, the last asked first. Three queries."""
    about = {"case": case} | ({"about_order": order} if order else {})
    return _standing(by, AdviceAsked.objects.for_user(by).filter(**about))


def advice_in(by: Acting, case: Case) -> list[AdviceStands]:
    """All advice of a case, that about its orders too, the last asked first. Three queries."""
    return advice_about(by, case)


def every_advice(by: Acting) -> list[AdviceStands]:
    """All advice that was ever asked for, the last asked first, without a word of what was said. Three queries."""
    return _standing(by, AdviceAsked.objects.for_user(by), with_words=False)


def _standing(by: Acting, rows: QuerySet[AdviceAsked], *, with_words: bool = True) -> list[AdviceStands]:
    """What nobody asks for stays encrypted."""
    given = AdviceAnswered.objects.for_user(by).select_related("by")
    said = AdviceFollowed.objects.for_user(by).select_related("by").order_by("id")
    if not with_words:
        rows, given, said = rows.defer("question"), given.defer("words", "adviser"), said.defer("reason")
    asked = list(rows.select_related("by", "case").order_by("-number", "-id"))
    numbers = frozenset(one.pk for one in asked)
    answers = {one.asked_id: one for one in given.filter(asked__one_of=numbers)}
    followed = {one.asked_id: one for one in said.filter(asked__one_of=numbers)}
    return [AdviceStands(one, answers.get(one.pk), followed.get(one.pk)) for one in asked]


def find_advice(by: Acting, case: Case | None, number: int, order: str = "") -> AdviceStands | None:
    return next((one for one in advice_about(by, case, order) if one.asked.number == number), None)
