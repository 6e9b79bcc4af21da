"""Reads of official code lists and published figures: what a code means, and the latest word on a figure.

The latest word is the one with the highest number; every earlier one stays to be asked for.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.db.models.expressions import RawSQL

from craffu.access.asking import prepared
from craffu.common import lookups  # noqa: F401 (registers `one_of`)
from craffu.published.models import CodeVersion, FoundError, HandSeries, PublishedFigure, StreetCrime, TakenFile


def latest_codes() -> QuerySet[CodeVersion]:
    """The latest version of every code."""
    return CodeVersion.objects.filter(number=_newest(CodeVersion, "list_name", "code"))


def codes_of(list_name: str) -> frozenset[str]:
    """Every code a list has held."""
    return frozenset(CodeVersion.objects.filter(list_name=list_name).values_list("code", flat=True))


def versions_of(list_names: Iterable[str]) -> Iterator[tuple[str, str, int, str, datetime]]:
    """Every version of every code of some lists, oldest first: list, code, number, digest of content, time received."""
    columns = ("list_name", "code", "number", "content_sha256", "received_at")
    found = CodeVersion.objects.filter(list_name__in=sorted(list_names)).order_by("list_name", "code", "number")
    return found.values_list(*columns).iterator(chunk_size=10_000)


def meanings(wanted: Iterable[tuple[str, str]]) -> dict[tuple[str, str], str]:
    """What codes mean, as (list, code): one query for all of them. A code that is not held is left out.

    A code that is held without a title, as most offences are, stands with an empty one.
    """
    pairs = set(wanted)
    if not pairs:
        return {}
    found = _titles(frozenset(list_name for list_name, _ in pairs), frozenset(code for _, code in pairs))
    return {(list_name, code): title for list_name, code, title in found if (list_name, code) in pairs}


@prepared
def _titles(list_names: frozenset[str], codes: frozenset[str]) -> QuerySet[CodeVersion, tuple[str, str, str]]:
    rows = latest_codes().filter(list_name__one_of=list_names, code__one_of=codes)
    return rows.values_list("list_name", "code", "title")


def titles(wanted: Iterable[tuple[str, str]]) -> dict[tuple[str, str], str]:
    """What codes mean, as (list, code): one query for all of them. A code that is not held, or has no title, is left out."""
    return {code: title for code, title in meanings(wanted).items() if title}


def court_names(places: Iterable[str]) -> dict[str, str]:
    """The names of courts, by place as a message gives it. One query."""
    wanted = frozenset(places)
    return named_among(meanings(court_codes(wanted)), wanted)


def court_codes(places: Iterable[str]) -> set[tuple[str, str]]:
    """The codes of the courts of some places, as `meanings` takes them."""
    return {_court(place) for place in places if place}


def named_among(found: Mapping[tuple[str, str], str], places: Iterable[str]) -> dict[str, str]:
    """The names of courts by place, of what `meanings` found."""
    return {place: found[_court(place)] for place in places if place and found.get(_court(place))}


def _court(place: str) -> tuple[str, str]:
    """The first five characters of a place are the court, the rest the room."""
    return "court", place[:5]


def courts_named(names: Iterable[str]) -> list[str]:
    """The codes of courts in whose names any of these stands. One query."""
    named = Q()
    for name in names:
        named |= Q(title__icontains=name)
    if not named:
        return []
    found = CodeVersion.objects.filter(named, list_name="court").order_by("code")
    return list(dict.fromkeys(found.values_list("code", flat=True)))


def figure_versions(series: str) -> Iterator[tuple[tuple[str, str, str, str], int, str]]:
    """Every version of every figure of a series, oldest first: its key, number and digest of content."""
    columns = ("area_kind", "area", "measure", "period", "number", "content_sha256")
    found = PublishedFigure.objects.filter(series=series).order_by("number").values_list(*columns)
    for area_kind, area, measure, period, number, content in found.iterator(chunk_size=10_000):
        yield (area_kind, area, measure, period), number, content


def any_street_rows(first: str, last: str) -> bool:
    """Whether a street-level row is held between two keys, or under one of them."""
    return StreetCrime.objects.filter(key__gte=first, key__lte=last).exists()


def street_versions(keys: Sequence[str]) -> Iterator[tuple[str, int, str]]:
    """Every version held of some street-level rows, oldest first: key, number and digest of content."""
    if not keys:
        return
    asked, least, most = set(keys), min(keys), max(keys)
    found = StreetCrime.objects.filter(key__gte=least, key__lte=most)
    # Reading on from one row to the next is many times faster than a look for each, unless most of it is other rows.
    held = found.order_by()[: len(asked) + 1].count()
    if held > len(asked):
        # One parameter for all keys: a statement with a hundred thousand of them takes longer to write than to answer.
        each = "jsonb_array_elements_text(%s::jsonb)" if connection.vendor == "postgresql" else "json_each(%s)"
        words = json.dumps(sorted(asked))
        found = StreetCrime.objects.filter(key__in=RawSQL(f"SELECT value FROM {each}", [words]))  # noqa: S608, S611
    if held:
        rows = found.order_by("key", "number").values_list("key", "number", "content").iterator(chunk_size=10_000)
        yield from (row for row in rows if row[0] in asked)


def taken_file(kind: str, file_sha256: str, mapping_version: str) -> TakenFile | None:
    """The note that a file was read to its end under this mapping, with what its rows came to."""
    return TakenFile.objects.filter(kind=kind, file_sha256=file_sha256, mapping_version=mapping_version).first()


def latest_figures(*series: str, **where: Any) -> QuerySet[PublishedFigure]:
    """The latest word on each figure of some series."""
    newest = _newest(PublishedFigure, "series", "area_kind", "area", "measure", "period")
    return PublishedFigure.objects.filter(number=newest, series__in=series, **where)


def latest_street_crimes(**where: Any) -> QuerySet[StreetCrime]:
    """The latest word on each street-level row."""
    return StreetCrime.objects.filter(number=_newest(StreetCrime, "key"), **where)


def _newest(model: type[CodeVersion | PublishedFigure | StreetCrime], *same: str) -> Subquery:
    """The highest number among the versions of a row: one look into the index that keeps them apart, for each row.

    Not `NOT EXISTS`: right after a file came in PostgreSQL knows nothing of the table yet, takes it for a small one, and
    would hold every row against every other.
    """
    versions = model.objects.filter(**{name: OuterRef(name) for name in same})
    return Subquery(versions.order_by("-number").values("number")[:1])


def found_errors(*series: str) -> QuerySet[FoundError]:
    """What our checks found in the files of some series."""
    return FoundError.objects.filter(series__in=series)


def hand_series() -> QuerySet[HandSeries]:
    """The definitions of figures entered by hand."""
    return HandSeries.objects.all()
