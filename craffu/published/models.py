"""Official code lists: offences, court results, courts, pleas and the like, as their publishers issue them.

A code's meaning can change, so each change is a new row and the old one stays: a result of 2011 is read with the list as
it is known, and the list as it was known stays answerable (X10). The rows are public reference data, the same for every force.
"""

from typing import ClassVar

from django.db import models

from craffu.common.door import AppendOnly
from craffu.common.fates import Kept, internal, plain
from craffu.common.models import Sourced, provenance_handling


class CodeVersion(Sourced, AppendOnly):
    """What one code of one list means, from when our copy of the list said so. The highest number is the latest."""

    list_name = models.CharField(max_length=30)
    code = models.CharField(max_length=20)
    number = models.PositiveIntegerField()
    title = models.TextField(blank=True)
    attributes = models.JSONField(default=dict)
    # When the code may be used, where its publisher says so.
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)
    content_sha256 = models.CharField(max_length=64)

    class Meta:
        ordering: ClassVar = ["list_name", "code", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["list_name", "code", "number"], name="published_code_version_once"),
            *Sourced.provenance_constraints("published_code"),
        ]

    class Handling:
        fields: ClassVar = {
            "id": internal(Kept.REFERENCE),
            "list_name": plain(Kept.REFERENCE),
            "code": plain(Kept.REFERENCE),
            "number": plain(Kept.REFERENCE),
            "title": plain(Kept.REFERENCE),
            "attributes": plain(Kept.REFERENCE),
            "valid_from": plain(Kept.REFERENCE),
            "valid_to": plain(Kept.REFERENCE),
            "content_sha256": plain(Kept.REFERENCE),
            **provenance_handling(Kept.REFERENCE),
        }

    def __str__(self) -> str:
        return f"{self.list_name} {self.code}"
