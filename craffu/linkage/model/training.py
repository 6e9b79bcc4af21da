"""What records of one person have in common and what chance brings together, learnt from the records alone, without labels.

What chance does is counted on random pairs. What one person's records do is learnt from pairs that agree on something, in
several passes, each of which learns of the parts it did not choose pairs by; where nothing can be learnt, and against what
few pairs would teach, stands what was found for police records.
"""

from collections.abc import Sequence, Set
from contextlib import suppress
from typing import Any, Final

from splink import block_on
from splink.internals.exceptions import EMTrainingException

from craffu.engines.columns import Columns
from craffu.engines.duck import within_memory
from craffu.linkage.model.blocking import Rule, pairs_of
from craffu.linkage.model.comparisons import Comparison, as_settings
from craffu.linkage.model.levels import Settings, columns_in, conditions_of
from craffu.linkage.model.tables import Tables

# Pairs drawn to see what chance does, and most in one pass of learning.
RANDOM_PAIRS: Final = 800_000
MOST_IN_A_PASS: Final = 2_000_000
# How much of what is assumed stays in what is learnt.
_ASSUMED: Final = 0.15
# Chance is never taken to be rarer than this: no sample of pairs shows it.
_RAREST: Final = 5e-7
_NEARLY: Final = 0.97
_PASSES: Final = (
    ("born", "sex"),
    ("born",),
    ("given", "family"),
    ("identifier",),
    ("given", "postcode"),
    ("given", "born_year"),
    ("family", "birthday"),
    ("given", "home"),
)
_FEWEST_IN_A_PASS: Final = 200
# Pairs that are one person almost always, to begin with.
_SURE: Final = (
    ("given", "family", "born"),
    ("given", "family", "identifier"),
    ("born", "identifier"),
    ("given", "family", "postcode", "born_year"),
)


def first_settings(compared: Sequence[Comparison], rules: Sequence[Rule]) -> Settings:
    return {
        "comparisons": [as_settings(one) for one in compared],
        "blocking_rules_to_generate_predictions": [rule.sql for rule in rules],
        "probability_two_random_records_match": 1e-4,
    }


@within_memory()
def learnt(
    compared: Sequence[Comparison],
    rules: Sequence[Rule],
    rows: tuple[Columns, Columns | None],
    filled: Set[str],
    seed: int,
) -> Settings:
    """The settings with what was learnt from these records. The same records, settings and seed give the same.

    Always on DuckDB: what is learnt comes of a bounded number of pairs, and so the model is one whichever engine scores.
    Raises NotEnoughMemory.
    """
    linker = Tables(*rows).linker(first_settings(compared, rules))
    estimate_prior(linker, sure_rules(rows, filled))
    linker.training.estimate_u_using_random_sampling(max_pairs=RANDOM_PAIRS, seed=seed, min_count_per_level=None)
    for columns in passes(rows, filled, compared):
        learn_in_a_pass(linker, columns)
    model = linker.misc.save_model_to_json()
    # Splink's own mark of one run.
    model.pop("linker_uid", None)
    return settled(model, compared)


def estimate_prior(linker: Any, sure: Sequence[Sequence[str]]) -> None:
    """How many pairs are one person, from those that surely are; as it was where nearly every pair is, as in a table of two
    records, which Splink refuses.
    """
    if not sure:
        return
    with suppress(ValueError):
        linker.training.estimate_probability_two_random_records_match([block_on(*one) for one in sure], recall=0.7)


def sure_rules(rows: tuple[Columns, Columns | None], filled: Set[str]) -> list[tuple[str, ...]]:
    """What pairs that are one person almost always agree on, where any do."""
    return [one for one in _SURE if set(one) <= filled and pairs_of(Rule(one, one), *rows)]


def passes(
    rows: tuple[Columns, Columns | None], filled: Set[str], compared: Sequence[Comparison]
) -> list[tuple[str, ...]]:
    """What the pairs of each pass of learning agree on: not too few to learn from, nor more than it takes, nor all that is
    compared, of which Splink makes a question that no engine reads.
    """
    spoken_of = [set(columns_in(conditions_of([as_settings(one)]))) for one in compared]
    return [
        columns
        for columns in _PASSES
        if set(columns) <= filled
        and any(one.isdisjoint(columns) for one in spoken_of)
        and _FEWEST_IN_A_PASS <= pairs_of(Rule(columns, columns), *rows) <= MOST_IN_A_PASS
    ]


def learn_in_a_pass(linker: Any, columns: Sequence[str]) -> None:
    """Learn from pairs that agree on some columns; where nothing can be learnt from them, all stands as it was.

    Splink refuses a pass in which every pair is one person, or none, and breaks off one in which a level becomes too rare to be
    held as a number. By then it has taken what it does not learn in this pass out of its settings, and leaves them so.
    """
    before = linker._settings_obj.core_model_settings.copy()
    try:
        linker.training.estimate_parameters_using_expectation_maximisation(
            block_on(*columns), record_sample_proportion=1.0
        )
    except (EMTrainingException, ValueError):
        linker._settings_obj.core_model_settings = before


def settled(model: Settings, compared: Sequence[Comparison]) -> Settings:
    """A learnt model in which every level has a likelihood of both kinds, none of them beyond what can be believed."""
    by_name = {one.name: one for one in compared}
    for made in model["comparisons"]:
        _settle(made["comparison_levels"][1:], by_name[made["output_column_name"]])
    model["probability_two_random_records_match"] = _rounded(model["probability_two_random_records_match"])
    return model


def _settle(levels: Sequence[dict[str, Any]], one: Comparison) -> None:
    assumed = [*(level.m for level in one.levels), one.nothing_alike]
    total = sum(assumed)
    m = [
        (1 - _ASSUMED) * level.get("m_probability", standard / total) + _ASSUMED * standard / total
        for level, standard in zip(levels, assumed, strict=True)
    ]
    m[-1] = min(m[-1], 2 * one.nothing_alike)
    u = [max(level.get("u_probability", _RAREST), _RAREST) for level in levels]
    # Less than the same never says as much as the same: a level that no sample of chance shows would. Each at most a little
    # less than the one before, because the engine tells them apart by what they say.
    most = m[0] / u[0]
    u = [max(of_two, of_one / (most * _NEARLY**at)) for at, (of_one, of_two) in enumerate(zip(m, u, strict=True))]
    for level, of_one, of_two in zip(levels, m, u, strict=True):
        level["m_probability"] = _rounded(of_one / sum(m))
        level["u_probability"] = _rounded(min(of_two / sum(u), 1 - 1e-6))


def _rounded(share: float) -> float:
    """What the order in which an engine adds up cannot change."""
    return float(f"{share:.6g}")
