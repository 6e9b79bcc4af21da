"""Detentions that were kept whole until cases took them up stand there too, each with where it came from (INT-02).

The kept rows stay. A few rows at a time, each part committed, and run again it goes on where it was: nobody waits for it.
"""

import json
from collections.abc import Iterator
from itertools import batched
from typing import Any, Final

from django.db import migrations, transaction

from craffu.access.wall.reach import every_force

PART: Final = 1_000
SAME: Final = (
    "force_id", "key", "number", "content_sha256", "said_at", "known_from", "record_id", "source", "file_sha256", "line",
    "received_at", "mapping_version", "controller", "regime", "sharing_basis",
)  # fmt: skip


def take_up(apps: Any, schema_editor: Any) -> None:
    """A version of each detention that was kept."""
    kept, taken = apps.get_model("intake", "KeptRow"), apps.get_model("cases", "DetentionVersion")
    with every_force("detentions that were kept whole are taken up by cases"):
        wanted = kept.rows.filter(kind="custody", table="detentions").order_by("id").values_list("id", flat=True)
        for part in batched(list(wanted), PART, strict=False):
            with transaction.atomic():
                rows = kept.rows.filter(id__in=part).order_by("id")
                taken.rows.bulk_create([taken(**said) for said in map(_said, rows)], ignore_conflicts=True)


def _said(row: Any) -> dict[str, Any]:
    words = json.loads(row.words)
    moments: Iterator[tuple[str, str]] = ((name, words.get(name, "")) for name in ("arrested_at", "released_at"))
    return {
        **{name: getattr(row, name) for name in SAME},
        **{name: f"{at}+00:00" if at else None for name, at in moments},
        "crime": words.get("crime_ref", ""),
        "station": words.get("station", ""),
        "offence_code": words.get("offence_code", ""),
        "for_breach_of": words.get("arrested_for_breach_of", ""),
        "disposal": words.get("disposal", ""),
        "bail_ends_on": words.get("bail_ends_on") or None,
        "bail_conditions": words.get("bail_conditions", ""),
    }


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("intake", "0004_no_index_on_force"), ("cases", "0007_detentions")]

    operations = [migrations.RunPython(take_up, migrations.RunPython.noop)]
