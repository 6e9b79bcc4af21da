"""`craffu backup FILE`: everything an installation holds but its keys, while others go on working, in one sealed file (T39)."""

import argparse
import json
from pathlib import Path

from craffu.access.acting import acting_operator
from craffu.access.queries import home_force
from craffu.access.wall.reach import every_force
from craffu.audit import actions as audit
from craffu.audit import queries
from craffu.audit.events import BACKUP_MADE
from craffu.common import clock, keyring
from craffu.config.backups.packing import pack
from craffu.config.cli import DONE, SOMETHING_AMISS, NotCarriedOut
from craffu.config.commands.database import machine_account, ready_for_every_force


def run(args: argparse.Namespace) -> int:
    """A log that is not whole is copied all the same, and said to be so: what is left is worth keeping."""
    target = Path(args.file)
    if target.exists():
        raise NotCarriedOut(f"{target} is there already: name another file, none is ever written over")
    ready_for_every_force()
    at = clock.now()
    with every_force("the copy itself says that it was made"):
        by = acting_operator(home_force(), machine_account())
        audit.record_consultation(kind=BACKUP_MADE, actor=by.actor, refs=[], now=at)
    manifest = pack(target, keyring.ring(), at)
    with every_force("whether the log that was copied is whole"):
        found = queries.verify(references=False)
    answer = {
        "file": str(target), "bytes": target.stat().st_size, "made_at": manifest["made_at"],
        "tables": len(manifest["tables"]), "table_rows": sum(manifest["tables"].values()),
        "files": len(manifest["files"]) - 1, **found.as_json(),
    }  # fmt: skip
    if args.json:
        print(json.dumps(answer, ensure_ascii=False))
    else:
        rows = f"{answer['table_rows']:,} rows of {answer['tables']} tables"
        print(f"{target}: {rows}, {answer['files']} files, {answer['bytes']:,} bytes")
        print(f"The log is {'whole' if found.ok else 'NOT whole'}: {found.rows:,} sealed rows.")
        print("It opens with this installation's key ring alone, which is not in it. Keep that somewhere else.")
    return DONE if found.ok else SOMETHING_AMISS
