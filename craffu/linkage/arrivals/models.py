"""By what a record that arrives is compared without a run: keys of every record, by token, and what the last run found of all.

All of it is derived from records and the model, and made anew by a run. What stands in it names nobody: tokens under a key that
lies outside the database, row numbers, and figures.
"""

from typing import ClassVar, Final

from django.db import models

from craffu.access.scoping import Scoped
from craffu.common.fates import Kept, internal
from craffu.people.models import SourceRecord

OF_NO_CASE: Final = "Tokens by which records are looked for. Who somebody is stands in no case."


class ArrivalBasis(Scoped):
    """What the last run leaves for those that arrive after it: one row for a force.

    `figures` are the rules to look for pairs by, what far too many records say, and what a whole table says of any pair. `seen`
    is the last version of any record that needs no look any more.
    """

    restricted_with = OF_NO_CASE

    model = models.ForeignKey("linkage.LinkModel", on_delete=models.PROTECT, related_name="+")
    index_key = models.CharField(max_length=20)
    digest = models.CharField(max_length=64)
    seen = models.BigIntegerField()
    figures = models.JSONField()

    class Meta:
        app_label = "linkage"
        constraints: ClassVar = [models.UniqueConstraint(fields=["force"], name="linkage_basis_once")]

    class Handling:
        fields: ClassVar = {
            "id": internal(Kept.REFERENCE),
            "force": internal(Kept.REFERENCE),
            "model": internal(Kept.REFERENCE),
            "index_key": internal(Kept.REFERENCE),
            "digest": internal(Kept.REFERENCE),
            "seen": internal(Kept.REFERENCE),
            "figures": internal(Kept.REFERENCE),
        }

    def __str__(self) -> str:
        return f"basis of arrivals, model {self.model_id}"


class RecordKeyed(Scoped):
    """Which version of a record its keys were made of: what it says since is compared when it is seen."""

    restricted_with = OF_NO_CASE

    record = models.ForeignKey(SourceRecord, on_delete=models.PROTECT, related_name="+", db_index=False)
    version = models.BigIntegerField()

    class Meta:
        app_label = "linkage"
        constraints: ClassVar = [models.UniqueConstraint(fields=["record"], name="linkage_keyed_once")]

    class Handling:
        fields: ClassVar = {
            "id": internal(Kept.WITH_PERSON),
            "force": internal(Kept.WITH_PERSON),
            "record": internal(Kept.WITH_PERSON),
            "version": internal(Kept.WITH_PERSON),
        }

    def __str__(self) -> str:
        return f"keys of {self.record_id}"


class RecordKey(Scoped):
    """A token of what a record may be looked for by. One that it no longer says stays, and finds what is not alike."""

    restricted_with = OF_NO_CASE

    token = models.BigIntegerField()
    record = models.ForeignKey(SourceRecord, on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta:
        app_label = "linkage"
        constraints: ClassVar = [models.UniqueConstraint(fields=["force", "token", "record"], name="linkage_key_once")]

    class Handling:
        fields: ClassVar = {
            "id": internal(Kept.WITH_PERSON),
            "force": internal(Kept.WITH_PERSON),
            "token": internal(Kept.WITH_PERSON),
            "record": internal(Kept.WITH_PERSON),
        }

    def __str__(self) -> str:
        return f"a key of {self.record_id}"


class SaidOften(Scoped):
    """How many records said a value when the last run was made, by its token; what one record alone said is not kept."""

    restricted_with = OF_NO_CASE

    token = models.BigIntegerField()
    number = models.PositiveIntegerField()

    class Meta:
        app_label = "linkage"
        constraints: ClassVar = [models.UniqueConstraint(fields=["force", "token"], name="linkage_said_once")]

    class Handling:
        fields: ClassVar = {
            "id": internal(Kept.WITH_PERSON),
            "force": internal(Kept.WITH_PERSON),
            "token": internal(Kept.WITH_PERSON),
            "number": internal(Kept.WITH_PERSON),
        }

    def __str__(self) -> str:
        return f"said by {self.number}"
