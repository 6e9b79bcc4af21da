"""How the gap between safe and felt safe is counted: each figure with what it divides, and who did not answer beside it.

Q1, C1, VIC-08, MET29, MET30, MSR-02. Pure. A survey's figures are of the invitations sent in the period and what was answered to
them; work and outcomes are of their own day. Answers that may not be linked are in no figure beside a case: only a survey as a
whole and its stages count them.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Final

from craffu.victims.answering.kinds import LESS_SAFE, RATHER_NOT
from craffu.victims.gap.facts import Asked, By, Counted, Finalised, Gap, Key, NotAskedOnce, Rows, WorkDone
from craffu.victims.gap.kinds import (
    ANOTHER,
    INVITED,
    LEFT_EMPTY,
    NOT_KNOWN,
    NOT_SAID,
    SATISFIED,
    UNSUPPORTED,
    Figure,
    Split,
    Went,
    Work,
)
from craffu.victims.surveys.kinds import NotAsked

TOLD, NOT_TOLD = "told", "not_told"
UNSUPPORTED_ANSWER, SUPPORTED_ANSWER = "no", "yes"
_BANDS: Final = (
    (18, "under_18"),
    (25, "18_to_24"),
    (35, "25_to_34"),
    (45, "35_to_44"),
    (55, "45_to_54"),
    (65, "55_to_64"),
)
OLDEST: Final = "65_and_over"
AGES: Final = (*(band for _, band in _BANDS), OLDEST)


def is_valid(answer: str) -> bool:
    """Whether an answer counts: not one left out, and not that they would rather not say (MET30)."""
    return answer not in ("", RATHER_NOT)


def went(asked: Asked) -> Went:
    """What became of an invitation. What was answered had arrived, whatever its sender says of that."""
    if asked.answers is not None:
        return Went.ANSWERED if any(map(is_valid, asked.answers.values())) else Went.NO_VALID_ANSWER
    if asked.was_delivered is None:
        return Went.DELIVERY_NOT_SAID
    return Went.SILENT if asked.was_delivered else Went.NOT_DELIVERED


def work_of(asked: Asked) -> Work:
    """VIC-08: work counts for her only where she has been told of it."""
    return Work.TOLD if asked.is_told else Work.DONE_NOT_TOLD if asked.is_done else Work.NOT_DONE


def age_band(born_on: str, on: date) -> str:
    """The band in which somebody's age lies on a day; not known unless the whole day of birth is."""
    try:
        born = date.fromisoformat(born_on) if len(born_on) == len("2000-01-31") else None
    except ValueError:
        born = None
    if born is None or born > on:
        return NOT_KNOWN
    age = on.year - born.year - ((on.month, on.day) < (born.month, born.day))
    return next((band for limit, band in _BANDS if age < limit), OLDEST)


def gap(rows: Rows, first: date, last: date) -> Gap:
    """Every figure of the period, both days included, as a whole and by each that it is split by."""
    count = _Count()
    for asked in _within(rows.asked, first, last):
        _response(count, asked)
        _answers(count, asked)
    for left in _within(rows.not_asked, first, last):
        _not_asked(count, left)
    for work in _within(rows.done, first, last):
        count.add(Figure.TOLD_OF_DONE, "", work.by, TOLD if work.was_told else NOT_TOLD, counts=work.was_told)
    for one in _within(rows.finalised, first, last):
        _withdrawn(count, one)
    return count.found


class _Count:
    def __init__(self) -> None:
        self.found: dict[Key, Counted] = {}

    def add(self, figure: Figure, survey: str, by: By, status: str, *, counts: bool | None) -> None:
        """One more; `counts` is whether it is in the numerator, None where it is not even divided by."""
        for split, value in ((Split.WHOLE, NOT_KNOWN), *by.items()):
            self.one(Key(figure, survey, split, value), status, counts=counts)

    def one(self, key: Key, status: str, *, counts: bool | None) -> None:
        counted = self.found.setdefault(key, Counted())
        counted.by_status[status] = counted.by_status.get(status, 0) + 1
        counted.denominator += counts is not None
        counted.numerator += counts is True


def _within[R: (Asked, NotAskedOnce, WorkDone, Finalised)](rows: Iterable[R], first: date, last: date) -> Iterable[R]:
    return (one for one in rows if first <= one.on <= last)


def _response(count: _Count, asked: Asked) -> None:
    """MET30: valid / delivered. One that did not arrive, or of which nobody knows, is divided by nothing and counted."""
    how = went(asked)
    counts = None if how in (Went.NOT_DELIVERED, Went.DELIVERY_NOT_SAID) else how is Went.ANSWERED
    count.add(Figure.RESPONSE, asked.survey.key, asked.by, how.value, counts=counts)
    count.add(Figure.NOT_ASKED, asked.survey.system, asked.by, INVITED, counts=False)


def _answers(count: _Count, asked: Asked) -> None:
    if asked.answers is None:
        return
    survey = asked.survey.key
    of_survey: By = {split: value for split, value in asked.by.items() if split is Split.STAGE}
    by: By = asked.by if asked.may_be_linked else of_survey
    for question, satisfied in SATISFIED.items():
        said = asked.answers.get(question, "")
        valid = is_valid(said)
        count.add(question, survey, by, said or LEFT_EMPTY, counts=said == satisfied if valid else None)
        if question is Figure.FELT_SAFE:
            count.add(Figure.LESS_SAFE, survey, by, said or LEFT_EMPTY, counts=said == LESS_SAFE if valid else None)
    said = asked.answers.get(Figure.FELT_SUPPORTED, "")
    if asked.may_be_linked and is_valid(said):
        _beside_the_record(count, asked, said)


def _beside_the_record(count: _Count, asked: Asked, said: str) -> None:
    """Q1: the record says yes and she says no, and the reverse; and what she says by what had been done and told."""
    survey, work = asked.survey.key, work_of(asked)
    of_work = Key(Figure.FELT_SUPPORTED, survey, Split.WORK, work.value)
    count.one(of_work, said, counts=said == SUPPORTED_ANSWER)
    if work is Work.NOT_DONE:
        count.add(Figure.NOT_DONE_SUPPORTED, survey, asked.by, said, counts=said == SUPPORTED_ANSWER)
    else:
        count.add(Figure.DONE_UNSUPPORTED, survey, asked.by, said, counts=said == UNSUPPORTED_ANSWER)


def _not_asked(count: _Count, left: NotAskedOnce) -> None:
    """MET30: who was not asked because it was unsafe, of all whom the system asked or did not."""
    count.add(Figure.NOT_ASKED, left.system, left.by, left.reason, counts=left.reason == NotAsked.UNSAFE)


def _withdrawn(count: _Count, one: Finalised) -> None:
    """MET29: outcomes 14 and 16 apart, of the crimes finalised; and of how many of them it is said why."""
    for outcome, (withdrew, why) in UNSUPPORTED.items():
        is_this = one.outcome == outcome
        count.add(withdrew, "", one.by, f"outcome_{outcome}" if is_this else ANOTHER, counts=is_this)
        if is_this:
            count.add(why, "", one.by, one.why or NOT_SAID, counts=bool(one.why))


def valid_of_delivered(found: Gap, key: Key) -> tuple[int, int]:
    """MET30: how many answers a figure divides, and to how many invitations that arrived; none of either where it is of no
    survey."""
    response = found.get(Key(Figure.RESPONSE, key.survey, key.by, key.value))
    return (found[key].denominator, response.denominator) if response else (0, 0)


def values_of(found: Mapping[Key, Counted], figure: Figure, survey: str, by: Split) -> list[str]:
    """The values by which a figure of a survey is split, in their order, what is not known last."""
    values = {key.value for key in found if (key.figure, key.survey, key.by) == (figure, survey, by)}
    order = {value: place for place, value in enumerate((*Work, *AGES))}
    return sorted(values, key=lambda value: (value == NOT_KNOWN, order.get(value, 0), value))
