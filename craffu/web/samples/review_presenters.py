"""What a reviewer is shown of their own reviews: which, how far, and what is still to be answered (P29)."""

from collections.abc import Collection, Iterable

from django.urls import reverse
from django.utils.translation import gettext as _

from craffu.clocks.london import day_of
from craffu.scrutiny.asking.form import Form, Question
from craffu.scrutiny.models import CaseReview
from craffu.scrutiny.reviewing.rules import review_by
from craffu.web import cells
from craffu.web.court.words import day_words, instant_words
from craffu.web.presenters import Link, Params
from craffu.web.profiles.words import said
from craffu.web.samples import words
from craffu.web.statuses import Status


def state_of(review: CaseReview) -> Status:
    """Of one's own review, and as whoever follows the sample sees it: never what was answered."""
    if hasattr(review, "submitted"):
        return words.IN
    if hasattr(review.case, "replaced"):
        return words.REPLACED
    if not hasattr(review, "interest"):
        return words.UNDECLARED
    return words.INTERESTED if review.interest.has_interest else words.OPEN


def is_awaited(review: CaseReview) -> bool:
    """Whether somebody still waits for it."""
    return state_of(review) in {words.UNDECLARED, words.OPEN}


def reviews_table(reviews: Iterable[CaseReview]) -> Params | None:
    head: list[cells.Heading] = [
        _("Review"), _("What it is to answer"), _("Given to you"), _("Review it by"), _("How far"),
    ]  # fmt: skip
    rows = [
        [
            cells.link(Link(one.reference, reverse("case_review", kwargs={"case_review": one.reference}))),
            cells.words(words.sample_question(one.case.sample)),
            cells.words(instant_words(one.known_from)),
            cells.words(day_words(review_by(day_of(one.known_from))) if is_awaited(one) else ""),
            cells.tag(state_of(one).tag),
        ]
        for one in reviews
    ]
    return cells.table(_("My reviews"), head, rows, is_hidden=True) if rows else None


def tasks(
    reference: str, form: Form, asked: Iterable[tuple[Question, str]], left: Collection[tuple[Question, str]]
) -> Params:
    """The sections of the form as a task list: each with how much of it is still to be answered."""
    open_ones = {question.section for question, _repeat in asked}
    items: list[Params] = []
    for section in form.sections:
        lacks = sum(question.section == section.key for question, _repeat in left)
        address = reverse("case_review_section", kwargs={"case_review": reference, "section": section.key})
        if section.key not in open_ones:
            status = words.NOT_ASKED
        elif lacks:
            status = Status(_("To answer: %(number)s") % {"number": lacks}, "yellow")
        else:
            status = words.DONE
        letter = f"{section.key}. " if len(section.key) == 1 else ""
        items.append({
            "title": {"text": f"{letter}{said(section.words)}"},
            "href": address if section.key in open_ones else None,
            "status": {"tag": status.tag},
        })  # fmt: skip
    return {"idPrefix": "section", "items": items}
