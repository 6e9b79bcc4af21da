"""What the page of the standing answer shows: each test with the figure that decides it, and what turned (SCR-13)."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from craffu.measures.kept.reading import Figure
from craffu.scrutiny.interviewing.kinds import ReviewQuestion
from craffu.scrutiny.models import StandingAnswer
from craffu.scrutiny.standing.queries import Standing, Tested
from craffu.scrutiny.standing.rules import Verdict
from craffu.web import cells
from craffu.web.court.words import day_words, instant_words
from craffu.web.deep_dives import words
from craffu.web.measures.naming import part_name
from craffu.web.presenters import Params
from craffu.web.profiles.words import number_words, percent_words
from craffu.web.recommendations.presenters import in_language
from craffu.web.scrutiny.words import REVIEW_QUESTIONS


def counts_words(found: Standing) -> str:
    told = {verdict: sum(one.verdict is verdict for one in found.tests) for verdict in Verdict}
    return _("Tests met: %(met)s. Not met: %(not_met)s. Too few cases: %(few)s.") % {
        "met": told[Verdict.MET], "not_met": told[Verdict.NOT_MET], "few": told[Verdict.TOO_FEW],
    }  # fmt: skip


def days_words(found: Standing) -> str:
    said = {"first": day_words(found.first), "last": day_words(found.last), "name": found.snapshot}
    return _("Of %(first)s to %(last)s, by snapshot %(name)s.") % said


def questions(found: Standing) -> list[tuple[str, Params]]:
    """Of each question its tests."""
    return [
        (
            str(REVIEW_QUESTIONS[one]),
            _tests(str(REVIEW_QUESTIONS[one]), [each for each in found.tests if each.asks.question is one]),
        )
        for one in (ReviewQuestion.SUPPORTED, ReviewQuestion.PREVENTED, ReviewQuestion.JUSTICE)
    ]


def _tests(caption: str, tests: Sequence[Tested]) -> Params:
    head: list[cells.Heading] = [_("Test"), _("Verdict"), _("Figure"), _("95% interval"), _("Where it is to be")]
    rows = [
        [
            cells.words(part_name(one.key)),
            cells.tag(
                words.VERDICTS[one.verdict].tag,
                _("One case more or fewer would turn it.") if _hangs_openly(one) else "",
            ),
            cells.words(_figure(one.figure)),
            cells.words(_interval(one.figure)),
            cells.words(words.TARGETS[one.asks.better] % {"share": percent_words(float(one.asks.target))}),
        ]
        for one in tests
    ]
    return cells.table(caption, head, rows, is_hidden=True)


def _hangs_openly(one: Tested) -> bool:
    """Of a figure that is hidden it would tell how many there are: one."""
    return one.hangs_on_one and one.figure is not None and not one.figure.is_hidden


def _figure(one: Figure | None) -> str:
    if one is None:
        return _("No figure")
    if one.is_hidden:
        return _("Not shown: a part of it is small")
    if one.numerator is None or one.denominator is None:
        return _("No figure: %(why)s") % {"why": one.note} if one.note else _("No figure")
    if not one.denominator:
        return _("No cases")
    told = {
        "part": number_words(one.numerator), "whole": number_words(one.denominator),
        "share": percent_words(one.numerator / one.denominator),
    }  # fmt: skip
    return _("%(part)s of %(whole)s (%(share)s)") % told


def _interval(one: Figure | None) -> str:
    if one is None or one.is_hidden or one.interval is None:
        return ""
    low, high = one.interval
    return _("%(low)s to %(high)s") % {"low": percent_words(low), "high": percent_words(high)}


def changes_table(found: Standing) -> Params | None:
    head: list[cells.Heading] = [_("Test"), _("When it was signed last"), _("Now")]
    rows = [
        [
            cells.words(part_name(one.key)),
            cells.tag(words.VERDICTS[one.before].tag),
            cells.tag(words.VERDICTS[one.now].tag),
        ]
        for one in found.changes
    ]
    return cells.table(_("What turned since the last answer"), head, rows, is_hidden=True) if rows else None


def signed_words(one: StandingAnswer) -> tuple[str, str]:
    """The words, and who signed them when."""
    said = {"name": one.by.name, "day": day_words(one.signed_on)}
    return in_language(one.words_en, one.words_cy), _("Signed by %(name)s on %(day)s.") % said


def log_table(signed: Sequence[StandingAnswer]) -> Params | None:
    head: list[cells.Heading] = [_("Signed"), _("The answer"), _("Verdicts"), _("Why a test turned"), _("Snapshot")]
    rows = [
        [
            cells.lines([day_words(one.signed_on), one.by.name, instant_words(one.known_from)]),
            cells.words(in_language(one.words_en, one.words_cy)),
            cells.lines(_verdicts(one)),
            cells.lines(f"{part_name(key)}: {why}" for key, why in one.causes.items()),
            cells.lines([one.snapshot, one.sha256[:12]]),
        ]
        for one in signed
    ]
    return cells.table(_("Every answer that was signed, the last first"), head, rows) if rows else None


def _verdicts(one: StandingAnswer) -> list[str]:
    return [
        f"{words.VERDICTS[verdict].words}: {sum(each['verdict'] == verdict for each in one.tests)}"
        for verdict in Verdict
    ]
