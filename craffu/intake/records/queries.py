"""Reads of the rows of a force's own records that were held back: whether one is known, and which wait in a file (INT-04)."""

from django.db.models import Q

from craffu.access.acting import Acting
from craffu.intake.models import HeldRow


def held_like(by: Acting, kind: str, content_sha256: str, line: int, file_sha256: str) -> HeldRow | None:
    """The row that was held back for the same words: at its line, or anywhere in another file.

    A full extract that comes every night has the row again, a few lines further down.
    """
    rows = HeldRow.objects.for_user(by).filter(kind=kind, content_sha256=content_sha256)
    known = rows.filter(Q(line=line) | ~Q(file_sha256=file_sha256)).select_related("decision")
    return min(known, key=lambda row: (row.line != line, row.pk), default=None)


def waiting_at_lines(by: Acting, kind: str, file_sha256: str) -> dict[int, list[HeldRow]]:
    """The rows of one file that were held back and that nobody has decided, by line: of several sheets, or held back anew
    with another mapping.
    """
    rows = HeldRow.objects.for_user(by).filter(kind=kind, file_sha256=file_sha256, decision__isnull=True)
    waiting: dict[int, list[HeldRow]] = {}
    for row in rows.order_by("id").defer("raw"):
        waiting.setdefault(row.line, []).append(row)
    return waiting
