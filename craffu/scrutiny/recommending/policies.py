"""When a report, a recommendation and an entry may be recorded (SCR-10)."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from craffu.common.reasons import is_too_short
from craffu.common.refusals import Conflict, NotNow
from craffu.measures.definitions import shipped
from craffu.scrutiny.recommending.facts import NewEntry
from craffu.scrutiny.recommending.rules import MOVES, Lacks, Status, entry_lacks

LACKS: Final[dict[Lacks, Promise]] = {
    Lacks.NOT_A_STEP: gettext_lazy("It cannot be said of a recommendation that stands as this one does."),
    Lacks.REASON: gettext_lazy("Say why, in ten characters or more."),
    Lacks.OWNER: gettext_lazy("Say which post has it to do."),
    Lacks.DUE: gettext_lazy("Say by which day it is to be done."),
    Lacks.EVIDENCE: gettext_lazy("Name the evidence on which it closes."),
    Lacks.METRIC: gettext_lazy("Its measure has not moved. Say why it closes all the same, or leave it open."),
}


def check_in_both_languages(*said: tuple[str, str]) -> None:
    if any(bool(english.strip()) != bool(welsh.strip()) for english, welsh in said):
        raise NotNow("one_language", _("Write it in English and in Welsh, or in neither: it is published in both."))


def check_measure(code: str) -> None:
    if code.strip() and code.strip() not in shipped():
        raise NotNow(
            "no_such_measure", _("There is no measure of that code. Write one such as MET16, or leave it empty.")
        )


def check_published(published_on: date, today: date) -> None:
    if published_on > today:
        raise NotNow("not_published_yet", _("It is not published yet. Record it on its day."))


def check_number_is_new(number: str, taken: Collection[str]) -> None:
    if number in taken:
        raise Conflict("number_taken", _("The report has a recommendation of this number. Nothing was changed."))


def check_not_held(*, is_held: bool) -> None:
    if is_held:
        raise Conflict("report_held", _("These recommendations are in the register. Nothing was changed."))


def check_version(given: NewEntry, log: Sequence[object]) -> None:
    """Somebody said something since the form was opened."""
    if given.version != len(log):
        raise Conflict("recommendation_changed", _("Somebody else has added to it meanwhile. Read that first."))


def check_days(given: NewEntry, today: date) -> None:
    if given.said_on > today:
        raise NotNow("said_to_come", _("Give the day on which it was said. That day has not come."))
    due = given.entry.due_on
    if due is not None and due < given.said_on:
        raise NotNow("due_before", _("It is to be done by a day before it was said. Correct one of the two days."))


def check_whole(given: NewEntry, before: Status, measure: str) -> None:
    """Each lack has its own answer; the first is said."""
    entry = given.entry
    if entry.status not in MOVES[before]:
        raise NotNow(Lacks.NOT_A_STEP, str(LACKS[Lacks.NOT_A_STEP]))
    for lack in entry_lacks(entry):
        if lack is not Lacks.METRIC or is_too_short(given.exception):
            raise NotNow(lack, str(LACKS[lack]))
    if entry.reason and is_too_short(entry.reason):
        raise NotNow(Lacks.REASON, str(LACKS[Lacks.REASON]))
    if entry.status is Status.CLOSED and measure and entry.metric_met is None:
        raise NotNow("metric_unsaid", _("It names a measure. Say whether that has moved to where it was to be."))
