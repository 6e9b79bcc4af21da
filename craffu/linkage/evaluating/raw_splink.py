"""Splink alone, with our columns, comparisons, rules to look for pairs and passes of learning: how long it takes (B2)."""

import time
from typing import Any

from craffu.engines.columns import Columns
from craffu.linkage.model import training
from craffu.linkage.model.blocking import Chosen
from craffu.linkage.model.comparisons import comparisons_for
from craffu.linkage.model.linking import SEED
from craffu.linkage.model.tables import Tables


def raw_splink(rows: Columns, blocks: Chosen) -> float:
    """Seconds that it takes to learn, to score and to join. Which passes and sure rules there are is counted before."""
    filled = {name for name in rows.names if rows.said(name)}
    compared = comparisons_for(filled, 0)
    sides = (rows, None)
    sure, passes = training.sure_rules(sides, filled), training.passes(sides, filled, compared)
    begun = time.perf_counter()
    linker = Tables(rows, None).linker(training.first_settings(compared, blocks.rules))
    training.estimate_prior(linker, sure)
    linker.training.estimate_u_using_random_sampling(
        max_pairs=training.RANDOM_PAIRS, seed=SEED, min_count_per_level=None
    )
    for columns in passes:
        training.learn_in_a_pass(linker, columns)
    found = linker.inference.predict(threshold_match_weight=-8.0, warning_mode="never")
    clusters: Any = linker.clustering.cluster_pairwise_predictions_at_threshold(found, 0.99)
    clusters.as_pyarrow_table()
    return time.perf_counter() - begun
