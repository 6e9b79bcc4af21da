"""Dip samples and their reviews in words: what a frame holds, steps, reasons, and the parts of a case's pack (P28 to P30)."""

from collections.abc import Mapping
from typing import Final

from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from craffu.scrutiny.asking.form import Missing
from craffu.scrutiny.models import Sample
from craffu.scrutiny.sampling.kinds import Frame, Strata
from craffu.scrutiny.sampling.rules import Allocation, Reason
from craffu.web.presenters import Text
from craffu.web.statuses import Status

FRAMES: Final[Mapping[str, Text]] = {
    Frame.STALKING_OPENED: _("Cases of stalking or harassment, by when they were first reported"),
    Frame.ORDERS_IN_FORCE: _("Orders in force on the day of freezing"),
}
STRATA: Final[Mapping[str, Text]] = {
    Strata.NONE: _("Not split"),
    Strata.AREA: _("By area (cases)"),
    Strata.KIND: _("By kind (orders)"),
}
ALLOCATIONS: Final[Mapping[str, Text]] = {
    Allocation.PROPORTIONAL: _("As large a share of each as of the whole"),
    Allocation.NEYMAN: _("More where answers vary more (Neyman)"),
}
REASONS: Final[Mapping[str, Text]] = {
    Reason.OUT_OF_SCOPE: _("Out of scope"),
    Reason.DUPLICATE: _("Duplicate"),
    Reason.REVIEWER_CONFLICT: _("Its reviewer has an interest in it"),
}
STRATUM: Final[Mapping[str, Text]] = {"all": _("Whole frame"), "no_area": _("No area recorded")}

PLANNED: Final = Status(_("Frame not frozen"), "yellow")
FROZEN: Final = Status(_("Reviewers not named"), "yellow")
NAMED: Final = Status(_("Waits for its seed"), "yellow")
SAME: Final = Status(_("The same cases, in the same order"), "green")
NOT_SAME: Final = Status(_("Not the same: quote nothing of it"), "red")
DRAWN: Final = Status(pgettext_lazy("sample", "Drawn"))

UNDECLARED: Final = Status(_("Interest not declared yet"), "yellow")
INTERESTED: Final = Status(_("Interest declared"), "orange")
OPEN: Final = Status(_("Under review"))
IN: Final = Status(pgettext_lazy("review", "Submitted"), "green")
REPLACED: Final = Status(pgettext_lazy("case of a sample", "Replaced"), "grey")
NO_SECOND: Final = _("No second review")

DONE: Final = Status(_("Answered"), "green")
NOT_ASKED: Final = Status(_("Nothing is asked"), "grey")

QUOTABLE: Final = Status(_("May be quoted"), "green")
REWRITE: Final = _("Rewrite question before quoting")
NOT_COMPARED: Final = _("Answered by both in no case")

# What an answer that was begun still lacks.
LACKS: Final[Mapping[str, Text]] = {
    Missing.ANSWER: _("an answer"),
    Missing.PLACE: _("where the record is"),
    Missing.TIME: _("a time, or why there is none"),
    Missing.COUNT: _("a number"),
    Missing.TEXT: _("your words"),
    Missing.EVIDENCE: _("where in the pack or the file it stands"),
    Missing.CONFIDENCE: _("how sure you are"),
}

# The parts of a pack, and what is known of each.
PARTS: Final[Mapping[str, Text]] = {
    "crime": _("Crime %(number)s"),
    "stage": _("Stage: %(number)s"),
    "assessment": _("Risk assessment %(number)s"),
    "event": _("New event %(number)s"),
    "option": _("Considered: %(number)s"),
    "order": _("Order %(number)s"),
    "trigger": _("Trigger %(number)s"),
    "breach": _("Possible breach %(number)s"),
}
KNOWN: Final[Mapping[str, Text]] = {
    "recorded_as": _("Recorded as"),
    "home_office_class": _("Home Office class"),
    "offence_title": _("Offence"),
    "reported_at": _("Reported"),
    "recorded_at": _("Recorded"),
    "occurred_from": _("Happened from"),
    "risk_grade": _("Risk grade"),
    "risk_graded_at": _("Graded"),
    "stage": _("Stage"),
    "flags": _("Marked"),
    "true_from": _("Since"),
    "tool": _("Tool"),
    "version": _("Version"),
    "grade": _("Grade"),
    "assessed_at": _("Assessed"),
    "kind": _("Kind"),
    "happened_at": _("Happened"),
    "outcome": _("Outcome"),
    "reason_code": _("Reason"),
    "review_on": _("To be looked at again"),
    "status": _("Status"),
    "trigger": _("What it was"),
    "at": _("When"),
    "order": _("Order"),
    "found_by": _("Told by"),
    "happened_from": _("Happened from"),
    "happened_to": _("Happened until"),
}


def sample_question(one: Sample) -> str:
    """What a sample is to answer, in the reader's language where it was written in it."""
    said: str = one.question_cy if one.question_cy and get_language() == "cy" else one.question
    return said
