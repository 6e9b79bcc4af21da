"""PostgreSQL keeps few statistics of street-level crime: rows are found by key alone, and a look at each column of a million
rows takes as long as storing fifty thousand (B8)."""

from typing import Any

from django.db import migrations

FEW, AS_ELSEWHERE = 10, -1


def _keep(number: int, apps: Any, schema_editor: Any) -> None:
    if schema_editor.connection.vendor != "postgresql":
        return
    model = apps.get_model("published", "StreetCrime")
    quote = schema_editor.quote_name
    for field in model._meta.concrete_fields:
        if field.column:
            schema_editor.execute(
                f"ALTER TABLE {quote(model._meta.db_table)} ALTER COLUMN {quote(field.column)} SET STATISTICS {number}"
            )


def few(apps: Any, schema_editor: Any) -> None:
    _keep(FEW, apps, schema_editor)


def as_elsewhere(apps: Any, schema_editor: Any) -> None:
    _keep(AS_ELSEWHERE, apps, schema_editor)


class Migration(migrations.Migration):
    dependencies = [("published", "0003_street_keys_by_bytes")]

    operations = [migrations.RunPython(few, as_elsewhere)]
