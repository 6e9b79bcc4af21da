"""The only writes of digests: one for each week of a force, kept as it was told and never written over (X10; issue L, item 8)."""

import json
import os
import tempfile
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.db import transaction

from craffu.access.acting import Acting
from craffu.audit import actions as audit
from craffu.clocks.london import day_of
from craffu.common import clock
from craffu.measures import events
from craffu.measures.digests.gathering import gathered
from craffu.measures.digests.reading import FORMAT, file_of
from craffu.measures.digests.rules import is_of_week, week_of
from craffu.measures.kept.reading import summed
from craffu.measures.permissions import check_can_build
from craffu.measures.places import digests_of


def keep_digest(*, by: Acting, now: datetime) -> bool:
    """Keeps the digest of the week of an instant, and says whether it did: one that is kept already stays as it is.

    As of an instant of another week nothing is kept, for what is due is known only as it stands. Raises NotPermitted.
    """
    check_can_build(by)
    week, folder = week_of(day_of(now)), digests_of(by)
    if file_of(folder, week).exists() or not is_of_week(week, day_of(clock.now())):
        return False
    said = gathered(by, week, now)
    with transaction.atomic():
        if not _put(folder, week, said):
            return False
        audit.record(
            kind=events.DIGEST_KEPT,
            actor=by.actor,
            refs=[f"snapshot/{said['figures']['snapshot']}"] if said["figures"] else [],
            counts={"queues": len(said["queues"]), "signals": len(said["signals"])},
            request=by.request,
        )
    return True


def _put(folder: Path, week: date, said: Mapping[str, Any]) -> bool:
    """Whole or not at all, for this account alone; False where another clock was first."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    text = json.dumps({"format": FORMAT, "sum": summed(said), "digest": said}, ensure_ascii=False)
    handle, name = tempfile.mkstemp(prefix=".digest-", dir=folder)
    aside = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as stream:
            stream.write(text)
            stream.flush()
            os.fsync(stream.fileno())
        aside.chmod(0o400)
        # A link is made only where nothing is yet.
        file_of(folder, week).hardlink_to(aside)
    except FileExistsError:
        return False
    finally:
        aside.unlink(missing_ok=True)
    return True
