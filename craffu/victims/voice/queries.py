"""What she said, what became of it, and when she withdrew; her words only for those who may read them (VIC-07, VIC-08)."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from craffu.access.acting import Acting
from craffu.common.edits import version_of
from craffu.common.refusals import allows
from craffu.victims.inviting.trust import said_by_her
from craffu.victims.models import View, ViewAnswered, Withdrawn
from craffu.victims.permissions import check_can_read_words
from craffu.victims.queries import Victim, standing
from craffu.victims.voice.subjects import MaySee, Route, Subject


@dataclass(frozen=True, slots=True)
class ViewStands:
    """One view of hers and the last answer to it. Of a view that is not for the reader, every word is left out.

    `case` is its case by reference, empty where it has none or that is none of those open to the reader.
    """

    number: int
    subject: Subject
    case: str
    language: str
    given_at: datetime
    route: Route
    may_see: tuple[MaySee, ...]
    notice_version: int
    notice_shown_at: datetime
    is_withheld: bool
    is_answered: bool
    told_at: datetime | None
    answer_version: str
    words: str = field(repr=False)
    decided: str = field(repr=False)
    why: str = field(repr=False)

    @property
    def waits_to_be_told(self) -> bool:
        """Something was decided and she was not told of it."""
        return self.is_answered and self.told_at is None


def views_of(by: Acting, victim: Victim) -> list[ViewStands]:
    """Everything she said, the last first. Two queries at most."""
    rows = said_by_her(by, View.objects.for_user(by).filter(record__in=victim.records))
    views = standing(rows.order_by("id"))
    answers = last_answers(by, victim.records) if views else {}
    found = [_stands(by, victim, one, answers.get(one.pk)) for one in views]
    return sorted(found, key=lambda one: (one.given_at, one.number), reverse=True)


def last_views(by: Acting, records: Iterable[int], subjects: Iterable[Subject]) -> dict[int, View]:
    """What was said last about any of these, by the record under which it is kept. One query.

    Of a view that is not for the reader the words are empty.
    """
    about = [one.value for one in subjects]
    rows = View.objects.for_user(by).filter(record__in=list(records), subject__in=about)
    views = said_by_her(by, rows).select_related("case")
    found = {}
    for one in sorted(standing(views.order_by("id")), key=lambda each: (each.given_at, each.pk)):
        if not allows(check_can_read_words, by, one.may_see):
            one.words = ""
        found[one.record_id] = one
    return found


def last_answers(by: Acting, records: Iterable[int]) -> dict[int, ViewAnswered]:
    """The last answer to each view, by the view's number. One query."""
    rows = ViewAnswered.objects.for_user(by).filter(record__in=list(records)).order_by("id")
    return {one.view_id: one for one in standing(rows)}


def _stands(by: Acting, victim: Victim, view: View, answer: ViewAnswered | None) -> ViewStands:
    may_see = tuple(one for one in MaySee if one in view.may_see)
    is_withheld = not allows(check_can_read_words, by, may_see)
    return ViewStands(
        number=view.pk,
        subject=Subject(view.subject),
        case=victim.cases.get(view.case_id or 0, ""),
        language=view.language,
        given_at=view.given_at,
        route=Route(view.route),
        may_see=may_see,
        notice_version=view.notice_version,
        notice_shown_at=view.notice_shown_at,
        is_withheld=is_withheld,
        is_answered=answer is not None,
        told_at=answer.told_at if answer is not None else None,
        answer_version=version_of(answer.pk if answer is not None else None),
        words="" if is_withheld else view.words,
        decided="" if is_withheld or answer is None else answer.decided,
        why="" if is_withheld or answer is None else answer.why,
    )


def withdrawals_of(by: Acting, victim: Victim) -> list[Withdrawn]:
    """When she said that she no longer supports an investigation, the last first. One query."""
    rows = Withdrawn.objects.for_user(by).filter(record__in=victim.records).select_related("recorded_by")
    return sorted(standing(rows.order_by("id")), key=lambda one: (one.on, one.pk), reverse=True)
