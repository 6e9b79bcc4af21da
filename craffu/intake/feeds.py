"""Whose each kind of record is, under which law it is held, and on what basis it is shared (SEC-10).

A record received keeps its sender's controller.
"""

from dataclasses import dataclass

from craffu.common.models import Regime


@dataclass(frozen=True, slots=True)
class Feed:
    controller: str
    regime: Regime
    sharing_basis: str


FEEDS = {
    "court-results": Feed(
        controller="HM Courts and Tribunals Service",
        regime=Regime.PART_3,
        sharing_basis="Court results sent to the police for law enforcement purposes",
    ),
    "code-tables": Feed(
        controller="Ministry of Justice",
        regime=Regime.UK_GDPR,
        sharing_basis="Published standing data holding no personal data",
    ),
}
