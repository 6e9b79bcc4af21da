"""The one place that reads who is who, and only to measure persons that stand already. The model's modules cannot reach it."""

from collections.abc import Sequence

from craffu.linkage.evaluating.mapping import BadInput, PersonMapping
from craffu.linkage.evaluating.tables import PersonTable


def check_truth(tables: Sequence[PersonTable], column: str, mapping: PersonMapping) -> None:
    """Raises BadInput where a table does not have the column, where it says of nobody who they are, and where the mapping has it
    too: what links would see the answer.
    """
    if column in mapping.named:
        raise BadInput(
            f"the mapping has {column} too, which says who is who: take it out, or name another with --truth"
        )
    for table in tables:
        if column not in table.columns.names:
            raise BadInput(
                f"{table.path} has no column {column}: name the column that is equal for one person with --truth"
            )
        if not any((value or "").strip() for value in table.columns.values(column)):
            raise BadInput(
                f"{table.path}: {column} is empty in every row: name the column that says who is who with --truth"
            )


def truth_of(tables: Sequence[PersonTable], column: str) -> list[str]:
    """Who each record truly is, the left table first. A record of which that is not said is somebody of their own."""
    said = [(value or "").strip() for table in tables for value in table.columns.values(column)]
    return [value or f"\0{at}" for at, value in enumerate(said)]
