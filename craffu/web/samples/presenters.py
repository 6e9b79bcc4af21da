"""What the pages of dip samples show: the frame by its numbers, what so many can tell, and cases by theirs alone (P28)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from craffu.access.models import User
from craffu.measures.releasing import tell_table
from craffu.orders.catalogue.reading import kind_of
from craffu.published.disclosure import To, is_small
from craffu.scrutiny.models import CaseReview, Sample, SampleCase
from craffu.scrutiny.models.reviewing import SECOND
from craffu.scrutiny.reviewing.queries import has_interest, has_left, progress
from craffu.scrutiny.sampling.kinds import Inclusion
from craffu.scrutiny.sampling.queries import Advice
from craffu.scrutiny.sampling.rules import Reason
from craffu.web import cells
from craffu.web.court.words import day_words, instant_words
from craffu.web.measures.presenters import count_words
from craffu.web.orders.words import kind_words
from craffu.web.presenters import Link, Params, Text
from craffu.web.profiles.words import percent_words
from craffu.web.samples import words
from craffu.web.samples.review_presenters import state_of
from craffu.web.scrutiny.words import REVIEW_QUESTIONS
from craffu.web.statuses import Status

# Up to so many drawn, a sample finds kinds of failure and no rates (SCR-03).
FINDS_KINDS = 20


@dataclass(frozen=True, slots=True)
class CaseShown:
    """A drawn case by its number, how far its reviews are, and what can be done about it."""

    number: int
    stratum: str
    reviews: tuple[tuple[str, Params], ...]
    asked_for: str
    replace: str
    give_on: tuple[tuple[str, str], ...]


def step_of(sample: Sample) -> Status:
    if hasattr(sample, "seeded"):
        return words.DRAWN
    if not hasattr(sample, "frozen"):
        return words.PLANNED
    return words.NAMED if hasattr(sample, "reviewers") else words.FROZEN


def samples_table(samples: Iterable[Sample]) -> Params | None:
    head: list[cells.Heading] = [_("Sample"), _("What it is to answer"), _("Planned by"), _("How far")]
    rows = [
        [
            cells.link(Link(one.reference, reverse("sample_detail", kwargs={"sample": one.reference}))),
            cells.words(words.sample_question(one)),
            cells.lines([one.by.name, instant_words(one.known_from)]),
            cells.tag(step_of(one).tag),
        ]
        for one in samples
    ]
    return cells.table(_("Dip samples"), head, rows, is_hidden=True) if rows else None


def sample_facts(sample: Sample) -> Params:
    inclusion = Inclusion.read(sample.inclusion)
    period = (
        _("From %(first)s to %(last)s") % {"first": day_words(inclusion.since), "last": day_words(inclusion.until)}
        if inclusion.since
        else ""
    )
    rows: list[tuple[Text, Params]] = [
        (_("What it is to answer"), cells.words(words.sample_question(sample))),
        (_("Question of the review"), cells.words(REVIEW_QUESTIONS[sample.serves])),
        (_("Drawn from"), cells.lines([words.FRAMES[inclusion.of], period])),
        (_("Split"), cells.words(words.STRATA[sample.strata])),
        (_("Form"), cells.words(_("Version %(version)s") % {"version": sample.form})),
        (_("Planned by"), cells.lines([sample.by.name, instant_words(sample.known_from)])),
    ]
    return _summary(rows)


def _summary(rows: Iterable[tuple[Text, Params]]) -> Params:
    return {"rows": [{"key": {"text": key}, "value": value} for key, value in rows]}


def advice_words(told: Advice, to: To) -> list[str]:
    """How many are drawn of how many, and what so many can and cannot show (SCR-03).

    Until the frame is frozen anybody can plan and plan again: small numbers are told as in any other figure (MSR-03).
    """
    number, population = told.allocated.number, told.population
    if is_small(population, to):
        words = _("Cases that fit now: %(population)s. All of them are taken: nothing is left to chance.")
        return [words % {"population": count_words(population, to)}]
    if number == population:
        lines = [_("Cases that fit now: %(population)s. All of them are taken: nothing is left to chance.")]
    else:
        lines = [
            _("Cases that fit now: %(population)s. Of them are drawn: %(number)s."),
            _("A share that comes out near a half may be off by %(margin)s up or down."),
            _("What none of them shows may still be true of up to %(unseen)s of the frame."),
        ]
    if number <= FINDS_KINDS and number < population:
        lines.append(_("So few find kinds of failure, and not how common they are."))
    if told.allocated.is_raised:
        lines.append(_("The number was raised, so that each part has at least 10."))
    lines.append(_("Reviewed a second time, blind: %(second)s."))
    values = {
        "population": population, "number": number, "second": told.second,
        "margin": percent_words(told.shows.margin), "unseen": percent_words(told.shows.unseen_up_to),
    }  # fmt: skip
    return [one % values for one in lines]


def left_out_words(number: int, to: To = To.ROWS) -> str:
    """How many more would fit, but for a restriction of use; empty where none would (SEC-11). Of a frozen frame exactly."""
    words = _("Left out, because the use of somebody’s data in them is restricted: %(number)s.")
    return words % {"number": count_words(number, to)} if number else ""


def stratum_words(stratum: str) -> Text:
    """A part of a frame: the whole, an area by its code, or a kind of order."""
    if stratum in words.STRATUM:
        return words.STRATUM[stratum]
    try:
        kind_of(stratum)
    except KeyError:
        return stratum
    return kind_words(stratum)


def planned_table(told: Advice, to: To) -> Params:
    """The parts as they would be. Until they are frozen what is small is hidden, and another by which it would be known."""
    shown = tell_table([[told.strata[one] for one in sorted(told.strata)]], to).cells[0]
    held = dict(zip(sorted(told.strata), shown, strict=True))
    return strata_table(
        held, {one: told.allocated.sizes.get(one, 0) if held[one] is not None else None for one in held}
    )


def strata_table(held: Mapping[str, int | None], sizes: Mapping[str, int | None]) -> Params:
    head: list[cells.Heading] = [_("Part of the frame"), (_("Holds"), "numeric"), (_("Drawn from it"), "numeric")]
    rows = [[cells.words(stratum_words(one)), _size(held[one]), _size(sizes.get(one, 0))] for one in sorted(held)]
    return cells.table(_("Frame"), head, rows, is_hidden=True)


def _size(number: int | None) -> Params:
    return {"text": _("Not shown"), "format": "numeric"} if number is None else cells.number(number)


def frozen_shown(sample: Sample, *, is_same: bool | None) -> tuple[Params, Params] | None:
    """Once frozen: the facts that anybody can check, and the sizes. `is_same`: what is stored draws the same cases again."""
    if not hasattr(sample, "frozen"):
        return None
    one = sample.frozen
    rows: list[tuple[Text, Params]] = [
        (_("Frozen by"), cells.lines([one.by.name, instant_words(one.known_from)])),
        (_("Cases in the frame"), cells.lines([f"{one.population:,}", *filter(None, [left_out_words(one.left_out)])])),
        (
            _("Hash of the frame (SHA-256)"),
            {"html": format_html('<span class="craffu-code craffu-hash">{}</span>', one.sha256)},
        ),
    ]
    if hasattr(sample, "seeded"):
        given = sample.seeded
        rows.append((_("Seed"), cells.words(given.seed)))
        rows.append((_("Seed given by"), cells.lines([given.by.name, instant_words(given.known_from)])))
        rows.append((_("Drawn again from what is stored"), cells.tag((words.SAME if is_same else words.NOT_SAME).tag)))
    return _summary(rows), strata_table(one.strata, one.sizes)


def cases_shown(
    sample: Sample,
    drawn: Sequence[SampleCase],
    reviews: Mapping[int, Sequence[CaseReview]],
    asked_for: Mapping[int, Reason],
    people: Mapping[str, User],
) -> list[CaseShown]:
    """Those that stand, in the order in which they were drawn."""
    return [
        _case(sample, one, reviews.get(one.pk, ()), asked_for.get(one.pk), people)
        for one in drawn
        if not hasattr(one, "replaced")
    ]


def _case(
    sample: Sample, case: SampleCase, reviews: Sequence[CaseReview], reason: Reason | None, people: Mapping[str, User]
) -> CaseShown:
    at = {"sample": sample.reference, "number": case.number}
    said = tuple((_("Second") if one.place == SECOND else _("First"), state_of(one).tag) for one in reviews)
    to_give_on = [one for one in reviews if has_interest(one) or has_left(one, people)]
    can_give_on = bool(people.keys() - {one.reviewer.username for one in reviews})
    return CaseShown(
        case.number,
        str(stratum_words(case.stratum)),
        said if len(said) > 1 else (*said, (str(words.NO_SECOND), {})),
        str(words.REASONS[reason]) if reason else "",
        reverse("sample_replace", kwargs=at) if reason else "",
        tuple(
            (str(one.place), reverse("sample_give_on", kwargs={**at, "place": one.place}))
            for one in to_give_on
            if can_give_on
        ),
    )


def replaced_table(drawn: Sequence[SampleCase]) -> Params | None:
    """The log of replacements (SCR-05); None of none."""
    head: list[cells.Heading] = [_("Case"), _("Why"), _("Replaced by"), _("Decided by")]
    rows = []
    for one in drawn:
        if not hasattr(one, "replaced"):
            continue
        instead = next((other.number for other in drawn if other.instead_of_id == one.pk), None)
        rows.append([
            cells.words(str(one.number)),
            cells.words(words.REASONS[one.replaced.reason]),
            cells.words(_("Case %(number)s") % {"number": instead} if instead else _("None was left in its part of the frame")),
            cells.lines([one.replaced.by.name, instant_words(one.replaced.known_from)]),
        ])  # fmt: skip
    return cells.table(_("Replacements"), head, rows) if rows else None


def progress_words(reviews: Mapping[int, list[CaseReview]]) -> str:
    found = progress(reviews)
    return _("Reviews submitted: %(submitted)s of %(given)s.") % {"submitted": found.submitted, "given": found.given}
