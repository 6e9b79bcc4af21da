"""What the pages about risk show: the grade that stands and since when, what was found and observed, and who looks again."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from craffu.cases.risk.badge.rules import CaseStanding, Highest
from craffu.cases.risk.forms.models import RiskForm
from craffu.cases.risk.forms.rules import Question
from craffu.cases.risk.models import RiskAssessment, RiskEvent, RiskObservation, RiskSecondLook
from craffu.cases.risk.queries import CaseRisk, LookWaiting, Unassessed
from craffu.cases.risk.rules import Grade, Observed, Standing
from craffu.clocks.london import day_of
from craffu.web import cells
from craffu.web.court.words import day_words, instant_words
from craffu.web.presenters import Link, Params, Text
from craffu.web.risk.questions import Chosen, answer_words, title_of
from craffu.web.risk.words import (
    ASKS,
    GRADES,
    NOT_ASSESSED,
    OBSERVED,
    OUT_OF_DATE,
    REPLIES,
    SECOND_LOOK,
    TOLD_BY,
    TOLD_BY_RECORDS,
)
from craffu.web.statuses import Status

_HOUR = timedelta(hours=1)
_THREE_DAYS = timedelta(days=3)


def risk_link(case: str) -> Link:
    return Link(case, reverse("case_risk", kwargs={"case": case}))


def hours_words(age: timedelta) -> str:
    """Whole hours that have gone by."""
    hours = age // _HOUR
    if not hours:
        return _("less than an hour")
    return ngettext("%(number)s hour", "%(number)s hours", hours) % {"number": f"{hours:,}"}


def age_words(age: timedelta) -> str:
    """Whole hours, from three days on whole days: nobody reads a thousand hours at a door."""
    if age < _THREE_DAYS:
        return hours_words(age)
    return ngettext("%(number)s day", "%(number)s days", age.days) % {"number": f"{age.days:,}"}


def status_of(stands: Standing) -> Status:
    """The grade that stands, or that none does."""
    if stands.grade is not None:
        return GRADES[stands.grade]
    return NOT_ASSESSED if stands.last_grade is None else OUT_OF_DATE


def standing_words(stands: Standing, *, is_over: bool) -> str:
    """What the grade's standing means for whoever works by it (RSK-02)."""
    if is_over:
        return _("The case is over: nobody waits for an assessment")
    if stands.age is not None:
        waits = _("Waiting for %(age)s: clocks run as for high risk") % {"age": hours_words(stands.age)}
        if stands.last_grade is None:
            return waits
        return _("%(waits)s. The last grade was: %(grade)s") % {
            "waits": waits,
            "grade": GRADES[stands.last_grade].words,
        }
    if stands.due is not None:
        return _("To be assessed again by %(when)s") % {"when": instant_words(stands.due)}
    return ""


def badge(shown: Highest, *, names_case: bool) -> Params:
    """The grade at the head of a person's pages; of which case, where several stand otherwise and the reader sees cases."""
    one = shown.one
    said = _shown(one)
    if shown.differs and names_case:
        said = _("%(grade)s (case %(case)s)") % {"grade": said, "case": one.case}
    is_high = one.stands.clock_grade is Grade.HIGH
    return {"text": said, "classes": "moj-badge--red" if is_high else ""}


def _shown(one: CaseStanding) -> str:
    status, stands = status_of(one.stands).words, one.stands
    if stands.age is not None:
        if stands.last_grade is not None:
            status = _("%(status)s, last: %(grade)s") % {"status": status, "grade": GRADES[stands.last_grade].words}
        said = {"status": status, "age": age_words(stands.age)}
        return _("%(status)s, %(age)s: clocks run as high") % said
    day = day_words(day_of(one.graded_at)) if one.graded_at else ""
    return f"{status}, {one.tool or _('the force’s own system')}, {day}"


def summary(risk: CaseRisk, now: datetime) -> Params:
    """The grade that stands, who gave it, and what is due."""
    stands = risk.standing(now)
    rows: list[tuple[Text, Params]] = [
        (_("Risk grade"), cells.tag(status_of(stands).tag, standing_words(stands, is_over=risk.is_over))),
        (_("Case opened"), cells.words(instant_words(risk.opened_at))),
    ]
    if risk.last_here is not None:
        given = _("%(name)s, %(when)s, with %(tool)s %(version)s") % {
            "name": risk.last_here.assessor.name,
            "when": instant_words(risk.last_here.assessed_at),
            "tool": risk.last_here.tool,
            "version": risk.last_here.version,
        }
        rows.append((_("Last grade given by"), cells.words(given)))
        if risk.last_here.next_due:
            rows.append((_("Planned again for"), cells.words(day_words(risk.last_here.next_due))))
    elif risk.last is not None:
        sent = _("The force’s own system, %(when)s; with which tool, it did not say") % {
            "when": instant_words(risk.last.at)
        }
        rows.append((_("Last grade given by"), cells.words(sent)))
    return {"rows": [{"key": {"text": key}, "value": value} for key, value in rows]}


def look_words(risk: CaseRisk) -> str:
    """Why a second person must look at the last grade, and by when; empty where nobody must, or has."""
    look = risk.look
    if not look.waits or look.due is None:
        return ""
    facts = ", ".join(str(SECOND_LOOK[fact]) for fact in look.because)
    if risk.last_here is None:
        return _(
            "The force’s own system graded this standard, and there is: %(facts)s. Assess it here by %(when)s."
        ) % {"facts": facts, "when": instant_words(look.due)}
    return _("A second person looks at this standard grade by %(when)s, because of: %(facts)s.") % {
        "facts": facts,
        "when": instant_words(look.due),
    }


def assessments_table(assessments: Sequence[RiskAssessment], case: str) -> Params | None:
    """Assessments recorded here, the newest first, each with the way to what was answered."""
    head: list[cells.Heading] = [
        _("When"), _("Grade"), _("By"), _("With"), _("Document"), _("Facts and words"), _("Second look"),
    ]  # fmt: skip
    rows = [
        [
            cells.link(_assessment_link(case, one)),
            cells.tag(GRADES[one.grade].tag),
            cells.words(one.assessor.name),
            cells.lines([f"{one.tool} {one.version}", _("Licence %(licence)s") % {"licence": one.licence_ref}]),
            cells.words(one.document_ref),
            cells.lines(
                [*(SECOND_LOOK[fact] for fact in one.facts), one.words] if one.facts or one.words else [_("None")]
            ),
            cells.lines(_looks_said(one.second_looks.all())),
        ]
        for one in reversed(assessments)
    ]
    return cells.table(_("Assessments"), head, rows) if rows else None


def _assessment_link(case: str, one: RiskAssessment) -> Link:
    address = reverse("case_risk_assessment", kwargs={"case": case})
    return Link(instant_words(one.assessed_at), f"{address}?number={one.number}")


def forms_list(case: str, forms: Iterable[RiskForm], chosen: str) -> list[Link]:
    """The forms that an assessor may choose, but for the one that is chosen."""
    address = reverse("case_risk_assess", kwargs={"case": case})
    others = [
        Link(f"{form.tool} {form.version}", f"{address}?form={form.reference}")
        for form in forms
        if form.reference != chosen
    ]
    return [*others, Link(_("Another tool, on paper or in another system"), address)] if chosen else others


def form_words(chosen: Chosen) -> str:
    return _("Asked by %(tool)s %(version)s, licence %(licence)s. Craffu keeps the answers and adds nothing up.") % {
        "tool": chosen.tool,
        "version": chosen.version,
        "licence": chosen.licence_ref,
    }


def answers_list(answers: Iterable[tuple[Question, str]]) -> Params | None:
    """Each question with its answer, in the order of the form. Nothing adds them up."""
    rows = [
        {"key": {"text": title_of(question)}, "value": cells.words(answer_words(question, answer))}
        for question, answer in answers
    ]
    return {"rows": rows} if rows else None


def _looks_said(looks: Iterable[RiskSecondLook]) -> list[Text]:
    """Each look, with the facts beside which it was taken."""
    lines: list[Text] = []
    for look in looks:
        said = _("Agreed by %(name)s") if look.agrees else _("To be assessed again, says %(name)s")
        facts = [SECOND_LOOK[fact] for fact in look.facts or ()]
        lines += [said % {"name": look.by.name}, instant_words(look.at), *facts, look.words]
    return lines or [_("None")]


def observations_table(observations: Iterable[RiskObservation]) -> Params | None:
    """The last answer on each fact of which something was said, in the order of the list. No total (RSK-03)."""
    last = {one.fact: one for one in observations}
    head: list[cells.Heading] = [_("Fact"), _("Answer"), _("Who says so"), _("Of the day"), _("Recorded by")]
    rows = [
        [
            cells.words(OBSERVED[fact]),
            cells.lines([REPLIES[one.answer], one.value]),
            cells.words(one.source),
            cells.words(day_words(one.on)),
            cells.words(one.recorded_by.name),
        ]
        for fact in Observed
        if (one := last.get(fact.value))
    ]
    return cells.table(_("Observations"), head, rows, is_hidden=True) if rows else None


def not_observed(observations: Iterable[RiskObservation]) -> list[Text]:
    """The facts of which nothing was said."""
    said = {one.fact for one in observations}
    return [words for fact, words in OBSERVED.items() if fact not in said]


def _who_said(one: RiskEvent) -> Text:
    """Somebody by name, or the record that tells of it."""
    return one.recorded_by.name if one.recorded_by else TOLD_BY_RECORDS[one.kind]


def events_table(risk: CaseRisk, now: datetime) -> Params | None:
    """What asked for an assessment after the case was opened and where that is known from, the newest first.

    What lies ahead, as bail that is going to end, asks for nothing yet.
    """
    head: list[cells.Heading] = [_("What happened"), _("When"), _("In words"), _("Who says so")]
    happened = [
        *(
            (one.happened_at, one.kind, instant_words(one.happened_at), one.words, _who_said(one))
            for one in risk.events
        ),
        *((one.at, one.kind, instant_words(one.at), "", _("The force’s own system")) for one in risk.reports),
        *(
            (one.at, one.kind, day_words(one.day) if one.day else instant_words(one.at), "", TOLD_BY[one.source])
            for one in risk.told
        ),
    ]
    rows = [
        [cells.words(ASKS[kind]), cells.words(when), cells.words(said or _("None")), cells.words(source)]
        for at, kind, when, said, source in sorted(happened, key=lambda one: one[0], reverse=True)
        if at <= now
    ]
    return cells.table(_("What asked for an assessment"), head, rows) if rows else None


def unassessed_table(waiting: Iterable[Unassessed]) -> Params | None:
    """The queue of the unassessed, the longest waiting first."""
    head: list[cells.Heading] = [_("Case"), _("Why"), _("Since"), (_("Hours"), "numeric")]
    rows = [
        [
            cells.link(risk_link(one.reference)),
            cells.tag(status_of(one.stands).tag, _last_words(one.stands)),
            cells.words(instant_words(one.stands.waiting_since) if one.stands.waiting_since else ""),
            cells.number((one.stands.age or timedelta()) // _HOUR),
        ]
        for one in waiting
    ]
    return cells.table(_("Cases without a current grade"), head, rows, is_hidden=True) if rows else None


def _last_words(stands: Standing) -> str:
    if stands.last_grade is None:
        return ""
    return _("The last grade was: %(grade)s") % {"grade": GRADES[stands.last_grade].words}


def looks_table(waiting: Iterable[LookWaiting], now: datetime) -> Params | None:
    """Standard grades that a second person has still to look at, the first due first."""
    head: list[cells.Heading] = [_("Case"), _("Because of"), _("Graded by"), _("Look by")]
    late = {"text": _("Overdue"), "classes": "govuk-tag--red"}
    rows = [
        [
            cells.link(risk_link(one.assessment.case.reference)),
            cells.lines(SECOND_LOOK[fact] for fact in one.look.because),
            cells.words(one.assessment.assessor.name),
            cells.tag(late, instant_words(one.look.due))
            if one.look.due and now > one.look.due
            else cells.words(instant_words(one.look.due) if one.look.due else ""),
        ]
        for one in waiting
    ]
    return cells.table(_("Standard grades to look at again"), head, rows, is_hidden=True) if rows else None
