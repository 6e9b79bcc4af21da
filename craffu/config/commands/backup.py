"""`craffu backup FILE`: everything an installation holds but its keys, while others go on working, in one sealed file (T39).

Once that is whole, backups beside it that are older than the force keeps any are destroyed (SEC-09, T10).
"""

import argparse
import json
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings

from craffu.access.acting import Acting, acting_operator
from craffu.access.queries import home_force
from craffu.access.wall.reach import every_force
from craffu.audit import actions as audit
from craffu.audit import queries
from craffu.audit.events import BACKUP_MADE
from craffu.common import clock, keyring
from craffu.config.backups.expiring import destroy, expired
from craffu.config.backups.packing import pack
from craffu.config.cli import DONE, SOMETHING_AMISS, NotCarriedOut
from craffu.config.commands.database import machine_account, ready_for_every_force


def run(args: argparse.Namespace) -> int:
    """A log that is not whole is copied all the same, and said to be so: what is left is worth keeping, and what is older too."""
    target = Path(args.file)
    if target.exists():
        raise NotCarriedOut(f"{target} is there already: name another file, none is ever written over")
    ready_for_every_force()
    at = clock.now()
    with every_force("the copy itself says that it was made"):
        by = acting_operator(home_force(), machine_account())
        audit.record_consultation(kind=BACKUP_MADE, actor=by.actor, refs=[], now=at)
    with every_force("whether the log that is copied is whole"):
        # Neither changes what the other reads, and while one waits for the disk the other has a core.
        with ThreadPoolExecutor(1) as beside:
            packed = beside.submit(pack, target, keyring.ring(), at)
            found = queries.verify(references=False)
        manifest = packed.result()
        gone, left = _expire(by, target, at) if found.ok else ([], [])
    answer = {
        "file": str(target), "bytes": target.stat().st_size, "made_at": manifest["made_at"],
        "tables": len(manifest["tables"]), "table_rows": sum(manifest["tables"].values()),
        "files": len(manifest["files"]) - 1, "kept_days": settings.CRAFFU_BACKUPS_KEPT_DAYS, "destroyed": gone, "expired": left,
        **found.as_json(),
    }  # fmt: skip
    if args.json:
        print(json.dumps(answer, ensure_ascii=False))
    else:
        rows = f"{answer['table_rows']:,} rows of {answer['tables']} tables"
        print(f"{target}: {rows}, {answer['files']} files, {answer['bytes']:,} bytes")
        print(f"The log is {'whole' if found.ok else 'NOT whole'}: {found.rows:,} sealed rows.")
        print("It opens with this installation's key ring alone, which is not in it. Keep that somewhere else.")
        _say(gone, left)
    return DONE if found.ok and not left else SOMETHING_AMISS


def _say(gone: list[str], left: list[str]) -> None:
    days = f"older than {settings.CRAFFU_BACKUPS_KEPT_DAYS} days (CRAFFU_BACKUPS_KEPT_DAYS)"
    if gone:
        print(f"Destroyed, because {days}: {', '.join(gone)}")
    if left:
        print(f"Also {days}, and not destroyed, because this key ring does not open it: {', '.join(left)}")
        print(
            "Whoever was erased since may be in it. Destroy it by hand, or put it elsewhere if it is not this force's."
        )


def _expire(by: Acting, made: Path, at: datetime) -> tuple[list[str], list[str]]:
    """The names of backups beside the new one that are destroyed, and of those that ought to be. Raises NotCarriedOut."""
    gone, left = [], []
    for one in expired(made.parent, keyring.ring(), at - timedelta(days=settings.CRAFFU_BACKUPS_KEPT_DAYS)):
        if not one.is_ours:
            left.append(one.path.name)
            continue
        try:
            destroy(by, one, at)
        except OSError as fault:
            raise NotCarriedOut(
                f"{made} is whole, but {one.path} is kept no longer and cannot be removed ({fault.strerror}): remove it"
            ) from fault
        gone.append(one.path.name)
    return gone, left
