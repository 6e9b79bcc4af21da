"""The report of a deep dive, block by block: what is shown, printed, sent to the force and kept is this one text (P34, SCR-12).

Told as anybody may read it: small counts are hidden, nobody is named, and each claim has the same number in both languages.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from craffu.access.acting import Acting
from craffu.clocks.london import day_of
from craffu.common import clock
from craffu.common.languages import Language
from craffu.common.refusals import NotNow
from craffu.documents.papers import Bar, Bars, Block, Bullets, Clause, Facts, Grid, Heading, Notice, Paragraph
from craffu.published.disclosure import To, is_small, show_count
from craffu.scrutiny.agreeing.pairing import Agreed
from craffu.scrutiny.agreeing.queries import agreement_of
from craffu.scrutiny.claiming.kinds import FIGURES, Evidence
from craffu.scrutiny.claiming.queries import Attached, Claimed, Found
from craffu.scrutiny.claiming.rules import Doubt, Unit
from craffu.scrutiny.deep_dives.queries import Dive
from craffu.scrutiny.interviewing.kinds import ReviewQuestion
from craffu.scrutiny.models import DiveCorrectionAnswered, DiveEvidence, Sample, StandingAnswer
from craffu.scrutiny.publishing.facts import Text
from craffu.scrutiny.publishing.rules import reply_by
from craffu.scrutiny.sampling.queries import find_sample
from craffu.web.court.words import day_words
from craffu.web.deep_dives import words
from craffu.web.deep_dives.figures import Said, days_of, public, public_value, title_of
from craffu.web.profiles.words import number_words
from craffu.web.recommendations.presenters import in_language
from craffu.web.scrutiny.words import REVIEW_QUESTIONS

type Sampled = Sequence[tuple[Sample, Sequence[Agreed]]]


def samples_in(by: Acting, found: Found) -> Sampled:
    """The dip samples that it rests on, and how far reviewers agreed in each."""
    refs = sorted({one.row.source for one in found.evidence.values() if one.row.kind == Evidence.SAMPLE})
    samples = [one for one in (find_sample(by, ref) for ref in refs) if one is not None]
    return [(one, _agreed(by, one)) for one in samples]


def _agreed(by: Acting, sample: Sample) -> Sequence[Agreed]:
    try:
        return agreement_of(by, sample)
    except NotNow:
        return ()


def text_of(dive: Dive, found: Found, samples: Sampled, signed: StandingAnswer | None) -> Text:
    """The whole report in both languages."""
    made: dict[str, list[dict[str, Any]]] = {}
    for one in Language:
        with translation.override(one.value):
            blocks = _blocks(dive, found, samples, signed)
            made[one.value] = [{"kind": type(block).__name__.lower(), **asdict(block)} for block in blocks]
    return made


def blocks_of(told: Iterable[dict[str, Any]]) -> tuple[Block, ...]:
    """A text that is kept, as it is printed."""
    return tuple(_KINDS[one["kind"]](one) for one in told)


_KINDS: dict[str, Any] = {
    "heading": lambda one: Heading(one["words"], one["level"]),
    "paragraph": lambda one: Paragraph(one["words"], one["is_strong"]),
    "notice": lambda one: Notice(one["words"]),
    "bullets": lambda one: Bullets(tuple(one["items"])),
    "facts": lambda one: Facts(tuple((name, tuple(values)) for name, values in one["rows"])),
    "clause": lambda one: Clause(one["number"], one["title"], tuple(one["parts"])),
    "bars": lambda one: Bars(one["caption"], tuple(Bar(**row) for row in one["rows"])),
    "grid": lambda one: Grid(
        one["caption"], tuple(one["columns"]), tuple(map(tuple, one["rows"])), tuple(one["widths"])
    ),
}


def _blocks(dive: Dive, found: Found, samples: Sampled, signed: StandingAnswer | None) -> Iterator[Block]:
    row = dive.row
    yield Heading(_("The question"))
    yield Paragraph(in_language(row.question_en, row.question_cy), is_strong=True)
    yield Heading(_("Summary"))
    yield Bullets(tuple(in_language(one.text_en, one.text_cy) for one in found.findings))
    if signed is not None:
        said = {"day": day_words(signed.signed_on), "name": signed.by.name}
        yield Paragraph(in_language(signed.words_en, signed.words_cy))
        yield Paragraph(_("The standing answer of %(day)s, signed by %(name)s.") % said)
    yield from _methods(dive, samples)
    yield from _findings(found)
    yield from _figures(found)
    if dive.recommended:
        yield Heading(_("Recommendations"))
        for one in dive.recommended:
            told = [in_language(one.text_en, one.text_cy)]
            if one.measure:
                told.append(_("It is held to %(measure)s. %(target)s") % {"measure": one.measure, "target": one.target})
            yield Clause(f"R{one.number}", "", tuple(told))
    yield from _reply(dive)
    yield Heading(_("Limits"))
    yield Bullets(tuple(_limits(found, samples)))
    yield from _appendix(found)
    for sample, agreement in samples:
        if agreement:
            yield Heading(_("Appendix: how far reviewers agreed"))
            yield from _agreement(sample, agreement)


def _methods(dive: Dive, samples: Sampled) -> Iterator[Block]:
    row = dive.row
    yield Heading(_("Methods"))
    yield Paragraph(in_language(row.terms_en, row.terms_cy))
    interests = sum(one.has_interest for one in dive.people)
    yield Facts((
        (_("Days it is about"), (_("%(first)s to %(last)s") % {"first": day_words(row.first), "last": day_words(row.last)},)),
        (_("People who took part"), (number_words(len(dive.people)),)),
        (_("Of those, with an interest declared"), (number_words(interests),)),
        (_("Methods"), tuple(str(words.METHODS[one.method]) for one in dive.planned) or (_("None"),)),
    ))  # fmt: skip
    for sample, _each in samples:
        frozen = sample.frozen
        yield Heading(_("Dip sample %(reference)s") % {"reference": sample.reference}, 2)
        yield Facts((
            (_("Cases in the frame"), (_counted(frozen.population),)),
            (_("Cases drawn"), (_counted(sum(frozen.sizes.values())),)),
            (_("Frame frozen on"), (day_words(day_of(frozen.known_from)),)),
            *(_drawn_again(sample) if not is_small(frozen.population, To.PUBLIC) else ()),
        ))  # fmt: skip


def _drawn_again(sample: Sample) -> tuple[tuple[str, tuple[str]], ...]:
    """By what anybody draws it again. Of a frame whose size is hidden it would be found by trying which references it holds."""
    return (
        (_("Hash of the frame"), (sample.frozen.sha256,)),
        (_("Seed"), (sample.seeded.seed,)),
    )


def _counted(number: int) -> str:
    """A count as anybody may read it (MSR-03)."""
    shown = show_count(number, To.PUBLIC)
    return _("Not shown: fewer than 10") if shown is None else number_words(shown)


def _agreement(sample: Sample, agreement: Sequence[Agreed]) -> Iterator[Block]:
    """Of questions that were asked of few nothing is told: how many that were says what was found in how many cases."""
    asked = [one for one in agreement if one.agreement is not None and not one.of_repeats]
    told = [one for one in asked if one.agreement and not is_small(one.agreement.number, To.PUBLIC)]
    if told:
        yield _agreement_grid(sample, told)
    if len(told) < len(asked):
        yield Paragraph(
            _("Of sample %(reference)s, questions that two reviewers answered in fewer than ten cases are not shown.")
            % {"reference": sample.reference}
        )


def _agreement_grid(sample: Sample, agreement: Sequence[Agreed]) -> Grid:
    rows = tuple(
        (
            one.question,
            _counted(one.agreement.number),
            # To one decimal: two tell in how many cases reviewers differed.
            f"{one.agreement.raw:.1f}",
            f"{one.agreement.ac1:.1f}",
            "{:.1f} – {:.1f}".format(*one.agreement.ac1_interval) if one.agreement.ac1_interval else _("None"),
        )
        for one in agreement
        if one.agreement is not None
    )
    columns = (_("Question"), _("Reviewed twice"), _("Agreement"), "AC1", _("95% interval"))
    title = _("How far two reviewers of sample %(reference)s agreed") % {"reference": sample.reference}
    return Grid(title, columns, rows)


def _findings(found: Found) -> Iterator[Block]:
    for question in ReviewQuestion:
        several = [one for one in found.findings if one.serves == question]
        if not several:
            continue
        yield Heading(str(REVIEW_QUESTIONS[question]))
        for finding in several:
            yield Heading(_("Finding %(number)s") % {"number": finding.number}, 2)
            yield Paragraph(in_language(finding.text_en, finding.text_cy))
            for claim in found.claims_of(finding.number):
                yield Clause(str(claim.row.number), "", tuple(_claim(claim)))


def _claim(one: Claimed) -> Iterator[str]:
    row = one.row
    yield in_language(row.text_en, row.text_cy)
    for evidence in (each.row for each in (one.evidence, one.beside) if each is not None):
        said = public(evidence)
        yield "; ".join(
            part
            for part in (
                f"E{evidence.number}", title_of(evidence), said.value, said.number, _interval(said),
                days_of(evidence) if evidence.kind in FIGURES else "",
            )
            if part
        )  # fmt: skip
    for cause in row.causes:
        yield _("Given as a cause, from %(day)s on: %(words)s") % {
            "day": day_words_of(cause["on"]), "words": in_language(cause["text_en"], cause["text_cy"]),
        }  # fmt: skip
    found = {doubt for doubt, _of in one.doubts}
    yield from (str(words.DOUBTS[each]) for each in (Doubt.FEW, Doubt.MOST_NOT_CERTAIN) if each in found)
    if row.against:
        numbers = ", ".join(f"E{number}" for number in row.against)
        yield _("Other evidence speaks against it: %(numbers)s.") % {"numbers": numbers}


def _interval(said: Said) -> str:
    return _("95%% interval %(ends)s") % {"ends": said.interval} if said.interval else ""


def day_words_of(text: str) -> str:
    return day_words(date.fromisoformat(text))


def _bars(found: Found) -> Bars | None:
    """The shares drawn side by side, each with its interval; the table below them says the same."""
    rows = []
    for one in _rested_on(found):
        shown = public_value(one.row) if one.row.unit == Unit.PERCENT else None
        if shown is not None:
            said, (low, high) = public(one.row), shown.interval or (shown.value, shown.value)
            words = ", ".join(part for part in (said.value, _interval(said)) if part)
            ends = (round(end * 100, 1) for end in (shown.value, low, high))
            rows.append(Bar(f"E{one.row.number} {title_of(one.row)}", words, *ends))
    return Bars(_("Shares, each with its interval"), tuple(rows)) if rows else None


def _rested_on(found: Found) -> list[Attached]:
    """What standing claims hold or name. What may not be quoted, or comes to something else by now, is told of no more."""
    return [
        one
        for number, one in found.evidence.items()
        if number in found.named and one.may_be_quoted and one.reproduces is not False
    ]


def _figures(found: Found) -> Iterator[Block]:
    rows = []
    for one in _rested_on(found):
        if one.row.kind in FIGURES:
            said = public(one.row)
            rows.append(
                (f"E{one.row.number}", title_of(one.row), said.value, said.number, said.interval, days_of(one.row))
            )
    if rows:
        yield Heading(_("Figures"))
        bars = _bars(found)
        if bars is not None:
            yield bars
        yield Grid(
            _("Every figure that the claims rest on"),
            (_("Evidence"), _("What it is"), _("Figure"), _("Of how many"), _("95% interval"), _("Days")),
            tuple(rows), (15, 27, 12, 13, 15, 18),
        )  # fmt: skip


def _reply(dive: Dive) -> Iterator[Block]:
    draft = dive.draft
    if draft is None:
        return
    yield Heading(_("What the force said of the draft"))
    for reply in dive.replies:
        said = {"day": day_words(reply.on), "post": reply.post}
        yield Paragraph(_("Reply of %(day)s, %(post)s, word for word:") % said)
        yield Paragraph(reply.words)
    if dive.reply is None:
        last = reply_by(draft.on)
        told = {"day": day_words(draft.on), "last": day_words(last)}
        if day_of(clock.now()) > last:
            yield Paragraph(_("The draft of %(day)s was with the force. By %(last)s no reply had come.") % told)
        else:
            yield Paragraph(_("The draft of %(day)s is with the force, which may reply until %(last)s.") % told)
    for one in dive.corrections:
        answer = one.answered if hasattr(one, "answered") else None
        became = "" if answer is None else _("It is corrected") if answer.is_taken else _declined(answer)
        yield Clause(str(one.number), "", (one.words, became))


def _declined(answer: DiveCorrectionAnswered) -> str:
    return in_language(answer.reason, answer.reason_cy or answer.reason)


def _limits(found: Found, samples: Sampled) -> Iterator[str]:
    yield _("A figure that changed after something was done does not show that this changed it.")
    yield _("Counts under ten are hidden, and others are rounded to the nearest five, so that nobody is found in them.")
    if samples:
        yield _("A dip sample of ten to twenty cases finds kinds of failure, and no rates.")
    few = [f"{one.row.number}" for one in found.claims if any(doubt is Doubt.FEW for doubt, _of in one.doubts)]
    if few:
        yield _("These claims rest on fewer than 30 cases: %(numbers)s.") % {"numbers": ", ".join(few)}
    kinds = {one.row.kind for one in _rested_on(found)}
    if Evidence.QUOTE in kinds:
        yield _("Words of interviews are of whoever agreed to speak, and of nobody else.")
    if Evidence.SURVEY in kinds:
        yield _("Words of surveys are of whoever agreed to be quoted, and of nobody else.")


def _appendix(found: Found) -> Iterator[Block]:
    if not found.claims:
        return
    yield Heading(_("Appendix: what each claim rests on"))
    yield Grid(
        _("Every claim and its source"),
        (_("Claim"), _("Evidence"), _("Query"), _("Asked of"), _("Days")),
        tuple(
            (str(claim.row.number), f"E{row.number}", *_asked_of(row))
            for claim in found.claims
            for row in _rests_on(claim, found)
        ),
        (12, 13, 27, 33, 15),
    )  # fmt: skip
    # That of a frame stands with its sample, where it is told at all.
    asked = [row for claim in found.claims for row in _rests_on(claim, found) if row.kind != Evidence.SAMPLE]
    hashes = {row.snapshot: row.sha256 for row in asked if row.sha256}
    if hashes:
        yield Heading(_("SHA-256 of what was asked"), 2)
        yield Facts(tuple((name, (sha256,)) for name, sha256 in sorted(hashes.items())))


def _rests_on(claim: Claimed, found: Found) -> Iterator[DiveEvidence]:
    """What it holds, what it is compared with, and what it says bears it out or speaks against it."""
    yield from (each.row for each in (claim.evidence, claim.beside) if each is not None)
    yield from (found.evidence[number].row for number in (*claim.row.bears_out, *claim.row.against))


def _asked_of(row: DiveEvidence) -> tuple[str, str, str]:
    """The query, what it was asked of, and the days; of somebody's words neither whose they are nor when they were said."""
    if row.kind in {Evidence.QUOTE, Evidence.SURVEY}:
        return str(words.EVIDENCE[row.kind]), "", ""
    return f"{row.definition or row.source}{row.of_what}", words.asked_of(row.snapshot), days_of(row)
