"""What the auditor's pages show: acts as rows, who saw a record, unusual reading with the rule beside it."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _

from craffu.audit.questions import MOST_RECIPIENTS, Act, Question, Reader, has_more_recipients
from craffu.audit.rules import Purpose
from craffu.audit.unusual import LIMITS, Finding, Rule
from craffu.web import cells
from craffu.web.audit.reasons import reason_words
from craffu.web.audit.words import PURPOSES, VERBS, count_words, kind_words, purpose_of, ref_words, role_words
from craffu.web.court.words import day_words, instant_words
from craffu.web.presenters import Params, Text

SHOWN_AT_ONCE, MOST_SHOWN = 6, 60

type Names = Mapping[str, str]


def moment(at: str) -> str:
    """An instant of the log, in London."""
    return instant_words(datetime.fromisoformat(at))


def more_recipients(question: Question, force: str) -> str:
    """That not every recipient was looked for, where it is so."""
    if not has_more_recipients(question, force=force):
        return ""
    return _(
        "More than %(most)s recipients answer to what you wrote, and only the first %(most)s in the alphabet were looked for. "
        "Write more of the name."
    ) % {"most": MOST_RECIPIENTS}


def who_words(actor: str, names: Names) -> str:
    """The name of an account and what it signs in with; somebody without an account goes by the log's own name."""
    return f"{names[actor]} ({actor})" if actor in names else actor


def shown_refs(act: Act) -> tuple[str, ...]:
    """The references that a row of the answer shows."""
    return act.refs[:MOST_SHOWN]


def _unbroken(refs: Iterable[str]) -> str:
    return format_html_join(", ", '<span class="craffu-unbroken">{}</span>', ((ref_words(ref),) for ref in refs))


def _records(act: Act) -> Params:
    shown = shown_refs(act)
    first, more = shown[:SHOWN_AT_ONCE], shown[SHOWN_AT_ONCE:]
    if not more:
        return {"html": _unbroken(first)}
    unseen = len(act.refs) - len(shown)
    return {
        "html": format_html(
            '{}<details class="govuk-details craffu-more"><summary class="govuk-details__summary">'
            '<span class="govuk-details__summary-text">{}</span></summary>'
            '<div class="govuk-details__text">{} {}</div></details>',
            _unbroken(first),
            _("More records: %(number)s") % {"number": len(act.refs) - len(first)},
            ", ".join(ref_words(ref) for ref in more),
            _("Not shown here: %(number)s") % {"number": unseen} if unseen else "",
        )
    }


def _act_words(act: Act) -> Params:
    purpose = purpose_of(act.purpose)
    return cells.lines(
        [
            kind_words(act.kind),
            _("Purpose: %(purpose)s") % {"purpose": purpose} if purpose else "",
            _("Reason: %(reason)s") % {"reason": reason_words(act.kind, act.reason)} if act.reason else "",
            count_words(act.counts),
        ]
    )


def acts_table(acts: Sequence[Act], names: Names) -> Params | None:
    """Rows of the log; None where there is none."""
    head: list[cells.Heading] = [
        _("When"),
        _("Who, and in what role then"),
        _("What was done"),
        _("How"),
        _("Records"),
        _("Told or given to"),
    ]
    rows = [
        [
            cells.words(moment(act.at)),
            cells.lines([who_words(act.actor, names), role_words(act.role)]),
            cells.words(VERBS.get(act.verb, act.verb)),
            _act_words(act),
            _records(act) if act.refs else cells.words(_("None")),
            cells.words(act.recipient or _("Nobody")),
        ]
        for act in acts
    ]
    return cells.table(_("Rows of the log"), head, rows, is_hidden=True) if rows else None


def readers_table(readers: Sequence[Reader], names: Names) -> Params | None:
    """Who saw a record; None where nobody did."""
    head: list[cells.Heading] = [_("Who"), _("Role then"), (_("Times"), "numeric"), _("Last")]
    rows = [
        [
            cells.words(who_words(reader.actor, names)),
            cells.words(role_words(reader.role)),
            cells.number(reader.times),
            cells.words(moment(reader.last_at)),
        ]
        for reader in readers
    ]
    return cells.table(_("Who saw it"), head, rows) if rows else None


def purpose_words(purpose: Purpose) -> Text:
    return PURPOSES[purpose]


def question_said(question: Question) -> list[tuple[Text, Text]]:
    """What was asked, part by part, without those that ask for nothing."""
    said: list[tuple[Text, Text]] = [
        (_("Purpose"), purpose_words(question.purpose)),
        (_("Record reference"), ref_words(question.ref) if question.ref else ""),
        (_("Sign-in name"), question.actor),
        (_("What was done"), ", ".join(str(VERBS[verb]) for verb in question.verbs)),
        (_("From"), day_words(question.first)),
        (_("To"), day_words(question.last)),
        (_("Told or given to"), question.recipient),
    ]
    return [(key, value) for key, value in said if value]


def question_facts(question: Question) -> Params:
    """What was asked, as a summary list."""
    return {"rows": [{"key": {"text": key}, "value": {"text": value}} for key, value in question_said(question)]}


def _usual(number: float | None) -> str:
    return _("too few hours to compare") if number is None else f"{number:g}"


def _why(one: Finding) -> list[Text]:
    if one.rule is Rule.MANY_RECORDS:
        return [
            _("Different records looked at in this hour: %(number)s") % {"number": one.number},
            _("The user’s own middle hour in the 30 days before: %(number)s") % {"number": _usual(one.own)},
            _("Middle hour of others in the role: %(number)s") % {"number": _usual(one.others)},
        ]
    if one.rule is Rule.NEW_HOUR:
        return [_("Different records looked at in this hour: %(number)s") % {"number": one.number}]
    return [_("Refusals on this day: %(number)s") % {"number": one.number}]


def rule_words(rule: Rule) -> tuple[str, str]:
    """What a rule is called, and the rule itself in plain words."""
    if rule is Rule.MANY_RECORDS:
        said = _(
            "At least %(least)s different records in one hour, and more than %(times)s times the middle hour of the same "
            "user in the %(days)s days before and of others in the role."
        )
        numbers = {"least": LIMITS.many_records, "times": LIMITS.many_times, "days": LIMITS.compared_days}
        return _("Many records in an hour"), said % numbers
    if rule is Rule.NEW_HOUR:
        said = _(
            "At least %(least)s records at a time of day at which the user read nothing in the %(days)s days before, nor in "
            "the hour to either side. Only for users who read on at least %(fewest)s of those days."
        )
        numbers = {
            "least": LIMITS.new_hour_records,
            "days": LIMITS.compared_days,
            "fewest": LIMITS.new_hour_days,
        }
        return _("A new time of day"), said % numbers
    return _("Many refusals"), _("At least %(least)s refusals of one user on one day.") % {"least": LIMITS.refusals}


def findings_table(findings: Sequence[Finding], names: Names) -> Params | None:
    """What is worth a question, with the rule beside each; None where nothing is."""
    head: list[cells.Heading] = [
        _("When"),
        _("Who, and in what role then"),
        _("What was found"),
        _("Rule"),
    ]
    rows = [
        [
            cells.words(instant_words(one.at)),
            cells.lines([who_words(one.actor, names), role_words(one.role)]),
            cells.lines([rule_words(one.rule)[0], *_why(one)]),
            cells.words(rule_words(one.rule)[1]),
        ]
        for one in findings
    ]
    return cells.table(_("Questions to ask"), head, rows) if rows else None
