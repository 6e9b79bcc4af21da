"""What is shown of how two reviewers agree: each question with its numbers, and where they differ what each answered (P30)."""

from collections.abc import Callable, Iterable, Mapping

from django.urls import reverse
from django.utils.translation import gettext as _

from craffu.access.models import User
from craffu.published.intervals import Interval
from craffu.scrutiny.agreeing.pairing import Agreed, compared_by
from craffu.scrutiny.agreeing.queries import Difference
from craffu.scrutiny.asking.form import CONFIDENCE, Form, Question
from craffu.scrutiny.asking.kinds import Scale
from craffu.scrutiny.asking.rules import WHOLE, Given
from craffu.scrutiny.claiming.sampled import Result
from craffu.scrutiny.models import Adjudicated
from craffu.web import cells
from craffu.web.presenters import Link, Params, Text
from craffu.web.profiles.words import percent_words, rate_words, said
from craffu.web.samples import words
from craffu.web.samples.opening import review_title
from craffu.web.samples.pack_presenters import repeat_words
from craffu.web.samples.review_forms import choices, short

# In an address, in place of a repeat: the case itself.
CASE = "case"


def repeat_of(part: str) -> str:
    return WHOLE if part == CASE else part


def agreement_table(form: Form, rows: Iterable[Agreed]) -> Params:
    """Each question that can be compared: how many answered, raw agreement, kappa and AC1, and whether it may be quoted."""
    head: list[cells.Heading] = [
        _("Question"), (_("Answered by both"), "numeric"), (_("Same answer"), "numeric"), (_("Kappa"), "numeric"),
        (_("AC1"), "numeric"), _("Most given"), _("Quoting"),
    ]  # fmt: skip
    table = [_row(form, form.question(one.question), one) for one in rows]
    return cells.table(_("Agreement by question"), head, table, is_hidden=True)


def results_table(results: Iterable[Result]) -> Params:
    """What the sample says of its frame, question by question: weighted by stratum, with its interval (SCR-05, SCR-06)."""
    head: list[cells.Heading] = [
        _("Question"), (_("Yes, of those assessed"), "numeric"), (_("In the whole frame"), "numeric"),
        (_("If none, or all, of the rest were yes"), "numeric"), _("Quoting"),
    ]  # fmt: skip
    rows = [
        [
            cells.lines([
                f"{short(one.question)} {said(one.question.words)}",
                _("Of how many cases it could be asked is estimated too.") if one.is_scaled else "",
            ]),
            _numeric([_("%(part)s of %(whole)s") % {"part": one.yes, "whole": one.number}]),
            _numeric(_estimated(one)),
            _numeric(_either_way(one)),
            cells.tag(words.QUOTABLE.tag) if one.may_be_quoted else cells.words(words.REWRITE),
        ]
        for one in results
    ]  # fmt: skip
    return cells.table(_("What the sample says"), head, rows, is_hidden=True)


def _estimated(one: Result) -> list[str]:
    if one.estimate is None:
        return [_("Too few to say")]
    return [percent_words(one.estimate.share), _between(one.estimate.interval, percent_words)]


def _either_way(one: Result) -> list[str]:
    low, high = one.assessed.if_all_were_no, one.assessed.if_all_were_yes
    if low is None or high is None or not one.assessed.not_assessable:
        return []
    return [_("%(low)s to %(high)s") % {"low": percent_words(low), "high": percent_words(high)}]


def _row(form: Form, question: Question, one: Agreed) -> list[Params]:
    name = f"{short(question)} {said(question.words)}"
    of = _("Each repeat by itself") if one.of_repeats else ""
    alone = _("Asked of one reviewer alone: %(number)s") % {"number": one.one_alone} if one.one_alone else ""
    found = one.agreement
    if found is None:
        blank = cells.words("")
        return [
            cells.lines([name, of, alone]),
            cells.number(0),
            blank,
            blank,
            blank,
            blank,
            cells.words(words.NOT_COMPARED),
        ]
    weighted = _("Weighted: %(value)s") % {"value": rate_words(one.weighted)} if one.weighted is not None else ""
    most = max(range(len(found.prevalence)), key=found.prevalence.__getitem__)
    return [
        cells.lines([name, of, alone]),
        cells.number(found.number),
        _numeric([percent_words(found.raw), _between(found.raw_interval, percent_words)]),
        _numeric([rate_words(found.kappa) if found.kappa is not None else _("None"), weighted]),
        _numeric([rate_words(found.ac1), _between(found.ac1_interval, rate_words)]),
        cells.lines([_named(form, question, one.answers[most]), percent_words(found.prevalence[most])]),
        cells.tag(words.QUOTABLE.tag) if one.may_be_quoted else cells.words(words.REWRITE),
    ]


def _numeric(lines: Iterable[Text]) -> Params:
    return {**cells.lines(lines), "format": "numeric"}


def _between(interval: Interval | None, in_words: Callable[[float], str]) -> str:
    if interval is None:
        return _("No interval: too few")
    return _("%(low)s to %(high)s") % {"low": in_words(interval[0]), "high": in_words(interval[1])}


def _named(form: Form, question: Question, answer: str) -> str:
    scale = compared_by(question)
    return answer_words(form, question, scale, answer) if scale is not None else answer


def answer_words(form: Form, question: Question, scale: Scale, answer: str) -> str:
    """One answer by one scale, as the form calls it; nothing of none."""
    return dict(choices(form, question, scale, [answer]))[answer] if answer else ""


def given_lines(form: Form, question: Question, given: Given) -> list[str]:
    """An answer whole: what was judged, where it is recorded, times, counts, words and evidence."""
    named = {one.key: said(one.words) for one in form.answers[Scale.AT]}
    lines = [answer_words(form, question, scale, given.by(scale)) for scale in question.scales]
    lines += [f"{said(one.words)}: {named.get(at, at)}" for one in question.times if (at := given.times.get(one.key))]
    lines += [
        f"{said(one.words)}: {named.get(number, number)}"
        for one in question.counts
        if (number := given.counts.get(one.key))
    ]
    if given.evidence:
        lines.append(_("Evidence: %(where)s") % {"where": given.evidence})
    if given.is_later:
        lines.append(_("It stands in what was entered after the frame froze"))
    sure = {one.key: said(one.words) for one in form.answers[CONFIDENCE]}
    if given.confidence:
        lines.append(_("How sure: %(confidence)s") % {"confidence": sure[given.confidence]})
    return [one for one in (*lines, given.text) if one]


def both_shown(form: Form, one: Difference) -> Params:
    first, second = one.both
    rows: list[tuple[Text, Params]] = [
        (
            _("First reviewer"),
            cells.lines([*given_lines(form, one.question, first), review_title(one.pair.first.reference)]),
        ),
        (
            _("Second reviewer"),
            cells.lines([*given_lines(form, one.question, second), review_title(one.pair.second.reference)]),
        ),
    ]
    return {"rows": [{"key": {"text": key}, "value": value} for key, value in rows]}


def differences_table(
    form: Form,
    sample: str,
    listed: Iterable[Difference],
    decided: Mapping[tuple[int, str, str], tuple[Given, Adjudicated]],
    *,
    may_decide: bool,
    user: User | None,
) -> Params | None:
    """Where the two differ, what each answered, and what was decided; None where they nowhere do."""
    head: list[cells.Heading] = [_("Case"), _("Question"), _("First reviewer"), _("Second reviewer"), _("Decided")]
    rows = []
    for one in listed:
        first, second = one.both
        rows.append([
            cells.words(str(one.number)),
            cells.lines([f"{short(one.question)} {said(one.question.words)}", repeat_words(one.question.level, one.repeat)]),
            cells.lines(given_lines(form, one.question, first)),
            cells.lines(given_lines(form, one.question, second)),
            _decided(form, sample, one, decided.get((one.number, one.question.id, one.repeat)), may_decide, user),
        ])  # fmt: skip
    return cells.table(_("Where they differ"), head, rows, is_hidden=True) if rows else None


def _decided(
    form: Form, sample: str, one: Difference, row: tuple[Given, Adjudicated] | None, may_decide: bool, user: User | None
) -> Params:
    if row is not None:
        given, by = row
        return cells.lines([*given_lines(form, one.question, given), by.reason, by.by.name])
    if not may_decide:
        return cells.words(_("Not decided yet"))
    if user in {one.pair.first.reviewer, one.pair.second.reviewer}:
        return cells.words(_("Not decided yet: you reviewed this case, so somebody else decides"))
    at = {"sample": sample, "number": one.number, "question": short(one.question), "repeat": one.repeat or CASE}
    about = _("%(question)s of case %(number)s") % {"question": short(one.question), "number": one.number}
    return cells.link_about(Link(_("Decide"), reverse("sample_adjudicate", kwargs=at)), about)
