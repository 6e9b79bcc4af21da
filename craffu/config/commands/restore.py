"""`craffu restore FILE`: an installation from a backup where there is nothing yet, and whether all of it came back (T38, T39)."""

import argparse
import json
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, connection

from craffu.access.acting import acting_operator
from craffu.access.queries import home_force
from craffu.access.wall.reach import every_force
from craffu.audit import actions as audit
from craffu.audit import queries
from craffu.audit.events import BACKUP_RESTORED
from craffu.common import keyring
from craffu.config.backups.databases import is_empty
from craffu.config.backups.packing import unpack
from craffu.config.backups.sealed import NotSealed
from craffu.config.cli import DONE, SOMETHING_AMISS, NotCarriedOut
from craffu.config.commands.database import awaits_migration, machine_account


def run(args: argparse.Namespace) -> int:
    source = Path(args.file)
    if not source.is_file():
        raise NotCarriedOut(f"{source} is no file: name the backup")
    try:
        settings.CRAFFU_HOME.mkdir(parents=True, exist_ok=True)
        ring = keyring.ring()
        if not is_empty():
            raise NotCarriedOut(
                "There is a database already, and nothing is written over: name an empty one, and an empty CRAFFU_HOME."
            )
        manifest, counts = unpack(source, ring)
    except ImproperlyConfigured as fault:
        raise NotCarriedOut(f"{fault} Put the key ring of the installation there first: it is in no backup.") from fault
    except NotSealed as fault:
        raise NotCarriedOut(f"{source}: {fault}") from fault
    except OSError as fault:
        raise NotCarriedOut(
            f"It cannot be restored ({fault.strerror}), and nothing of it was put there: check that {source} can be read, that"
            " CRAFFU_HOME and CRAFFU_AUDIT_HEADS can be written and that each has room, and run it again."
        ) from fault
    except DatabaseError as fault:
        raise NotCarriedOut("The database cannot be reached. Check DATABASE_URL, and that it is running.") from fault
    connection.close()
    answer = {"file": str(source), "made_at": manifest["made_at"], "craffu": manifest["craffu"]}
    answer |= _held_against(manifest["tables"], counts) | _log()
    if args.json:
        print(json.dumps(answer, ensure_ascii=False))
    else:
        _print(answer)
    return SOMETHING_AMISS if answer["ok"] is False or answer["differ"] else DONE


def _held_against(were: dict[str, int], are: dict[str, int]) -> dict[str, Any]:
    differ = sorted(name for name in were.keys() | are.keys() if were.get(name) != are.get(name))
    return {"tables": len(are), "table_rows": sum(are.values()), "differ": differ}


def _log() -> dict[str, Any]:
    """Whether the log is whole; None where the release is newer than the backup, until `craffu migrate` was run."""
    if awaits_migration():
        return {
            "rows": None,
            "ok": None,
            "first_bad": None,
            "head": None,
            "next": "craffu migrate, then craffu audit verify",
        }
    with every_force("the log of every force says that this was restored, and is asked whether it is whole"):
        audit.record_consultation(
            kind=BACKUP_RESTORED, actor=acting_operator(home_force(), machine_account()).actor, refs=[]
        )
        return {**queries.verify().as_json(), "next": "craffu check"}


def _print(answer: dict[str, Any]) -> None:
    print(f"{answer['table_rows']:,} rows of {answer['tables']} tables, as of {answer['made_at']}")
    for name in answer["differ"]:
        print(f"{name} has not the rows that it had")
    if answer["ok"] is not None:
        print(f"The log is {'whole' if answer['ok'] else 'NOT whole'}: {answer['rows']:,} sealed rows.")
    print(f"Next: {answer['next']}")
