"""Findings and claims as they stand: evidence worked out again, and what must be said beside each (SCR-09, MSR-07)."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from craffu.access.acting import Acting
from craffu.clocks.london import day_of
from craffu.common.refusals import NotPermitted
from craffu.common.refusals import Refusal as Refused
from craffu.measures.comparing import Dated, Side
from craffu.measures.releasing import public_share
from craffu.published.intervals import wilson
from craffu.scrutiny.claiming.facts import NewEvidence, Worked
from craffu.scrutiny.claiming.kinds import FIGURES, ClaimKind, Evidence, Of
from craffu.scrutiny.claiming.rules import (
    Backing,
    Claim,
    Doubted,
    Figure,
    Refusal,
    Sample,
    Stands,
    Told,
    Unit,
    Why,
    doubts,
    reproduces,
    stands,
    tells_hidden,
    tells_hidden_share,
    why_not_published,
)
from craffu.scrutiny.claiming.sources import Sources, breaks_of
from craffu.scrutiny.models import DeepDive, DiveChecked, DiveClaim, DiveEvidence, DiveFinding


@dataclass(frozen=True, slots=True)
class Attached:
    """A piece of evidence, what it comes to now, and whether that is what it came to when it was attached.

    `reproduces` is None where it was not looked up: its snapshot is not the one that stands, and nobody has checked since,
    or what it is from is not open to the reader, who is told so, and not that it came out otherwise.
    `newer` is the figure of the snapshot that stands, where that is another.
    """

    row: DiveEvidence
    reproduces: bool | None
    may_be_quoted: bool
    newer: Worked | None = None
    is_open: bool = True

    @property
    def held(self) -> Figure:
        return held_of(self.row)

    @property
    def number(self) -> int | None:
        """The n of a claim that rests on it."""
        return self.row.of if self.row.of is not None else self.row.count


@dataclass(frozen=True, slots=True)
class Claimed:
    """A claim with all that is said of it."""

    row: DiveClaim
    evidence: Attached
    beside: Attached | None
    refusals: tuple[Refusal, ...]
    doubts: tuple[Doubted, ...]
    stands: Stands

    @property
    def is_open(self) -> bool:
        return self.evidence.is_open and (self.beside is None or self.beside.is_open)


@dataclass(frozen=True, slots=True)
class Found:
    """Everything that a deep dive found: evidence by its number, findings in order, claims that were not withdrawn."""

    evidence: Mapping[int, Attached]
    findings: tuple[DiveFinding, ...]
    claims: tuple[Claimed, ...]

    def claims_of(self, finding: int) -> list[Claimed]:
        return [one for one in self.claims if one.row.finding == finding]

    @property
    def named(self) -> set[int]:
        """The evidence that standing claims hold, or name beside what they hold, by its numbers."""
        return {
            number
            for one in self.claims
            for number in (
                one.row.evidence.number, *([one.row.beside.number] if one.row.beside else []), *one.row.bears_out,
                *one.row.against,
            )
        }  # fmt: skip

    @property
    def not_holding(self) -> list[Claimed]:
        return [one for one in self.claims if one.stands is not Stands.HOLDS]

    @property
    def shut(self) -> list[Claimed]:
        """Those of which the reader cannot say whether they come out, since what they rest on is open to others alone."""
        return [one for one in self.claims if not one.is_open and one.stands is not Stands.NOT_REPRODUCED]

    @property
    def to_mend(self) -> list[Claimed]:
        """Those that do not hold, for another reason than that the reader may not look."""
        return [one for one in self.not_holding if one.is_open or one.stands is not Stands.NOT_CHECKED]


def held_of(row: DiveEvidence) -> Figure:
    return Figure(row.count, row.of, row.value)


def asked_of(row: DiveEvidence, year: Of = Of.NOW) -> NewEvidence:
    """What is asked of its source again."""
    kind = Evidence(row.kind)
    period = row.snapshot if kind is Evidence.PUBLISHED else ""
    return NewEvidence(
        kind, row.title_en, row.title_cy, row.source, row.part, period, year, row.sha256, row.split, row.split_of
    )


def evidence_of(by: Acting, dive: DeepDive) -> list[DiveEvidence]:
    return list(DiveEvidence.objects.for_user(by).filter(dive=dive).order_by("number"))


def findings_of(by: Acting, dive: DeepDive) -> tuple[DiveFinding, ...]:
    """Of each number the last word, in the order of numbers, those withdrawn among them. One query."""
    last = {one.number: one for one in DiveFinding.objects.for_user(by).filter(dive=dive).order_by("id")}
    return tuple(last[number] for number in sorted(last))


def claims_of(by: Acting, dive: DeepDive) -> tuple[DiveClaim, ...]:
    """The same of claims, those withdrawn among them. One query."""
    rows = DiveClaim.objects.for_user(by).filter(dive=dive).select_related("by", "evidence", "beside").order_by("id")
    last = {one.number: one for one in rows}
    return tuple(last[number] for number in sorted(last))


def versions_of(by: Acting, dive: DeepDive, number: int) -> list[DiveClaim]:
    """Every word of one claim, the last first."""
    rows = DiveClaim.objects.for_user(by).filter(dive=dive, number=number).select_related("by", "evidence")
    return list(rows.order_by("-id"))


def finding_versions_of(by: Acting, dive: DeepDive, number: int) -> list[DiveFinding]:
    """Every word of one finding, the last first."""
    rows = DiveFinding.objects.for_user(by).filter(dive=dive, number=number).select_related("by")
    return list(rows.order_by("-id"))


def last_check(by: Acting, dive: DeepDive) -> DiveChecked | None:
    found: DiveChecked | None = DiveChecked.objects.for_user(by).filter(dive=dive).order_by("-id").first()
    return found


def found_of(by: Acting, dive: DeepDive, now: datetime) -> Found:
    """All of it, every piece of evidence asked of its source again. The number of queries does not grow with the claims."""
    sources, check = Sources(by, now), last_check(by, dive)
    checked = check.found if check else {}
    evidence = {row.number: _attached(sources, dive, row, checked) for row in evidence_of(by, dive)}
    claims = tuple(_claimed(row, evidence, day_of(now)) for row in claims_of(by, dive) if not row.is_withdrawn)
    findings = tuple(one for one in findings_of(by, dive) if not one.is_withdrawn)
    return Found(evidence, findings, claims)


def _attached(sources: Sources, dive: DeepDive, row: DiveEvidence, checked: Mapping[str, object]) -> Attached:
    kind = Evidence(row.kind)
    if kind is Evidence.MEASURE:
        return _measured(sources, dive, row, checked)
    try:
        again = sources.worked(dive, asked_of(row))
    except NotPermitted:
        return Attached(row, reproduces=None, may_be_quoted=False, is_open=False)
    except Refused:
        return Attached(row, reproduces=False, may_be_quoted=False)
    figure = Figure(again.count, again.of, again.value)
    same = reproduces(held_of(row), figure) and (kind is not Evidence.SAMPLE or again.sha256 == row.sha256)
    return Attached(row, same, again.may_be_quoted, None if same else again)


def _measured(sources: Sources, dive: DeepDive, row: DiveEvidence, checked: Mapping[str, object]) -> Attached:
    """By the figures of its own snapshot where those stand, and by what was found when it was last worked out by an engine."""
    kept, year = sources.kept(), Of.NOW
    if kept is not None and (row.first, row.last) == (kept.first_before, kept.last_before):
        year = Of.BEFORE
    try:
        again = sources.worked(dive, asked_of(row, year))
    except Refused:
        again = None
    held, known = held_of(row), list[bool]()
    is_own = again is not None and (again.snapshot, again.sha256) == (row.snapshot, row.sha256)
    if again is not None and is_own:
        known.append(reproduces(held, Figure(again.count, again.of, again.value)))
    if str(row.number) in checked:
        found = checked[str(row.number)]
        known.append(isinstance(found, list) and reproduces(held, Figure(*found)))
    return Attached(row, all(known) if known else None, may_be_quoted=True, newer=None if is_own else again)


def _claimed(row: DiveClaim, evidence: Mapping[int, Attached], today: date) -> Claimed:
    by_key = {one.row.pk: one for one in evidence.values()}
    main, beside = by_key[row.evidence_id], by_key.get(row.beside_id or 0)
    rests_on = [one for one in (main, beside) if one is not None]
    refusals = (*_refusals(ClaimKind(row.kind), rests_on), *_told_too_much(row, rests_on))
    # A figure says that it is so: whatever speaks against it contradicts it.
    told = [
        *([Told(f"E{main.row.number}", holds=True)] if Evidence(main.row.kind) in FIGURES else []),
        *(Told(f"E{number}", holds=True) for number in row.bears_out),
        *(Told(f"E{number}", holds=False) for number in row.against),
    ]
    sides = [Side(one.row.definition, (one.row.first, one.row.last)) for one in rests_on]
    said = doubts(
        Backing(
            sides, min(one.number or 0 for one in rests_on) if Evidence(main.row.kind) in FIGURES else 10**9,
            min(one.row.taken_on for one in rests_on), today,
            causes=[Dated(one["text_en"], date.fromisoformat(one["on"])) for one in row.causes],
            breaks=breaks_of(Evidence(main.row.kind), main.row.source), methods=told,
            sentences=(row.text_en, row.text_cy), intervals=[each for one in rests_on for each in _intervals(one.row)],
        )
    )  # fmt: skip
    is_checked = all(one.reproduces is not None for one in rests_on)
    return Claimed(
        row, main, beside, refusals, tuple(said), stands(ClaimKind(row.kind), refusals, said, is_checked=is_checked)
    )


def _intervals(row: DiveEvidence) -> Iterator[tuple[float, float]]:
    """Of a share the interval as it was worked out, and as the public is told it from rounded counts."""
    if row.unit != Unit.PERCENT:
        return
    if row.low is not None and row.high is not None:
        yield row.low, row.high
    if row.kind == Evidence.MEASURE and row.count is not None and row.of and 0 <= row.count <= row.of:
        shown = public_share(row.count, row.of)
        if shown is not None:
            yield wilson(min(shown.numerator, shown.denominator), shown.denominator)


def _told_too_much(row: DiveClaim, rests_on: Iterable[Attached]) -> list[Refusal]:
    """Small counts of our own that its words tell: what is published already is the publisher's to hide."""
    ours = [one.row for one in rests_on if one.row.kind in {Evidence.MEASURE, Evidence.SAMPLE}]
    counts = [count for one in ours for count in _counts_of(one)]
    causes = [words for one in row.causes for words in (one["text_en"], one["text_cy"])]
    sentences = (row.text_en, row.text_cy, *causes)
    found = dict.fromkeys(str(number) for words in sentences for number in tells_hidden(words, counts))
    shares = ((one.count, one.of) for one in ours if one.count is not None and one.of)
    if any(tells_hidden_share(words, count, of) for count, of in shares for words in sentences):
        found["%"] = None
    return [(Why.TELLS_HIDDEN, number) for number in found]


def texts_that_tell(found: Found) -> list[str]:
    """Findings and titles of evidence that tell a small count or a share of what they are of, as they are named in the report.

    None and all are left to the claims: in a finding they are of anything.
    """
    told = []
    for finding in found.findings:
        rests_on = {
            one.row.number: one.row
            for claim in found.claims_of(finding.number)
            for one in (claim.evidence, claim.beside)
            if one is not None
        }
        if any(_tells(words, row) for words in (finding.text_en, finding.text_cy) for row in rests_on.values()):
            told.append(f"F{finding.number}")
    told += [
        f"E{number}"
        for number, one in found.evidence.items()
        if number in found.named and (_tells(one.row.title_en, one.row) or _tells(one.row.title_cy, one.row))
    ]
    return told


def _tells(words: str, row: DiveEvidence) -> bool:
    if row.kind not in {Evidence.MEASURE, Evidence.SAMPLE}:
        return False
    counts = [one for one in _counts_of(row) if one]
    return bool(tells_hidden(words, counts)) or tells_hidden_share(words, row.count or 0, row.of or 0)


def _counts_of(row: DiveEvidence) -> list[int]:
    """How many, of how many, and how many are left over."""
    left = None if row.of is None else row.of - (row.count or 0)
    return [count for count in (row.count, row.of, left) if count is not None]


def _refusals(kind: ClaimKind, rests_on: Iterable[Attached]) -> tuple[Refusal, ...]:
    found: dict[Refusal, None] = {}
    for one in rests_on:
        row = one.row
        is_figure = Evidence(row.kind) in FIGURES
        claim = Claim(
            value=row.value or 0.0,
            unit=Unit(row.unit) if kind is ClaimKind.RATE or is_figure else Unit.COUNT,
            query=f"{row.kind}:{row.source}:{row.part}{row.of_what}",
            snapshot=row.sha256 or row.snapshot,
            period=f"{row.first}/{row.last}",
            number=one.number,
            sample=Sample(row.chosen),
            evidence_rows=0 if row.value is None else 1,
            recomputed=None if one.reproduces is not False else (row.value or 0.0) + 1,
        )
        found |= dict.fromkeys(why_not_published(claim))
        if one.is_open and not one.may_be_quoted:
            found[Why.NOT_TO_BE_QUOTED, f"E{row.number}"] = None
    return tuple(found)
