"""Which tables a snapshot holds: what each package gives of its own, and nothing that names anybody."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from craffu.breaches import extract as breaches
from craffu.cases import extract as cases
from craffu.common.extracted import Extract
from craffu.orders import extract as orders
from craffu.people import extract as people
from craffu.prevention import extract as prevention
from craffu.resourcing import extract as resourcing
from craffu.victims import extract as victims

TABLES: Final[Mapping[str, Extract]] = MappingProxyType(
    {
        one.name: one
        for package in (people, cases, orders, breaches, victims, prevention, resourcing)
        for one in package.TABLES
    }
)
