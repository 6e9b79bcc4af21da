"""Shapes that every register row shares: where it came from, and numbered references without gaps.

INT-02: a stored value keeps its source, file hash, line, time received and mapping version, or it is not stored.
SEC-10: a record names its controller, its legal regime and the basis on which it is shared.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db import models
from django.db.models import Q

from craffu.common.door import Guarded
from craffu.common.fates import Kept, clock, plain


class Regime(models.TextChoices):
    """The two legal regimes a record can be held under."""

    PART_3 = "part_3", "Data Protection Act 2018 Part 3 (law enforcement)"
    UK_GDPR = "uk_gdpr", "UK GDPR"


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where a value came from, carried from the reader to the row."""

    source: str
    file_sha256: str
    line: int
    received_at: datetime
    mapping_version: str
    controller: str
    regime: Regime
    sharing_basis: str

    def fields(self) -> dict[str, object]:
        return {name: getattr(self, name) for name in self.__slots__}

    def of_batch(self) -> dict[str, object]:
        """What all rows of a batch have in common: everything but the line."""
        return {name: value for name, value in self.fields().items() if name != "line"}


class Sourced(models.Model):
    """A row that came from somewhere and says where."""

    source = models.CharField(max_length=40)
    file_sha256 = models.CharField(max_length=64)
    line = models.PositiveIntegerField()
    received_at = models.DateTimeField()
    mapping_version = models.CharField(max_length=20)
    controller = models.CharField(max_length=120)
    regime = models.CharField(max_length=10, choices=Regime.choices)
    sharing_basis = models.CharField(max_length=200)

    class Meta:
        abstract = True

    @classmethod
    def provenance_constraints(cls, name: str) -> list[models.BaseConstraint]:
        """The database's own promise that no part of the provenance is blank."""
        blank = Q(source="") | Q(file_sha256="") | Q(mapping_version="") | Q(controller="") | Q(sharing_basis="")
        return [
            models.CheckConstraint(condition=~blank, name=f"{name}_says_where_it_came_from"),
            models.CheckConstraint(condition=Q(regime__in=Regime.values), name=f"{name}_regime_known"),
        ]


def provenance_handling(kept: Kept) -> dict[str, object]:
    return {
        "source": plain(kept),
        "file_sha256": clock(kept),
        "line": clock(kept),
        "received_at": clock(kept),
        "mapping_version": plain(kept),
        "controller": plain(kept),
        "regime": plain(kept),
        "sharing_basis": plain(kept),
    }


class Counter(Guarded):
    """The last number given out for one kind of reference. A number is used in the order the register grew."""

    kind = models.CharField(max_length=60, primary_key=True)
    last = models.PositiveBigIntegerField(default=0)

    class Handling:
        fields = {"kind": plain(Kept.REFERENCE), "last": plain(Kept.REFERENCE)}

    def __str__(self) -> str:
        return f"{self.kind}: {self.last}"
