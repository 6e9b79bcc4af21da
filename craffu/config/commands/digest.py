"""`craffu digest`: one hash of everything the register says. Two registers that say the same give the same, on either database.

What the fields' fates call internal (row numbers, tokens) and clock (when we heard it) is left out, so that a register built
in one go and one built after ten interruptions compare equal (T28, T40).
"""

import argparse
import hashlib
import json
from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import models

from craffu.common.fates import InDigest
from craffu.config.commands.database import ready

# A run is how we heard something, and a counter where we are in numbering it: neither is what was said.
NOT_THE_REGISTER = {"audit", "intake", "common"}


def run(args: argparse.Namespace) -> int:
    ready()
    tables = {model._meta.label_lower: table_digest(model) for model in register_models()}
    whole = hashlib.sha256(json.dumps(tables, sort_keys=True).encode()).hexdigest()
    answer = {"digest": whole, "tables": tables}
    if args.json:
        print(json.dumps(answer))
    else:
        for name, table in tables.items():
            print(f"{table['rows']:>8}  {table['digest'][:16]}  {name}")
        print(whole)
    return 0


def register_models() -> list[type[models.Model]]:
    """Every model of ours that holds the register itself."""
    return [
        model
        for model in apps.get_models()
        if model.__module__.startswith("craffu.") and model._meta.app_label not in NOT_THE_REGISTER
    ]


def table_digest(model: type[models.Model]) -> dict[str, Any]:
    lines = sorted(_lines(model))
    return {"rows": len(lines), "digest": hashlib.sha256("\n".join(lines).encode()).hexdigest()}


def _lines(model: type[models.Model]) -> Iterator[str]:
    fates = model.Handling.fields  # type: ignore[attr-defined]
    fields = [field for field in model._meta.concrete_fields if fates[field.name].digest is InDigest.CONTENT]
    ranks = {field: _ranks(field.related_model) for field in fields if field.related_model is not None}
    for row in model._base_manager.iterator(chunk_size=2000):
        said = {field.name: _said(row, field, ranks.get(field)) for field in fields}
        yield json.dumps(said, sort_keys=True, ensure_ascii=False, default=str)


def _ranks(model: type[models.Model]) -> dict[Any, int]:
    """Each row's place in the order they were written: row numbers themselves have gaps where a transaction was undone."""
    keys = model._base_manager.order_by("pk").values_list("pk", flat=True)
    return {key: rank for rank, key in enumerate(keys)}


def _said(row: models.Model, field: models.Field[Any, Any], ranks: dict[Any, int] | None) -> object:
    value = getattr(row, field.attname)
    return value if ranks is None or value is None else ranks[value]
