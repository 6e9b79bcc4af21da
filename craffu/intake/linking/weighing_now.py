"""Two records weighed when somebody asks, where no run found them worth a look: by the model in use, as a record that arrives is.

How rare a name is hangs on every record: it is what the last run counted. Nothing is kept.
"""

import math
from dataclasses import dataclass

from craffu.access.acting import Acting
from craffu.intake.linking.reading import given_of
from craffu.intake.linking.weighing import compared_with, rows_of
from craffu.linkage.arrivals.facts import Basis
from craffu.linkage.arrivals.queries import basis_in_use
from craffu.linkage.forming import Ends
from craffu.linkage.model.blocking import BY_CONTACT, BY_TOKEN, RULES
from craffu.linkage.models import PairScored
from craffu.linkage.standard.rows import NOTHING_CUT, rows_as_cut
from craffu.people.queries import said_last


@dataclass(frozen=True, slots=True)
class Weighing:
    """What each comparison says of two records, by which model, and what it comes to."""

    model: int
    probability: float
    weight: float
    levels: tuple[tuple[str, str, float], ...]
    is_now: bool

    @classmethod
    def kept(cls, scored: PairScored) -> "Weighing":
        levels = tuple((what, level, weight) for what, level, weight in scored.levels)
        return cls(scored.model.number, scored.probability, scored.weight, levels, is_now=False)


def weigh_now(by: Acting, ends: Ends) -> Weighing | None:
    """None where no run has left a model and how often each value is said, or where the key that values are kept under is another
    since.
    """
    basis = basis_in_use(by)
    if basis is None:
        return None
    figures = Basis.of_json(basis.figures)
    rows = rows_of(said_last(by, ends), figures)
    evidence = compared_with(by, basis, figures, rows, [(0, 1)], ends, ends).evidence
    if evidence is None:
        return None
    probability, said = evidence.of_pair(0, basis.model.auto)
    levels = tuple(said)
    return Weighing(
        basis.model.number, probability, round(math.fsum(part for *_, part in levels), 6), levels, is_now=True
    )  # fmt: skip


def found_by(by: Acting, ends: Ends) -> list[str]:
    """All that pairs are looked for by and that these two agree on, as the run names it."""
    rows = rows_as_cut(map(given_of, said_last(by, ends)), (), NOTHING_CUT)
    return [
        str(rule)
        for rule in (*RULES, *BY_TOKEN, *BY_CONTACT)
        if any(
            None not in said and said == [there[column] for column in rule.right]
            for here, there in (rows, rows[::-1])
            if (said := [here[column] for column in rule.left])
        )
    ]
