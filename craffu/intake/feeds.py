"""Whose each kind of record is, under which law it is held, and on what basis it is shared (SEC-10).

A record received keeps its sender's controller.
"""

from dataclasses import dataclass

from craffu.common.models import Regime


@dataclass(frozen=True, slots=True)
class Feed:
    """`controller` is empty where it is the force itself."""

    controller: str
    regime: Regime
    sharing_basis: str


_OFFICIAL_STATISTICS = "Published official statistics holding no personal data"

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
    "rms": Feed(
        controller="",
        regime=Regime.PART_3,
        sharing_basis="The force's own records for law enforcement purposes",
    ),
    "court-orders": Feed(
        controller="HM Courts and Tribunals Service",
        regime=Regime.PART_3,
        sharing_basis="Lists of civil orders sent to the police who enforce them",
    ),
    "probation": Feed(
        controller="HM Prison and Probation Service",
        regime=Regime.PART_3,
        sharing_basis="Supervision of offenders shared with the police for law enforcement purposes",
    ),
    "custody": Feed(
        controller="",
        regime=Regime.PART_3,
        sharing_basis="The force's own custody records, and releases sent to it, for law enforcement purposes",
    ),
    "surveys": Feed(
        controller="",
        regime=Regime.UK_GDPR,
        sharing_basis="Answers given to the force by victims who were asked",
    ),
    "staff": Feed(
        controller="",
        regime=Regime.UK_GDPR,
        sharing_basis="The force's own records of its staff",
    ),
    "witness-care": Feed(
        controller="",
        regime=Regime.PART_3,
        sharing_basis="What witness care keeps of the victims whom it looks after for the force and the prosecution",
    ),
    "order-watch": Feed(
        controller="",
        regime=Regime.PART_3,
        sharing_basis="What the force itself keeps of watching the orders that it enforces",
    ),
    "recorded-crime": Feed(
        controller="Home Office",
        regime=Regime.UK_GDPR,
        sharing_basis=_OFFICIAL_STATISTICS,
    ),
    "recorded-crime-rolling": Feed(
        controller="Office for National Statistics",
        regime=Regime.UK_GDPR,
        sharing_basis=_OFFICIAL_STATISTICS,
    ),
    "stalking-outcomes": Feed(
        controller="Home Office",
        regime=Regime.UK_GDPR,
        sharing_basis=_OFFICIAL_STATISTICS,
    ),
    "spo-statistics": Feed(
        controller="BBC Shared Data Unit",
        regime=Regime.UK_GDPR,
        sharing_basis="Published figures from freedom-of-information answers, holding no personal data",
    ),
    "prosecutions": Feed(
        controller="Ministry of Justice",
        regime=Regime.UK_GDPR,
        sharing_basis=_OFFICIAL_STATISTICS,
    ),
    "street-crime": Feed(
        controller="data.police.uk (Home Office)",
        regime=Regime.UK_GDPR,
        sharing_basis="Published open data with approximate places, holding no personal data",
    ),
    "population": Feed(
        controller="Office for National Statistics",
        regime=Regime.UK_GDPR,
        sharing_basis=_OFFICIAL_STATISTICS,
    ),
    "area-lookup": Feed(
        controller="Office for National Statistics",
        regime=Regime.UK_GDPR,
        sharing_basis="Published lookup of areas, holding no personal data",
    ),
    "places": Feed(
        controller="Ordnance Survey",
        regime=Regime.UK_GDPR,
        sharing_basis="Published names of places, holding no personal data",
    ),
}
