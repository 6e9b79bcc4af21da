"""What reviewers answered, as anybody may hand it in: one row for each case with both answers, or one for each answer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from craffu.engines.columns import Columns
from craffu.scrutiny.sampling.tables import ALL, BadTable, said, table_with

FIRST, SECOND = "first", "second"
QUESTION: Final = "question"
CASE, REVIEWER, ANSWER = "case", "reviewer", "answer"


@dataclass(frozen=True, slots=True)
class Answered:
    """Of one question, case by case, what each reviewer answered, in one order throughout; None where they did not."""

    cases: Sequence[tuple[str | None, ...]]

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """The cases that both of two reviewers answered; none where there are more of them."""
        return [(one[0], one[1]) for one in self.cases if len(one) == 2 and one[0] is not None and one[1] is not None]

    @property
    def gaps(self) -> int:
        return sum(answer is None for one in self.cases for answer in one)

    @property
    def reviewers(self) -> int:
        return max((len(one) for one in self.cases), default=0)


def read_answers(path: Path) -> Mapping[str, Answered]:
    """What was answered to each question, in the order of their names. Raises BadTable."""
    table = table_with(path, [])
    if {FIRST, SECOND} <= set(table.names):
        found = _side_by_side(table)
    elif {CASE, REVIEWER, ANSWER} <= set(table.names):
        found = _one_by_one(table)
    else:
        raise BadTable(
            f"{path.name} has the columns {', '.join(table.names)}: it needs {FIRST} and {SECOND}, one row for each case, or"
            f" {CASE}, {REVIEWER} and {ANSWER}, one row for each answer; and {QUESTION} where there are several"
        )
    if not found:
        raise BadTable(f"{path.name} has no row: nobody answered anything")
    return {name: found[name] for name in sorted(found)}


def _questions(table: Columns) -> list[str]:
    return [*said(table, QUESTION)] if QUESTION in table.names else [ALL] * len(table)


def _side_by_side(table: Columns) -> dict[str, Answered]:
    found: dict[str, list[tuple[str | None, ...]]] = {}
    for question, *both in zip(_questions(table), table.values(FIRST), table.values(SECOND), strict=True):
        found.setdefault(question, []).append(tuple(map(_answer, both)))
    return {question: Answered(cases) for question, cases in found.items()}


def _one_by_one(table: Columns) -> dict[str, Answered]:
    held: dict[str, dict[str, dict[str, str | None]]] = {}
    rows = zip(_questions(table), said(table, CASE), said(table, REVIEWER), table.values(ANSWER), strict=True)
    for question, case, reviewer, answer in rows:
        of_case = held.setdefault(question, {}).setdefault(case, {})
        if reviewer in of_case:
            raise BadTable(
                f"{reviewer} answered {question} of {case} twice: leave the answer that was given before they spoke"
            )
        of_case[reviewer] = _answer(answer)
    made = {}
    for question, cases in held.items():
        reviewers = sorted({reviewer for case in cases.values() for reviewer in case})
        made[question] = Answered([tuple(case.get(one) for one in reviewers) for case in cases.values()])
    return made


def _answer(text: str | None) -> str | None:
    return (text or "").strip() or None
