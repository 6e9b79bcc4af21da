"""The unreadable part of what a defendant's record is called, and how it is made again under a new key (SEC-06).

A record is called after the words it first came in, so its first version says them.
"""

from collections.abc import Iterator
from typing import Any

from craffu.common import keyring
from craffu.common.languages import fold
from craffu.common.rewrapping import BlindIndex, Swap
from craffu.people.models import RecordVersion, SourceRecord

PURPOSE = "court-defendant"


def name_key(given_names: str, family_name: str) -> str:
    """A name for comparing, given names and family name kept apart."""
    return f"{fold(given_names)}|{fold(family_name)}"


def person_token(name: str, born_on: str) -> str:
    return keyring.ring().token(PURPOSE, f"{name}|{born_on}")


def person_tokens_to_look_for(name: str, born_on: str) -> list[str]:
    """The tokens a defendant may be kept under while keys change."""
    return keyring.ring().tokens_of_all_keys(PURPOSE, f"{name}|{born_on}")


def _renewed(after: Any, limit: int) -> Iterator[Swap]:
    why = "tokens under the key that writes"
    rows = SourceRecord.objects.for_system(why).filter(source="court-results").order_by("pk")
    if after is not None:
        rows = rows.filter(pk__gt=after)
    called = dict(rows.values_list("pk", "source_key")[:limit])
    first = RecordVersion.objects.for_system(why).filter(record__in=list(called), number=1)
    said = {
        record: (name_key(given, family), born)
        for record, given, family, born in first.values_list("record", "given_names", "family_name", "born_on")
    }
    for record, key in called.items():
        yield Swap(record, key, _called_now(key, *said[record]) if record in said else None)


def _called_now(key: str, name: str, born_on: str) -> str | None:
    """A record with an arrest summons number is called without the date of birth."""
    for born in ("", born_on):
        current, *others = person_tokens_to_look_for(name, born)
        for token in (current, *others):
            if token in key:
                return key.replace(token, current)
    return None


DEFENDANTS = BlindIndex(SourceRecord, "source_key", _renewed)
