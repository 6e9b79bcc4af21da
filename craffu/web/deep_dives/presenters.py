"""What the pages of a deep dive show: how it stands, its plan and people, what it rests on, and which claims hold (P31, P32)."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from craffu.scrutiny.claiming.facts import NewClaim, NewFinding
from craffu.scrutiny.claiming.kinds import Evidence
from craffu.scrutiny.claiming.queries import Attached, Claimed, Found
from craffu.scrutiny.claiming.rules import FEW, Doubt, Stands, Why
from craffu.scrutiny.deep_dives.facts import NewRecommended
from craffu.scrutiny.deep_dives.queries import Dive
from craffu.scrutiny.models import DiveClaim, DiveCorrection, DiveFinding, DiveRecommended, DiveStep, Recommendation
from craffu.scrutiny.publishing.rules import Publication
from craffu.web import cells
from craffu.web.court.words import day_words, instant_words
from craffu.web.deep_dives import words
from craffu.web.deep_dives.figures import days_of, inside, title_of
from craffu.web.edits import both_versions
from craffu.web.presenters import Link, Params, Text
from craffu.web.profiles.words import number_words
from craffu.web.recommendations.presenters import in_language
from craffu.web.recommendations.presenters import title_of as report_title
from craffu.web.recommendations.words import MATTERS
from craffu.web.scrutiny.words import REVIEW_QUESTIONS
from craffu.web.statuses import Status
from craffu.web.victims.words import OCCASIONS

# Of a hash so much is shown where it only has to be told from another.
_SHORT = 12


def dive_title(one: Dive) -> str:
    return in_language(one.row.title_en, one.row.title_cy)


def list_table(every: Sequence[Dive]) -> Params | None:
    head: list[cells.Heading] = [_("Deep dive"), _("What is asked"), _("How it stands"), _("Days it is about")]
    rows = [
        [
            cells.link(
                Link(f"{one.row.reference} {dive_title(one)}", reverse("deep_dive_detail", args=[one.row.reference]))
            ),
            cells.words(in_language(one.row.question_en, one.row.question_cy)),
            cells.tag(words.STEPS[one.status].tag),
            cells.words(_between(one.row.first, one.row.last)),
        ]
        for one in every
    ]
    return cells.table(_("Deep dives, the last opened first"), head, rows, is_hidden=True) if rows else None


def _between(first: date, last: date) -> str:
    return _("%(first)s to %(last)s") % {"first": day_words(first), "last": day_words(last)}


def facts(one: Dive, found: Found, stands_on: str) -> Params:
    row = one.row
    holding = len(found.claims) - len(found.not_holding)
    rows: list[tuple[Text, Params]] = [
        (_("How it stands"), cells.tag(words.STEPS[one.status].tag)),
        (_("What is asked"), cells.words(in_language(row.question_en, row.question_cy))),
        (_("Terms of reference"), cells.words(in_language(row.terms_en, row.terms_cy))),
        (_("Days it is about"), cells.words(_between(row.first, row.last))),
        (_("Snapshot that stands"), cells.words(stands_on or _("None"))),
        (
            _("Claims that hold"),
            cells.words(_("%(part)s of %(whole)s") % {"part": holding, "whole": len(found.claims)}),
        ),
        (_("Opened by"), cells.lines([row.by.name, instant_words(row.known_from)])),
    ]
    return {"rows": [{"key": {"text": key}, "value": value} for key, value in rows]}


def plan_table(one: Dive, today: date) -> Params | None:
    head: list[cells.Heading] = [_("Method"), _("What is done"), _("By which day"), _("How far")]
    rows = [
        [
            cells.words(words.METHODS[each.method]),
            cells.words(each.words),
            cells.words(day_words(each.due_on)),
            cells.tag(_how_far(is_done=each.is_done, due_on=each.due_on, today=today).tag),
        ]
        for each in one.planned
    ]
    return cells.table(_("Methods and timetable"), head, rows, is_hidden=True) if rows else None


def _how_far(*, is_done: bool, due_on: date, today: date) -> Status:
    if is_done:
        return Status(words.DONE["yes"], "green")
    return Status(_("Overdue"), "red") if due_on < today else Status(words.DONE["no"], "grey")


def people_table(one: Dive) -> Params | None:
    head: list[cells.Heading] = [_("Who"), _("What they do in it"), _("Interest")]
    rows = [
        [
            cells.words(each.person.name),
            cells.words(each.part),
            cells.words(each.interest if each.has_interest else _("None declared")),
        ]
        for each in one.people
    ]
    return cells.table(_("People and their interests"), head, rows, is_hidden=True) if rows else None


def evidence_table(found: Found) -> Params | None:
    head: list[cells.Heading] = [
        _("Number"), _("What it is"), _("Figure"), _("Of how many"), _("95% interval"), _("Asked of"), _("Worked out again"),
    ]  # fmt: skip
    rows = []
    for one in found.evidence.values():
        said = inside(one.row)
        rows.append([
            cells.words(f"E{one.row.number}"),
            cells.lines([title_of(one.row), words.EVIDENCE[one.row.kind], _source(one), days_of(one.row)]),
            cells.words(said.value),
            cells.words(said.number),
            cells.words(said.interval),
            cells.lines([words.asked_of(one.row.snapshot), one.row.sha256[:_SHORT]]),
            cells.tag(again(one).tag, _newer(one)),
        ])  # fmt: skip
    return cells.table(_("Evidence"), head, rows, is_hidden=True) if rows else None


def _source(one: Attached) -> str:
    row = one.row
    if row.kind == Evidence.QUOTE:
        return row.part
    if row.kind == Evidence.SURVEY:
        return str(OCCASIONS.get(row.part, row.part))
    return f"{row.source} {row.part}{row.of_what}".strip()


def again(one: Attached) -> Status:
    if not one.is_open:
        return Status(_("Not open to you"), "grey")
    if not one.may_be_quoted:
        return Status(_("Not to be quoted"), "red")
    if one.reproduces is None:
        return words.STANDS[Stands.NOT_CHECKED]
    return Status(_("The same"), "green") if one.reproduces else words.STANDS[Stands.NOT_REPRODUCED]


def _newer(one: Attached) -> str:
    if one.newer is None or one.newer.value is None:
        return ""
    count, of = one.newer.count, one.newer.of
    told = "" if count is None else number_words(count) if of is None else f"{number_words(count)} / {number_words(of)}"
    return _("Now %(figure)s") % {"figure": told or number_words(round(one.newer.value, 4))}


def findings_table(dive: str, found: Found) -> Params | None:
    head: list[cells.Heading] = [
        _("Finding"),
        _("Which question it answers"),
        _("What was found"),
        _("Claims that hold"),
    ]
    rows = []
    for one in found.findings:
        claims = found.claims_of(one.number)
        holding = sum(each.stands is Stands.HOLDS for each in claims)
        at = reverse("deep_dive_finding", args=[dive, one.number])
        rows.append([
            cells.link(Link(_("Finding %(number)s") % {"number": one.number}, at)),
            cells.words(REVIEW_QUESTIONS[one.serves]),
            cells.words(in_language(one.text_en, one.text_cy)),
            cells.words(_("%(part)s of %(whole)s") % {"part": holding, "whole": len(claims)}),
        ])  # fmt: skip
    return cells.table(_("Findings"), head, rows, is_hidden=True) if rows else None


def recommended_table(one: Dive, before: Mapping[int, Sequence[Recommendation]]) -> Params | None:
    """`before` is by number what reports recommend already of the same matter or measure (SCR-10)."""
    head: list[cells.Heading] = [
        _("Number"), _("What it is about"), _("What is recommended"), _("Measure"), _("Recommended before"),
    ]  # fmt: skip
    rows = [
        [
            cells.words(f"R{each.number}"),
            cells.words(MATTERS[each.matter]),
            cells.words(in_language(each.text_en, each.text_cy)),
            cells.lines([each.measure or _("None"), each.target]),
            cells.lines([f"{held.reference} {report_title(held.report)}" for held in before.get(each.number, ())]),
        ]
        for each in one.recommended
    ]
    return cells.table(_("Recommendations"), head, rows, is_hidden=True) if rows else None


def claims_table(dive: str, finding: int, claims: Sequence[Claimed], *, may_write: bool) -> Params | None:
    head: list[cells.Heading] = [
        _("Claim"), _("Sentence"), _("Kind"), _("Evidence"), _("Figure"), _("How it stands"), _("What must be said beside it"),
    ]  # fmt: skip
    rows = [
        [
            cells.link(Link(str(one.row.number), reverse("deep_dive_claim", args=[dive, finding, one.row.number])))
            if may_write
            else cells.words(str(one.row.number)),
            cells.words(in_language(one.row.text_en, one.row.text_cy)),
            cells.words(words.CLAIMS[one.row.kind]),
            cells.lines(_evidence(each) for each in (one.evidence, one.beside) if each is not None),
            cells.lines(_figures(one)),
            cells.tag(words.STANDS[one.stands].tag),
            cells.lines([*_beside(one)] or [_("Nothing")]),
        ]
        for one in claims
    ]
    return cells.table(_("Claims"), head, rows, is_hidden=True) if rows else None


def _evidence(one: Attached) -> str:
    return f"E{one.row.number} {title_of(one.row)}, {days_of(one.row)}"


def _figures(one: Claimed) -> Iterator[str]:
    for each in (one.evidence, one.beside):
        if each is not None:
            said = inside(each.row)
            yield ", ".join(part for part in (said.value, said.number, said.interval, _newer(each)) if part)


def _beside(one: Claimed) -> Iterator[str]:
    for why, of in one.refusals:
        yield f"{words.WHYS[why]}: {of}" if of and why is not Why.DOES_NOT_REPRODUCE else str(words.WHYS[why])
    causes = {each["text_en"]: (in_language(each["text_en"], each["text_cy"]), each["on"]) for each in one.row.causes}
    for doubt, of in one.doubts:
        if doubt is Doubt.CAUSE_AFTER:
            told, on = causes[of]
            began = day_words(date.fromisoformat(on))
            yield f"{words.DOUBTS[doubt]}: {told}, {began}"
        elif of:
            yield f"{words.DOUBTS[doubt]}: {of}"
        else:
            yield str(words.DOUBTS[doubt])


def versions_table(versions: Sequence[DiveClaim]) -> Params:
    head: list[cells.Heading] = [_("Sentence"), _("Evidence"), _("Cause given"), _("Does it stand?"), _("Written by")]
    rows = [
        [
            cells.words(in_language(one.text_en, one.text_cy)),
            cells.words(f"E{one.evidence.number}"),
            cells.lines(in_language(each["text_en"], each["text_cy"]) for each in one.causes),
            cells.words(_("Withdrawn") if one.is_withdrawn else _("It stands")),
            cells.lines([one.by.name, instant_words(one.known_from)]),
        ]
        for one in versions
    ]
    return cells.table(_("Every word of it, the last first"), head, rows)


def finding_versions_table(versions: Sequence[DiveFinding]) -> Params:
    head: list[cells.Heading] = [_("What was found"), _("Question"), _("Does it stand?"), _("Written by")]
    rows = [
        [
            cells.words(in_language(one.text_en, one.text_cy)),
            cells.words(REVIEW_QUESTIONS[one.serves]),
            cells.words(_("Withdrawn") if one.is_withdrawn else _("It stands")),
            cells.lines([one.by.name, instant_words(one.known_from)]),
        ]
        for one in versions
    ]
    return cells.table(_("Every word of it, the last first"), head, rows)


def both_findings(last: DiveFinding, given: NewFinding) -> Params:
    """The words that somebody else wrote meanwhile, and those that were given (T30)."""
    return both_versions([
        (_("Question"), REVIEW_QUESTIONS[last.serves], REVIEW_QUESTIONS[given.serves]),
        (_("In English"), last.text_en, given.text_en),
        (_("In Welsh"), last.text_cy, given.text_cy),
        (_("Does it stand?"), _stands_words(last), _stands_words(given)),
    ])  # fmt: skip


def both_claims(last: DiveClaim, given: NewClaim) -> Params:
    """The same of a claim."""
    causes = [f"{one['text_en']} / {one['text_cy']}, {day_words(date.fromisoformat(one['on']))}" for one in last.causes]
    yours = [f"{one.text_en} / {one.text_cy}, {day_words(one.on)}" for one in given.causes]
    beside = last.beside.number if last.beside else None
    return both_versions([
        (_("In English"), last.text_en, given.text_en),
        (_("In Welsh"), last.text_cy, given.text_cy),
        (_("Kind"), words.CLAIMS[last.kind], words.CLAIMS[given.kind]),
        (_("Evidence"), f"E{last.evidence.number}", f"E{given.evidence}"),
        (_("Which it compares with"), _named([beside]), _named([given.beside])),
        (_("Which bears it out"), _named(last.bears_out), _named(sorted(given.bears_out))),
        (_("Which speaks against it"), _named(last.against), _named(sorted(given.against))),
        (_("Cause given"), "; ".join(causes), "; ".join(yours)),
        (_("Does it stand?"), _stands_words(last), _stands_words(given)),
    ])  # fmt: skip


def both_recommended(recommended: Iterable[DiveRecommended], given: NewRecommended) -> Params:
    """The same of what is to be recommended."""
    last = next(one for one in recommended if one.number == given.number)
    return both_versions([
        (_("What it is about"), MATTERS[last.matter], MATTERS[given.matter]),
        (_("In English"), last.text_en, given.text_en),
        (_("In Welsh"), last.text_cy, given.text_cy),
        (_("Measure"), last.measure, given.measure),
        (_("Where that measure is to be"), last.target, given.target),
    ])  # fmt: skip


def _named(evidence: Iterable[int | None]) -> str:
    return ", ".join(f"E{one}" for one in evidence if one)


def _stands_words(one: DiveFinding | NewFinding | DiveClaim | NewClaim) -> Text:
    return _("Withdrawn") if one.is_withdrawn else _("It stands")


def steps_table(steps: Iterable[DiveStep]) -> Params:
    head: list[cells.Heading] = [_("Day"), _("Step"), _("Words"), _("SHA-256 of the text"), _("Recorded")]
    rows = [
        [
            cells.words(day_words(one.on)),
            cells.tag(words.STEPS[one.status].tag),
            cells.lines([one.post, one.words]),
            cells.words(one.sha256[:_SHORT]),
            cells.lines([one.by.name, instant_words(one.known_from)]),
        ]
        for one in steps
    ]
    return cells.table(_("What became of it"), head, rows, is_hidden=True)


def corrections_table(dive: str, corrections: Sequence[DiveCorrection], *, may_answer: bool) -> Params | None:
    head: list[cells.Heading] = [_("Number"), _("What the force asks to have corrected"), _("What became of it")]
    rows = []
    for one in corrections:
        if hasattr(one, "answered"):
            told = cells.lines(
                [
                    words.TAKEN["yes" if one.answered.is_taken else "no"],
                    in_language(one.answered.reason, one.answered.reason_cy or one.answered.reason),
                ]
            )
        elif may_answer:
            said = _("Answer correction %(number)s") % {"number": one.number}
            told = cells.link(Link(said, reverse("deep_dive_correction", args=[dive, one.number])))
        else:
            told = cells.words(_("Not answered yet"))
        rows.append([cells.words(str(one.number)), cells.words(one.words), told])
    return cells.table(_("Corrections that the force asks for"), head, rows) if rows else None


def waits(found: Publication | None) -> str:
    """What the report still waits for, once a draft is with the force."""
    if found is None:
        return ""
    if found.no_reply:
        return _("No reply by %(day)s: it may be published, and says so.") % {"day": day_words(found.reply_by)}
    return _("The force’s reply is due by %(day)s.") % {"day": day_words(found.reply_by)}


def checks(found: Found) -> list[str]:
    """What stands in the way of publishing, or that nothing does."""
    told = [
        _("Claims: %(number)s. Not holding: %(not_holding)s.")
        % {"number": len(found.claims), "not_holding": len(found.to_mend)}
    ]
    if found.shut:
        numbers = ", ".join(str(one.row.number) for one in found.shut)
        told.append(
            _("Resting on what is not open to you: claims %(numbers)s. A scrutiny officer looks at them.")
            % {"numbers": numbers}
        )
    few = sum(any(doubt is Doubt.FEW for doubt, _of in one.doubts) for one in found.claims)
    told.append(_("Resting on fewer than %(few)s cases: %(number)s.") % {"few": FEW, "number": few})
    return told
