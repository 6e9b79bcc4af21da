"""Every page that shows records leaves one row in the log: who looked, when, at which records (SEC-04)."""

from collections.abc import Iterable, Mapping

from django.http import HttpRequest

from craffu.audit.actions import record_consultation
from craffu.audit.events import EventKind
from craffu.web.middleware import acting


def looked_at(
    request: HttpRequest, kind: EventKind, refs: Iterable[str], counts: Mapping[str, int] | None = None
) -> None:
    """Log one view of a page. `refs` are the records it shows, such as `person/P-10001`."""
    by = acting(request)
    shown = frozenset(refs)
    record_consultation(kind=kind, actor=by.actor, refs=shown, counts=counts, request=by.request)
    # The frame asks whether a record is among them that is open in an emergency alone.
    request.shown = shown  # type: ignore[attr-defined]
