"""Which version of a record's list of readers stands: each change to it is a row more (T30)."""

from django.db.models import Max

from craffu.access.models import Force
from craffu.access.restricted.models import Admission, Restriction
from craffu.common.edits import version_of


def readers_version(force: Force, kind: str, reference: str) -> str:
    last = (
        model.objects.filter(force=force, kind=kind, reference=reference).aggregate(last=Max("id"))["last"]
        for model in (Restriction, Admission)
    )
    return version_of(*last)


def lock_of_readers(force: Force, kind: str, reference: str) -> tuple[str, ...]:
    """One change at a time to who sees a record."""
    return ("who sees", force.code, kind, reference)
