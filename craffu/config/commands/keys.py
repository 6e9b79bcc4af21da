"""`craffu keys`: list the key ring, add a key, rotate to the newest while the register is in use, retire an old one (SEC-06).

No command shows or takes a secret. A rotation that was stopped or killed is begun again by the same words and ends the same.
"""

import argparse
import json
import sys
from dataclasses import asdict

from django.core.exceptions import ImproperlyConfigured
from tqdm import tqdm

from craffu.access.acting import Acting
from craffu.access.keys import actions
from craffu.access.keys.queries import KeyStanding, left_to_rewrap, standing
from craffu.access.wall.reach import every_force
from craffu.common import keyring
from craffu.common.key_changes import KeyKind
from craffu.common.refusals import Refusal
from craffu.config.cli import DONE, SOMETHING_AMISS, NotCarriedOut
from craffu.config.commands.database import acting, ready_for_every_force
from craffu.intake.court_results.tokens import DEFENDANTS
from craffu.people.tokens import CONTACTS, HOMES

BLIND_INDEXES = (CONTACTS, *HOMES, DEFENDANTS)
# What a token is of is worked out from the words it stands for; these stand for nothing that is kept, and end by themselves.
# A passkey is told a token of its holder once, and nobody looks for it.
END_BY_THEMSELVES = {
    "entries held on a device",
    # Of records' keys: the next run of linking makes them anew, and nothing is compared on arrival until then.
    "keys of records",
    "passkey user",
    # What was sent or read out opens nothing after a change of keys, as after its few days: she is asked anew.
    # Of a place that guesses there: what is counted begins anew with a new key.
    "safe page address",
    "safe page invitation",
    "safe page sitting",
    "session",
    # The next snapshot has other references throughout; those of the one before stand in it alone.
    "snapshot",
    "sign-in account",
    "sign-in address",
    "sign-in device",
}
STATES = {"writes": "writes", "reads": "only reads", "waits": "waits for rotate"}


def run(args: argparse.Namespace) -> int:
    ready_for_every_force()
    by = acting(args.as_user)
    try:
        with every_force("a key protects every force's values"):
            return {"list": show, "add": add, "rotate": rotate, "retire": retire}[args.action](by, args)
    except Refusal as refusal:
        raise NotCarriedOut(refusal.message) from refusal
    except (OSError, ImproperlyConfigured) as fault:
        what = fault.strerror if isinstance(fault, OSError) else str(fault)
        raise NotCarriedOut(f"The key ring could not be changed ({what}). Check who owns CRAFFU_KEYS.") from fault


def show(by: Acting, args: argparse.Namespace) -> int:
    keys = standing(by)
    if args.json:
        print(json.dumps({"keys": [asdict(key) for key in keys]}))
        return DONE
    print("\n".join(_line(key) for key in keys))
    return DONE


def _line(key: KeyStanding) -> str:
    rows = "" if key.rows is None else f"{key.rows:>12,} values"
    return f"{key.kind:<7} {key.id:<10} {STATES[key.state]:<17} {key.writes_since[:16]:<17}{rows}"


def add(by: Acting, args: argparse.Namespace) -> int:
    key = actions.add_key(by=by, kind=KeyKind(args.kind))
    if args.json:
        print(json.dumps({"key": key, "kind": args.kind}))
        return DONE
    print(f"{key} was added and does not write yet. Copy the key ring to every machine and to where you keep it,")
    print(f"then run `craffu keys rotate --kind {args.kind}`.")
    return DONE


def rotate(by: Acting, args: argparse.Namespace) -> int:
    kind = KeyKind(args.kind)
    left = left_to_rewrap(keyring.ring()) if kind is KeyKind.VALUES else None
    with tqdm(unit=" values", total=left or None, delay=1, disable=args.json or not sys.stderr.isatty()) as bar:
        done = actions.rotate(by=by, kind=kind, indexes=BLIND_INDEXES, look=bar.update)
    if args.json:
        print(json.dumps(asdict(done)))
    elif not done.began and not done.replaced:
        print(f"Everything is under {done.key} already. `craffu keys add` makes a new key to rotate to.")
    else:
        print(f"{done.key} writes; {done.replaced:,} values were brought under it.")
    if done.unreadable and not args.json:
        print(f"{done.unreadable:,} values cannot be brought under it: `craffu keys retire` will say where they lie.")
    return SOMETHING_AMISS if done.unreadable else DONE


def retire(by: Acting, args: argparse.Namespace) -> int:
    if not args.key:
        raise NotCarriedOut("Say which: craffu keys retire KEY. `craffu keys list` shows them.")
    kind = actions.retire_key(by=by, key=args.key, indexes=BLIND_INDEXES)
    if args.json:
        print(json.dumps({"retired": args.key, "kind": kind}))
        return DONE
    print(f"{args.key} is out of the key ring. Destroy its copies once no backup needs it.")
    return DONE
