"""Reads of the rows of a force's own records that were held back: whether one is known, and which wait in a file (INT-04)."""

import json
from collections.abc import Collection

from craffu.access.acting import Acting
from craffu.common import lookups  # noqa: F401 (registers `one_of`)
from craffu.intake.models import HeldRow, KeptRow


def held_like(
    by: Acting, kind: str, said: Collection[tuple[str, int]], file_sha256: str
) -> dict[tuple[str, int], HeldRow]:
    """Of rows, as the digest of their words and their line, the one held back for the same words: at its line, or anywhere
    in another file. One query.

    A full extract that comes every night has the row again, a few lines further down.
    """
    rows = HeldRow.objects.for_user(by).filter(
        kind=kind, content_sha256__one_of=sorted({content for content, _ in said})
    )
    known: dict[str, list[HeldRow]] = {}
    for row in rows.select_related("decision").defer("raw").order_by("id"):
        known.setdefault(row.content_sha256, []).append(row)
    found = {}
    for content, line in said:
        like = [row for row in known.get(content, ()) if row.line == line or row.file_sha256 != file_sha256]
        if like:
            found[content, line] = min(like, key=lambda row: (row.line != line, row.pk))
    return found


def waiting_at_lines(by: Acting, kind: str, file_sha256: str) -> dict[int, list[HeldRow]]:
    """The rows of one file that were held back and that nobody has decided, by line: of several sheets, or held back anew
    with another mapping.
    """
    rows = HeldRow.objects.for_user(by).filter(kind=kind, file_sha256=file_sha256, decision__isnull=True)
    waiting: dict[int, list[HeldRow]] = {}
    for row in rows.order_by("id").defer("raw"):
        waiting.setdefault(row.line, []).append(row)
    return waiting


def conditions_kept(by: Acting, order_ref: str) -> list[str]:
    """The words of an order's conditions as a court's list has them now, in the court's order. One query."""
    rows = KeptRow.objects.for_user(by).filter(
        kind="court-orders", table="conditions", key__startswith=f"{order_ref.replace('%', '%25').replace('/', '%2F')}/"
    )
    last: dict[int, tuple[int, dict[str, str]]] = {}
    for row in rows.order_by("said_at", "number"):
        said = json.loads(row.words)
        if said["order_ref"] == order_ref:
            place, version = int(said["condition_number"]), int(said["version"])
            last[place] = max(last.get(place, (0, {})), (version, said), key=lambda one: one[0])
    return [said["words"] for _, (_, said) in sorted(last.items()) if not said.get("to_on")]
