"""What others published: official code lists, figures by force and period, street-level crime, and the errors found in them.

Public reference data, the same for every force and about nobody. A later word is a new row and the earlier one stays, so a
page of last year stays answerable (X10); a blank, 'not available' and 0 are three different things (MSR-02).
"""

from typing import ClassVar

from django.db import connection, models
from django.db.models import Q

from craffu.common.door import AppendOnly
from craffu.common.fates import Kept, clock, internal, plain
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


class AreaKind(models.TextChoices):
    """What sort of area a figure is about. Some publish beside the forces what no force recorded, such as Action Fraud."""

    FORCE = "force", "Police force"
    COUNTRY = "country", "Country"
    LOCAL_AUTHORITY = "local_authority", "Local authority"
    LSOA = "lsoa", "Lower layer super output area"
    NOT_POLICE = "not_police", "Not a police force"


class Missing(models.TextChoices):
    """Why a figure has no value. None of these is 0."""

    GIVEN = "", "Given"
    BLANK = "blank", "Left blank"
    NOT_AVAILABLE = "not_available", "Said to be not available"
    NOT_SUPPLIED = "not_supplied", "Not supplied"


class HandSeries(AppendOnly):
    """The definition of figures that somebody read in a publication and entered by hand.

    Its key is drawn from what it counts, over which kind of period: two definitions can never share one (MSR-05, MSR-07).
    """

    key = models.CharField(max_length=60, unique=True)
    title = models.CharField(max_length=200)
    definition = models.TextField()
    unit = models.CharField(max_length=40)
    period_kind = models.CharField(max_length=20)
    counting_rules = models.CharField(max_length=200, blank=True)
    entered_by = models.CharField(max_length=60)
    entered_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["key"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~(Q(title="") | Q(definition="") | Q(unit="") | Q(period_kind="") | Q(entered_by="")),
                name="published_hand_series_defined",
            ),
        ]

    class Handling:
        fields: ClassVar = {
            "id": internal(Kept.REFERENCE),
            "key": plain(Kept.REFERENCE),
            "title": plain(Kept.REFERENCE),
            "definition": plain(Kept.REFERENCE),
            "unit": plain(Kept.REFERENCE),
            "period_kind": plain(Kept.REFERENCE),
            "counting_rules": plain(Kept.REFERENCE),
            "entered_by": plain(Kept.REFERENCE),
            "entered_at": clock(Kept.REFERENCE),
        }

    def __str__(self) -> str:
        return self.title


class PublishedFigure(Sourced, AppendOnly):
    """One published number: which series and measure, of which area and period. The highest number is the latest word."""

    series = models.CharField(max_length=60)
    measure = models.CharField(max_length=160)
    area_kind = models.CharField(max_length=20, choices=AreaKind.choices)
    # A force's two digits, a country's letter or two, or the statistical code.
    area = models.CharField(max_length=20)
    area_name = models.CharField(max_length=120)
    period = models.CharField(max_length=24)
    period_end = models.DateField()
    # The latest word has the highest number.
    number = models.PositiveIntegerField()
    value = models.BigIntegerField(null=True)
    as_printed = models.CharField(max_length=60, blank=True)
    missing = models.CharField(max_length=20, choices=Missing.choices, blank=True)
    flags = models.JSONField(default=list)
    attributes = models.JSONField(default=dict)
    content_sha256 = models.CharField(max_length=64)
    by_hand = models.BooleanField(default=False)
    entered_by = models.CharField(max_length=60, blank=True)
    # Where a figure entered by hand was read: publication, date, page.
    read_in = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar = ["series", "measure", "area_kind", "area", "period_end", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["series", "area_kind", "area", "measure", "period", "number"], name="published_figure_once"
            ),
            models.CheckConstraint(condition=Q(area_kind__in=AreaKind.values), name="published_figure_area_kind_known"),
            models.CheckConstraint(condition=Q(missing__in=Missing.values), name="published_figure_missing_known"),
            models.CheckConstraint(
                condition=Q(missing="", value__isnull=False) | (~Q(missing="") & Q(value__isnull=True)),
                name="published_figure_has_value_or_says_why_not",
            ),
            models.CheckConstraint(
                condition=Q(by_hand=False, entered_by="", read_in="")
                | (Q(by_hand=True) & ~Q(entered_by="") & ~Q(read_in="")),
                name="published_figure_by_hand_says_by_whom_and_from_where",
            ),
            *Sourced.provenance_constraints("published_figure"),
        ]

    class Handling:
        fields: ClassVar = {
            "id": internal(Kept.REFERENCE),
            "series": plain(Kept.REFERENCE),
            "measure": plain(Kept.REFERENCE),
            "area_kind": plain(Kept.REFERENCE),
            "area": plain(Kept.REFERENCE),
            "area_name": plain(Kept.REFERENCE),
            "period": plain(Kept.REFERENCE),
            "period_end": plain(Kept.REFERENCE),
            "number": plain(Kept.REFERENCE),
            "value": plain(Kept.REFERENCE),
            "as_printed": plain(Kept.REFERENCE),
            "missing": plain(Kept.REFERENCE),
            "flags": plain(Kept.REFERENCE),
            "attributes": plain(Kept.REFERENCE),
            "content_sha256": plain(Kept.REFERENCE),
            "by_hand": plain(Kept.REFERENCE),
            "entered_by": plain(Kept.REFERENCE),
            "read_in": plain(Kept.REFERENCE),
            **provenance_handling(Kept.REFERENCE),
        }

    def __str__(self) -> str:
        return f"{self.series} {self.measure}, {self.area_name}, {self.period}"


class StreetFile(Sourced, AppendOnly):
    """A file of street-level crime, said once for the many rows of it; `line` is its header's."""

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["file_sha256", "mapping_version"], name="published_street_file_once"),
            *Sourced.provenance_constraints("published_street"),
        ]

    class Handling:
        fields: ClassVar = {"id": internal(Kept.REFERENCE), **provenance_handling(Kept.REFERENCE)}

    def __str__(self) -> str:
        return f"{self.source} {self.file_sha256[:12]}"


# In the order of their bytes, as SQLite has them and Python: found sooner, and the first and last of some keys are known
# without asking.
BY_BYTES = "C" if connection.vendor == "postgresql" else None


class StreetCrime(AppendOnly):
    """One row of street-level crime. The place is an approximate point chosen by its publisher, never an address.

    `key` is the publisher's Crime ID or, where a row has none, its content with its ordinal among rows of that content:
    rows that repeat in one file are all kept, and the same file again adds none. Where it came from is its file and line.
    """

    pk = models.CompositePrimaryKey("key", "number")
    key = models.CharField(max_length=64, db_collation=BY_BYTES)
    number = models.PositiveIntegerField()
    month = models.CharField(max_length=7)
    reported_by = models.CharField(max_length=80)
    falls_within = models.CharField(max_length=80)
    longitude = models.FloatField(null=True)
    latitude = models.FloatField(null=True)
    location = models.CharField(max_length=160, blank=True)
    lsoa_code = models.CharField(max_length=9, blank=True)
    lsoa_name = models.CharField(max_length=80, blank=True)
    crime_type = models.CharField(max_length=60)
    last_outcome = models.CharField(max_length=80, blank=True)
    # Placed outside the area of the force that recorded it: real, so flagged and kept.
    outside = models.BooleanField(default=False)
    # Half of the sha256 of what the row says: 128 bits tell a million rows apart.
    content = models.CharField(max_length=32)
    # No constraint: the file's row is written in the same action and can never be removed, and a look at it for each of a
    # million rows takes PostgreSQL as long as storing them.
    file = models.ForeignKey(
        StreetFile, on_delete=models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    line = models.PositiveIntegerField()

    class Meta:
        ordering: ClassVar = ["key", "number"]

    class Handling:
        fields: ClassVar = {
            "key": plain(Kept.REFERENCE),
            "number": plain(Kept.REFERENCE),
            "month": plain(Kept.REFERENCE),
            "reported_by": plain(Kept.REFERENCE),
            "falls_within": plain(Kept.REFERENCE),
            "longitude": plain(Kept.REFERENCE),
            "latitude": plain(Kept.REFERENCE),
            "location": plain(Kept.REFERENCE),
            "lsoa_code": plain(Kept.REFERENCE),
            "lsoa_name": plain(Kept.REFERENCE),
            "crime_type": plain(Kept.REFERENCE),
            "last_outcome": plain(Kept.REFERENCE),
            "outside": plain(Kept.REFERENCE),
            "content": plain(Kept.REFERENCE),
            "file": plain(Kept.REFERENCE),
            "line": plain(Kept.REFERENCE),
        }

    def __str__(self) -> str:
        return f"{self.month} {self.crime_type}"


class FoundError(AppendOnly):
    """What our own checks found wrong, or strange, in a published file. It stands beside the figures and changes none."""

    check_code = models.CharField(max_length=40)
    severity = models.CharField(max_length=10)
    series = models.CharField(max_length=60)
    measure = models.CharField(max_length=160, blank=True)
    area_kind = models.CharField(max_length=20, blank=True)
    area = models.CharField(max_length=20, blank=True)
    area_name = models.CharField(max_length=120, blank=True)
    period = models.CharField(max_length=24, blank=True)
    detail = models.JSONField(default=dict)
    file_sha256 = models.CharField(max_length=64)
    found_at = models.DateTimeField()
    # Of all of the above but the instant: the same file checked again says nothing new.
    content_sha256 = models.CharField(max_length=64, unique=True)

    class Meta:
        ordering: ClassVar = ["series", "check_code", "area", "period", "id"]
        indexes: ClassVar = [models.Index(fields=["series", "area"], name="published_found_series_area")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(severity__in=["error", "warning", "note"]), name="published_found_severity"
            ),
        ]

    class Handling:
        fields: ClassVar = {
            "id": internal(Kept.REFERENCE),
            "check_code": plain(Kept.REFERENCE),
            "severity": plain(Kept.REFERENCE),
            "series": plain(Kept.REFERENCE),
            "measure": plain(Kept.REFERENCE),
            "area_kind": plain(Kept.REFERENCE),
            "area": plain(Kept.REFERENCE),
            "area_name": plain(Kept.REFERENCE),
            "period": plain(Kept.REFERENCE),
            "detail": plain(Kept.REFERENCE),
            "file_sha256": plain(Kept.REFERENCE),
            "found_at": clock(Kept.REFERENCE),
            "content_sha256": plain(Kept.REFERENCE),
        }

    def __str__(self) -> str:
        return f"{self.series}: {self.check_code}"


class TakenFile(AppendOnly):
    """A published file that was read to its end: the same bytes under the same mapping have nothing new to say (INT-01)."""

    kind = models.CharField(max_length=40)
    file_sha256 = models.CharField(max_length=64)
    mapping_version = models.CharField(max_length=20)
    row_count = models.PositiveIntegerField()
    # What its rows came to, such as how many were outside the force: numbers by name.
    totals = models.JSONField(default=dict)
    taken_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["kind", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["kind", "file_sha256", "mapping_version"], name="published_file_taken_once"
            ),
        ]

    class Handling:
        fields: ClassVar = {
            "id": internal(Kept.REFERENCE),
            "kind": plain(Kept.REFERENCE),
            "file_sha256": plain(Kept.REFERENCE),
            "mapping_version": plain(Kept.REFERENCE),
            "row_count": plain(Kept.REFERENCE),
            "totals": plain(Kept.REFERENCE),
            "taken_at": clock(Kept.REFERENCE),
        }

    def __str__(self) -> str:
        return f"{self.kind} {self.file_sha256[:12]}"
