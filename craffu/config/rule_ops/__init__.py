"""Maps the questions of a rule case file to the product's own rule code, and its answers to the names the file uses.

Each part of the house has a module here. They decide nothing: no arithmetic, comparison, branch or literal answer may stand in
them (an architecture test reads them).
"""

from collections import ChainMap
from collections.abc import Mapping

from craffu.config.rule_ops import (
    access,
    breaches,
    cases,
    clocks,
    intake,
    languages,
    linkage,
    measures,
    orders,
    prevention,
    published,
    resourcing,
    scrutiny,
    victims,
)
from craffu.config.rule_ops.asking import Op

OPS: Mapping[str, Op] = ChainMap(
    clocks.OPS,
    orders.OPS,
    cases.OPS,
    victims.OPS,
    breaches.OPS,
    prevention.OPS,
    linkage.OPS,
    intake.OPS,
    languages.OPS,
    access.OPS,
    published.OPS,
    measures.OPS,
    resourcing.OPS,
    scrutiny.OPS,
)
