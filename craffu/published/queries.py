"""Reads of official code lists: does a code exist, and what does it mean."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet

from craffu.published.models import CodeVersion


def latest_codes() -> QuerySet[CodeVersion]:
    """The latest version of every code."""
    later = CodeVersion.objects.filter(
        list_name=OuterRef("list_name"), code=OuterRef("code"), number__gt=OuterRef("number")
    )
    return CodeVersion.objects.filter(~Exists(later))


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
    rows = latest_codes().filter(
        list_name__in={list_name for list_name, _ in pairs}, code__in={code for _, code in pairs}
    )
    found = rows.values_list("list_name", "code", "title")
    return {(list_name, code): title for list_name, code, title in found if (list_name, code) in pairs}


def titles(wanted: Iterable[tuple[str, str]]) -> dict[tuple[str, str], str]:
    """What codes mean, as (list, code): one query for all of them. A code that is not held, or has no title, is left out."""
    return {code: title for code, title in meanings(wanted).items() if title}


def court_names(places: Iterable[str]) -> dict[str, str]:
    """The names of courts, by place as a message gives it: its first five characters are the court, the rest the room."""
    by_key = {place: place[:5] for place in places if place}
    found = titles(("court", key) for key in by_key.values())
    return {place: found["court", key] for place, key in by_key.items() if ("court", key) in found}
