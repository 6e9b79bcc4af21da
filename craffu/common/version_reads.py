"""Reads of the versions held under a source's own keys, whatever they are versions of: what `versions.decide` asks for."""

from collections.abc import Collection
from typing import Any

from django.db.models import QuerySet

from craffu.common import lookups  # noqa: F401 (registers `one_of`)
from craffu.common.versions import Newest, as_said, newest_of


def contents_said(versions: QuerySet[Any], key: str, keys: Collection[str]) -> dict[str, set[str]]:
    """The digests of everything ever said under each key that has been used before. One query."""
    said: dict[str, set[str]] = {}
    rows = versions.filter(**{f"{key}__one_of": frozenset(keys)}).order_by().values_list(key, "content_sha256")
    for name, content in rows:
        said.setdefault(name, set()).add(content)
    return said


def newest_said(versions: QuerySet[Any], key: str, keys: Collection[str]) -> dict[str, Newest]:
    """The newest version under each key, by when its source said it and then by when we received it. One query."""
    rows = versions.filter(**{f"{key}__one_of": frozenset(keys)}).order_by()
    told = rows.values_list(key, "number", "said_at", "received_at")
    return newest_of(
        (name, Newest(number, as_said(said_at), received_at)) for name, number, said_at, received_at in told
    )
