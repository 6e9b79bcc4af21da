"""What a piece of evidence comes to now, asked of where it is from: kept figures, published files, samples, interviews (SCR-09).

Loads no engine: of a measure the figures that are kept beside the snapshot that stands are read. `recomputing` asks the others.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from django.utils.translation import gettext as _

from craffu.access.acting import Acting
from craffu.clocks.london import day_of
from craffu.common.refusals import NotNow
from craffu.measures.comparing import Dated
from craffu.measures.definitions import Kind, Statistic, definition
from craffu.measures.kept.reading import Figure, Kept, kept_figures
from craffu.measures.places import folder_of
from craffu.published.areas import FORCE
from craffu.published.definitions import all_series
from craffu.published.disclosure import To
from craffu.published.models import PublishedFigure
from craffu.published.periods import parse_period
from craffu.published.queries import latest_figures
from craffu.scrutiny.claiming.facts import NewEvidence, Worked
from craffu.scrutiny.claiming.kinds import Evidence, Of
from craffu.scrutiny.claiming.rules import Sample as Chosen
from craffu.scrutiny.claiming.rules import Unit
from craffu.scrutiny.claiming.sampled import Result, results_of
from craffu.scrutiny.deep_dives.permissions import check_can_lead
from craffu.scrutiny.interviewing.kinds import Use
from craffu.scrutiny.interviewing.permissions import check_can_interview, check_can_open
from craffu.scrutiny.interviewing.queries import interviews, said_in
from craffu.scrutiny.interviewing.rules import may
from craffu.scrutiny.models import DeepDive, Quote
from craffu.scrutiny.models import Sample as Drawn
from craffu.scrutiny.recommending.queries import find_recommendation
from craffu.scrutiny.sampling.kinds import Inclusion
from craffu.scrutiny.sampling.permissions import check_can_sample
from craffu.scrutiny.sampling.queries import find_sample
from craffu.victims.answering.quoting import MayBeQuoted, may_be_quoted

UNITS: Final[Mapping[Statistic, Unit]] = {
    Statistic.COUNT: Unit.COUNT, Statistic.PROPORTION: Unit.PERCENT, Statistic.RATE: Unit.RATE, Statistic.DURATION: Unit.DAYS,
}  # fmt: skip
_SHA256: Final = re.compile(r"[0-9a-f]{64}")


@dataclass(slots=True)
class Sources:
    """Asks each source once, however much evidence is from it."""

    by: Acting
    now: datetime
    _kept: list[Kept | None] = field(default_factory=list)
    _samples: dict[str, tuple[Drawn | None, dict[str, Result]]] = field(default_factory=dict)
    _series: dict[str, dict[tuple[str, str], PublishedFigure]] = field(default_factory=dict)

    def worked(self, dive: DeepDive, given: NewEvidence) -> Worked:
        """What it comes to. Raises NotPermitted where what it is from is not open to whoever asks, and NotNow, saying what to do,
        where there is nothing of the kind."""
        match given.kind:
            case Evidence.MEASURE:
                found = self._measure(given)
            case Evidence.PUBLISHED:
                found = self._published(given)
            case Evidence.SAMPLE:
                found = self._sample(dive, given)
            case Evidence.QUOTE:
                found = self._quote(given)
            case Evidence.SURVEY:
                found = self._survey(given)
            case Evidence.DOCUMENT:
                found = self._words(dive, given, given.sha256.strip().lower())
            case Evidence.RECOMMENDATION:
                if find_recommendation(self.by, given.source) is None:
                    raise NotNow("no_source", _("There is no recommendation of that reference."))
                found = self._words(dive, given, "")
        return found

    def passage(self, given: NewEvidence) -> str | None:
        """The words of an interview or a survey; None of what is read elsewhere."""
        number = int(given.source) if given.source.isdecimal() else 0
        if given.kind is Evidence.QUOTE:
            rows = Quote.objects.for_user(self.by).filter(answer__interview__in=interviews(self.by), pk=number)
            return "".join(rows.values_list("words", flat=True))
        if given.kind is Evidence.SURVEY:
            return "".join(one.words for one in may_be_quoted(self.by, [number]))
        return None

    def kept(self) -> Kept | None:
        """The figures of the snapshot that stands, read once."""
        if not self._kept:
            self._kept.append(kept_figures(folder_of(self.by)))
        return self._kept[0]

    def _measure(self, given: NewEvidence) -> Worked:
        kept = self.kept()
        if kept is None:
            raise NotNow("no_figures", _("There are no figures yet. Build a snapshot first."))
        if given.source not in kept.measures:
            raise NotNow("no_source", _("There is no such measure."))
        measured, is_now, defined = kept.of(self.by, given.source), given.year is Of.NOW, definition(given.source)
        figures = measured.now if is_now else measured.before
        one = _figure_of(figures, given)
        if one is None:
            raise NotNow("no_source", _("The measure has no such part, is never told whole, or is not split so."))
        told = kept.told(given.source, To.PUBLIC)
        public = _figure_of(told.now if is_now else told.before, given)
        days = (kept.first, kept.last) if is_now else (kept.first_before, kept.last_before)
        return Worked(
            given.source, given.part, f"{given.source}:{given.part}@{measured.version}", kept.snapshot, kept.digest, days,
            day_of(kept.at), UNITS[defined.statistic], one.numerator, one.denominator, one.value, one.interval,
            as_of=days[1] if defined.kind is Kind.STATE and not is_now else None,
            note=_note(one.note, is_hidden=one.is_hidden), split=given.split, split_of=given.split_of,
            is_told=not given.split or (public is not None and not public.is_hidden),
        )  # fmt: skip

    def _published(self, given: NewEvidence) -> Worked:
        series, _at, area = given.source.partition("@")
        try:
            period = parse_period(given.period.strip())
        except ValueError as fault:
            raise NotNow(
                "no_period", _("Write the period as 2021/22, 2018, 2018-03 year ending or 2018-10.")
            ) from fault
        if given.source not in self._series:
            rows = latest_figures(series, area_kind=FORCE, area=area or self.by.force.code)
            self._series[given.source] = {(one.measure, one.period): one for one in rows}
        row = self._series[given.source].get((given.part, period.text))
        if row is None:
            raise NotNow(
                "no_source", _("No such figure is held. Take the published file in first, or enter it by hand.")
            )
        return Worked(
            given.source, given.part, f"{series}:{row.measure}", period.text, row.content_sha256, (period.start, period.end),
            day_of(self.now), Unit.COUNT, row.value, None, None if row.value is None else float(row.value),
            note=row.missing,
        )  # fmt: skip

    def _sample(self, dive: DeepDive, given: NewEvidence) -> Worked:
        check_can_sample(self.by)
        if given.source not in self._samples:
            found = find_sample(self.by, given.source)
            is_drawn = found is not None and hasattr(found, "seeded")
            results = results_of(self.by, found) if found is not None and is_drawn else []
            self._samples[given.source] = (found, {one.question.id: one for one in results})
        found, of = self._samples[given.source]
        one = of.get(given.part)
        if found is None or one is None:
            raise NotNow("no_source", _("There is no such sample, or it does not ask that question."))
        inclusion = Inclusion.read(found.inclusion)
        drawn = day_of(found.frozen.known_from)
        made = one.estimate
        is_census = one.assessed.drawn == found.frozen.population
        return Worked(
            given.source, given.part, f"{found.inclusion['of']}:{given.part}@{found.form}", f"frame {found.reference}",
            found.frozen.sha256, (inclusion.since or drawn, inclusion.until or drawn), day_of(self.now), Unit.PERCENT, one.yes,
            one.number, made.share if made else None, made.interval if made else None,
            chosen=Chosen.CENSUS if is_census else Chosen.RANDOM, note=one.why[:200], may_be_quoted=one.may_be_quoted,
        )  # fmt: skip

    def _quote(self, given: NewEvidence) -> Worked:
        check_can_interview(self.by)
        number = int(given.source) if given.source.isdecimal() else 0
        quote = Quote.objects.for_user(self.by).select_related("answer__interview__by").filter(pk=number).first()
        if quote is None:
            raise NotNow("no_source", _("There is no such passage in an interview that you may open."))
        held = quote.answer.interview
        check_can_open(self.by, held.by)
        is_quotable = may(Use.QUOTE, quote.answer.known_from, said_in(self.by, [held.pk])[held.pk], self.now)
        day = day_of(held.held_at)
        return Worked(
            given.source, held.reference, f"quote:{given.source}", held.reference, "", (day, day), day_of(self.now), Unit.COUNT,
            1, None, 1.0, chosen=Chosen.JUDGEMENT, may_be_quoted=is_quotable,
        )  # fmt: skip

    def _survey(self, given: NewEvidence) -> Worked:
        number = int(given.source) if given.source.isdecimal() else 0
        one = next(iter(may_be_quoted(self.by, [number])), None)
        if one is None:
            raise NotNow(
                "no_source", _("There are no such words in a survey, or whoever wrote them is not to be quoted.")
            )
        return Worked(
            given.source, one.occasion, f"survey:{given.source}", f"invitation {given.source}", "", (one.on, one.on),
            day_of(self.now), Unit.COUNT, 1, None, 1.0, chosen=Chosen.JUDGEMENT,
        )  # fmt: skip

    def _words(self, dive: DeepDive, given: NewEvidence, sha256: str) -> Worked:
        if not given.source.strip():
            raise NotNow("no_source", _("Say where it can be read."))
        if sha256 and not _SHA256.fullmatch(sha256):
            raise NotNow(
                "bad_hash", _("A SHA-256 is 64 characters, 0 to 9 and a to f. Leave it empty where there is none.")
            )
        source = given.source.strip()
        return Worked(
            source, given.part.strip(), f"{given.kind}:{source}"[:250], source[:80], sha256,
            (dive.first, dive.last), day_of(self.now), Unit.COUNT, 1, None, 1.0, chosen=Chosen.JUDGEMENT,
        )  # fmt: skip


def _figure_of(figures: Iterable[Figure], given: NewEvidence) -> Figure | None:
    """All of a part of it, or what it is of one of those by which it is split."""
    wanted = (given.part, given.split, given.split_of)
    if bool(given.split) is not bool(given.split_of):
        return None
    return next((one for one in figures if (one.part, one.split, one.of if one.split else "") == wanted), None)


def _note(said: str, *, is_hidden: bool) -> str:
    return (said or "hidden")[:200] if is_hidden else said[:200]


def breaks_of(kind: Evidence, source: str) -> list[Dated]:
    """Known changes of what a published series counts; of one entered by hand nobody knows any."""
    series = all_series().get(source.partition("@")[0]) if kind is Evidence.PUBLISHED else None
    return [Dated(one.name.en, one.at) for one in series.breaks] if series else []


def quotes_to_choose(by: Acting, now: datetime) -> dict[str, str]:
    """Passages that may be quoted now, by number, of interviews that the reader may open. Five queries."""
    rows = Quote.objects.for_user(by).filter(answer__interview__in=interviews(by)).order_by("id")
    listed = list(rows.select_related("answer", "answer__interview"))
    said = said_in(by, sorted({one.answer.interview_id for one in listed}))
    return {
        str(one.pk): f"{one.answer.interview.reference}: {one.words}"
        for one in listed
        if one.words and may(Use.QUOTE, one.answer.known_from, said[one.answer.interview_id], now)
    }


def survey_to_choose(by: Acting) -> list[MayBeQuoted]:
    """What victims wrote in a survey and agreed to have quoted, the last first. Two queries."""
    check_can_lead(by)
    return may_be_quoted(by)


def published_to_choose() -> dict[str, str]:
    """What is counted of forces in published figures that are held, by series and measure. One query."""
    rows = PublishedFigure.objects.filter(area_kind=FORCE, value__isnull=False)
    found = rows.values_list("series", "measure").distinct().order_by("series", "measure")
    return {f"{series}|{measure}": f"{series}: {measure}" for series, measure in found}
