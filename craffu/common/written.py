"""Columns as the database itself writes them: of thousands of rows Django takes longer to make values than to read them."""

import json
from datetime import UTC, datetime
from typing import Any

from django.db.models import TextField
from django.db.models.functions import Cast


def written(column: str) -> Cast:
    """What stands in a column, as text."""
    return Cast(column, TextField())


def instant_of(text: str) -> datetime:
    """An instant that a column says. SQLite writes it in UTC and without saying so, PostgreSQL with an offset."""
    said = datetime.fromisoformat(text)
    return said if said.tzinfo else said.replace(tzinfo=UTC)


def list_of(text: str) -> tuple[Any, ...]:
    """A list that a column of JSON says."""
    return tuple(json.loads(text))
