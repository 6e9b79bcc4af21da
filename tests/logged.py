"""What a row of the log says, before it is sealed and after."""

import json

from craffu.audit.models import Event


def refs_said_by(event: Event) -> list[str]:
    """The records that a row is about, in its own order. The index by record holds them once the row is sealed (ADR 124)."""
    return list(json.loads(event.payload).get("refs", ()))
