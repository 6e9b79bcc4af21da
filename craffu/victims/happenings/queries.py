"""What happened in a victim's cases, what it raised for her, what she was told, and what is still owed to her (VIC-03, VIC-05).

A stage of a case is something that happened like any other: it is read where it stands and not copied. What happened before her
first agreement or refusal was recorded here is not owed: what she was told before, Craffu cannot know.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from craffu.cases.models import CaseStage
from craffu.cases.states import Stage
from craffu.clocks.london import day_of, start_of
from craffu.victims.agreements.queries import asked_again, choice_of
from craffu.victims.agreements.rules import Occasion, Revisit, offer_again, revisits
from craffu.victims.happenings.kinds import Happening
from craffu.victims.happenings.rules import (
    AS_STAGE,
    DECIDES,
    RAISES,
    STAGE_IS,
    Topic,
    closing_is_news,
    is_told,
    says_the_same,
)
from craffu.victims.models import AgreementVersion, CaseHappening
from craffu.victims.notices.code import Entitlement, From
from craffu.victims.notices.rules import CodeLimit, SafetyNews, Told, code_limit, safety_news
from craffu.victims.queries import Victim, day_of_agreement


@dataclass(frozen=True, slots=True)
class Happened:
    """One thing that happened or will: `key` names it (`stage-7` or `happening-3`), `case` by its reference.

    `known_as` names it too, and stays the same when its sender says it anew; of several victims of one case each has a stage as
    her own, and who was known first has it under its plain name. `told_at` is when she was first told of it. It
    `is_here` where somebody recorded it here, and `is_of_records` where custody, a court or an order told.
    """

    key: str
    known_as: str
    kind: Happening
    case: str
    at: datetime
    learnt_at: datetime
    time_known_at: datetime | None
    received_on: date | None
    told_at: datetime | None
    is_here: bool = False
    is_of_records: bool = False

    @property
    def known_since(self) -> datetime:
        """Since when the force can tell her: since it learnt of it, before it happens where its time was known.

        Of a stage the force knew on its day, whenever Craffu heard of it.
        """
        if self.key.startswith("stage-"):
            return self.at
        return self.learnt_at if self.time_known_at is None else min(self.time_known_at, self.learnt_at)


@dataclass(frozen=True, slots=True)
class News:
    """Of what she is told: the Code's limit and the clock of what her safety hangs on, both shown and never merged."""

    happened: Happened
    code: CodeLimit | None
    safety: SafetyNews | None
    is_wanted: bool

    @property
    def is_owed(self) -> bool:
        """Whether somebody has still to tell her."""
        return self.is_wanted and self.happened.told_at is None and (self.code is not None or self.safety is not None)


def happened_among(
    victim: Victim,
    recorded: Iterable[CaseHappening],
    stages: Iterable[CaseStage],
    told: Mapping[tuple[str, int], datetime],
) -> list[Happened]:
    """Everything that happened in her cases, in order: what was recorded, and the stages that nobody recorded beside it.

    That a case was closed is left out where it had been decided before, and what custody or a court told of where somebody
    recorded the same. `told` is when she was first told of each, by `happening` or `stage` and its row number.
    """
    rows = list(recorded)
    by_people = [_recorded(one, victim, told) for one in rows if not one.is_of_records]
    here = _with_records(by_people, _of_records(rows, victim, told))
    said = {(one.case, AS_STAGE.get(one.kind, one.kind), day_of(one.at)): place for place, one in enumerate(here)}
    closed: list[Happened] = []
    entered: list[Happened] = []
    for stage in stages:
        one = _entered(stage, victim, told.get(("stage", stage.pk)))
        place = said.get((one.case, one.kind, day_of(one.at)))
        if place is None:
            (closed if stage.stage == Stage.CLOSED else entered).append(one)
        elif one.told_at is not None:
            # She was told of the stage before somebody recorded it: that telling stays one.
            told_at = min(one.told_at, here[place].told_at or one.told_at)
            here[place] = replace(here[place], told_at=told_at)
    found = [*here, *entered]
    decided: dict[str, list[date]] = {}
    for one in found:
        if one.kind in DECIDES:
            decided.setdefault(one.case, []).append(day_of(one.at))
    found += [one for one in closed if closing_is_news(day_of(one.at), decided.get(one.case, ()))]
    return sorted(found, key=lambda one: (one.at, one.key))


def _recorded(one: CaseHappening, victim: Victim, told: Mapping[tuple[str, int], datetime]) -> Happened:
    return Happened(
        f"happening-{one.pk}", f"happening-{one.known_as}", Happening(one.kind), victim.cases.get(one.case_id, ""),
        one.at, one.learnt_at, one.time_known_at, one.received_on, told.get(("happening", one.pk)),
        is_here=not one.source_key, is_of_records=one.is_of_records,
    )  # fmt: skip


def _of_records(
    rows: Iterable[CaseHappening], victim: Victim, told: Mapping[tuple[str, int], datetime]
) -> list[Happened]:
    """What custody and courts told, each event once on however many records of hers it is kept, in order."""
    found: dict[tuple[int, str], Happened] = {}
    for row in rows:
        if row.is_of_records:
            one, known = _recorded(row, victim, told), found.get((row.case_id, row.event))
            found[row.case_id, row.event] = one if known is None else _told_as(one, known)
    return sorted(found.values(), key=lambda one: (one.at, one.key))


def _told_as(kept: Happened, same: Happened) -> Happened:
    """The one, told when either was first."""
    when = [one.told_at for one in (kept, same) if one.told_at is not None]
    return replace(kept, told_at=min(when, default=None))


def _with_records(by_people: Sequence[Happened], of_records: Sequence[Happened]) -> list[Happened]:
    """Both together: what people recorded takes the place of what was told of the same, each of one, the nearest first."""
    pairs = sorted(
        (abs(person.at - record.at), ours, theirs)
        for ours, person in enumerate(by_people)
        for theirs, record in enumerate(of_records)
        if _is_said_by(person, record)
    )
    found, said = dict(enumerate(by_people)), dict(enumerate(of_records))
    free = set(found)
    for _, ours, theirs in pairs:
        if ours in free and theirs in said:
            free.discard(ours)
            found[ours] = _told_as(found[ours], said.pop(theirs))
    return [*found.values(), *said.values()]


def _is_said_by(person: Happened, record: Happened) -> bool:
    return (
        person.case == record.case
        and day_of(person.at) == day_of(record.at)
        and says_the_same(person.kind, record.kind)
    )


def _entered(stage: CaseStage, victim: Victim, told_at: datetime | None) -> Happened:
    """A stage has a day and no hour: it counts from the day's beginning, and from when we heard of it."""
    at = start_of(stage.true_from)
    called, kind = victim.cases[stage.case_id], STAGE_IS[Stage(stage.stage)]
    key = f"stage-{stage.pk}"
    hers = victim.beside.get(stage.case_id)
    return Happened(
        key, key if hers is None else f"{key}:{hers}", kind, called, at, max(at, stage.known_from), None, None, told_at
    )


def instant_of_agreement(version: AgreementVersion) -> datetime:
    """When it was agreed or declined: as recorded where that was on the day itself, else the beginning of the day."""
    day = day_of_agreement(version)
    return version.known_from if day_of(version.known_from) == day else start_of(day)


def owed_since(versions: Sequence[AgreementVersion]) -> datetime | None:
    """From when on she is owed news: the day of her first agreement or refusal here."""
    return start_of(min(day_of_agreement(one) for one in versions)) if versions else None


def news_of(
    what: Iterable[Happened], versions: Sequence[AgreementVersion], entitled: Entitlement, now: datetime
) -> list[News]:
    """Of what she is owed news, in order: by the wishes that stood on its day, nothing before her first agreement or refusal.

    But of what her safety hangs on, and somebody recorded here or custody, a court or an order told of, she is told whenever it
    was and whatever was agreed (VIC-05).
    """
    since = owed_since(versions)
    owed = (one for one in what if (since is not None and one.at >= since) or _is_critical_and_told_here(one))
    found = (_news(one, entitled, _not_wanted(versions, one), now) for one in owed)
    return [one for one in found if one.code is not None or one.safety is not None]


def _is_critical_and_told_here(one: Happened) -> bool:
    return (one.is_here or one.is_of_records) and RAISES[one.kind].safety is not None


def _not_wanted(versions: Sequence[AgreementVersion], one: Happened) -> frozenset[Topic]:
    stood = [version for version in versions if day_of_agreement(version) <= day_of(one.at)]
    return frozenset(Topic(topic) for topic in stood[-1].not_wanted) if stood else frozenset()


def _news(one: Happened, entitled: Entitlement, not_wanted: frozenset[Topic], now: datetime) -> News:
    raised = RAISES[one.kind]
    code = None
    if raised.code is not None:
        code = code_limit(raised.code, entitled, one.at, one.told_at)
        if code.runs_from is From.RECEIPT and one.received_on is not None:
            code = code_limit(raised.code, entitled, start_of(one.received_on), one.told_at)
    safety = None
    if raised.safety is not None:
        safety = safety_news(
            raised.safety, entitled, one.at, now,
            time_known_at=one.time_known_at, learnt_at=one.learnt_at, told_at=one.told_at,
        )  # fmt: skip
    return News(one, code, safety, is_told(one.kind, not_wanted))


def code_status(code: CodeLimit, told_at: datetime | None, now: datetime) -> Told:
    """How the Code's limit stands at an instant; it is there to the end of its day."""
    if told_at is not None and told_at <= now and code.status is not None:
        return code.status
    return Told.RUNNING if day_of(now) <= code.due_day else Told.MISSED


def revisits_of(what: Iterable[Happened], versions: Sequence[AgreementVersion], now: datetime) -> list[Revisit]:
    """Each revisit that what happened asks for; where she declined, only where she is to be offered it again (VIC-01, VIC-03).

    What we knew of when she was first asked asks for none, and what lies ahead not yet.
    """
    if not versions:
        return []
    first, since = day_of_agreement(versions[0]), instant_of_agreement(versions[0])
    occasions = []
    for one in what:
        occasion = RAISES[one.kind].occasion
        if occasion is None or one.at > now or day_of(one.at) < first or max(one.at, one.learnt_at) <= since:
            continue
        if _asks(occasion, one.at, versions):
            occasions.append((occasion, one.at))
    again = [one for one in asked_again(versions) if one.on > first or one.for_occasion]
    return revisits(occasions, again, now)


def _asks(occasion: Occasion, at: datetime, versions: Sequence[AgreementVersion]) -> bool:
    """Whether an occasion asks for a revisit, by the version that stood then."""
    stood = [one for one in versions if day_of_agreement(one) <= day_of(at)]
    last = stood[-1] if stood else versions[0]
    return last.declined_on is None or offer_again(occasion, choice_of(last)).offer_again
