"""Two records weighed when somebody asks, where no run found them worth a look: with the model in use and the whole register.

How rare a name is hangs on every record, so all are read; what is said of anybody else is not looked at, and nothing is kept.
"""

import math
from dataclasses import dataclass
from typing import Final

import numpy as np

from craffu.access.acting import Acting
from craffu.engines.choice import Engine, Kind
from craffu.intake.linking.reading import COMPARED, TOKENS, given_of
from craffu.linkage.forming import Ends
from craffu.linkage.model import scoring
from craffu.linkage.model.blocking import RULES
from craffu.linkage.model.tables import Tables
from craffu.linkage.model.weighing import labels_of, weighed
from craffu.linkage.models import PairScored
from craffu.linkage.queries import model_in_use, prior_of
from craffu.linkage.standard.rows import standardised
from craffu.people.queries import said_last

# Far below anything that decides: what is asked about is weighed however improbable it is.
_LEAST: Final = -1_000.0


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
    """None where no model was ever learnt."""
    model = model_in_use(by)
    if model is None or not model.settings.get("comparisons"):
        return None
    everybody = said_last(by)
    places = {one.record: place for place, one in enumerate(everybody)}
    one, other = sorted(places[end] for end in ends)
    settings = {
        **model.settings,
        "blocking_rules_to_generate_predictions": [f"l.unique_id = {one} AND r.unique_id = {other}"],
    }
    rows = standardised(map(given_of, everybody), tuple(TOKENS.values()))
    pairs = Tables(Engine(Kind.DUCKDB), rows, None).scored(settings, _LEAST)
    prior = prior_of(by, model)
    given = model.settings["probability_two_random_records_match"]
    if prior is None:
        prior = math.log2(given / (1 - given))
    pairs["weight"] = pairs["weight"] + (prior - math.log2(given / (1 - given)))
    probability = scoring.probabilities(pairs["weight"])
    said = weighed(pairs, np.array([0]), probability, labels_of(model.settings), prior).of(0)
    levels = tuple((COMPARED.get(what, what), level, weight) for what, level, weight in said)
    return Weighing(
        model.number, float(probability[0]), round(math.fsum(part for *_, part in levels), 6), levels, is_now=True
    )


def found_by(by: Acting, ends: Ends) -> list[str]:
    """All that pairs are looked for by and that these two agree on, as the run names it."""
    rows = standardised(map(given_of, said_last(by, ends)), tuple(TOKENS.values()))
    tried = [(rule.left, rule.right, str(rule)) for rule in RULES]
    tried += [
        ((name, "given_initial"), (name, "given_initial"), f"{what} + given_initial") for name, what in COMPARED.items()
    ]
    return [
        name
        for left, right, name in tried
        if any(
            None not in said and said == [there[column] for column in right]
            for here, there in (rows, rows[::-1])
            if (said := [here[column] for column in left])
        )
    ]
