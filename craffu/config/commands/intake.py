"""`craffu intake`: take in what other systems sent, and say what became of every row."""

import argparse
import json
import os
import sys
from pathlib import Path
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _
from tqdm import tqdm

from craffu.access.acting import Acting
from craffu.audit.sealing.actions import seal, sign_heads
from craffu.common.refusals import Refusal
from craffu.config.cli import NotCarriedOut
from craffu.config.commands.database import acting
from craffu.intake.adapters import ADAPTERS
from craffu.intake.models import Run
from craffu.intake.records.rereading import read_kept_again
from craffu.intake.running import Done, take_in
from craffu.intake.wording import translated


def run(args: argparse.Namespace) -> int:
    with translation.override(terminal_language()):
        return _run(args)


def terminal_language() -> str:
    """Welsh where the terminal is set to it, as its own programs would ask; else English."""
    said = next(filter(None, map(os.environ.get, ("LC_ALL", "LC_MESSAGES", "LANG"))), "")
    return "cy" if said.startswith("cy") else "en"


def _run(args: argparse.Namespace) -> int:
    by = acting(args.as_user, f"intake {args.kind}")
    if args.kept == bool(args.paths):
        raise NotCarriedOut(_("Name what to take in, or ask with --kept for what is kept already."))
    if args.kept:
        return _read_again(by, args)
    with tqdm(unit=" rows", delay=2, disable=args.json or not sys.stderr.isatty(), file=sys.stderr) as bar:

        def show(now: Run) -> None:
            bar.update(now.received - bar.n)

        try:
            done = take_in(
                by=by,
                kind=args.kind,
                paths=args.paths,
                expected=args.expected,
                mapping=_mapping(args.mapping),
                dry_run=args.dry_run,
                progress=show,
            )
        except Refusal as refusal:
            raise NotCarriedOut(refusal.message) from refusal
    if not args.dry_run:
        seal(force=by.force.code)
        try:
            sign_heads()
        except OSError:
            print(_("The signed head of the log could not be copied: check CRAFFU_AUDIT_HEADS."), file=sys.stderr)
    for file in done.refused:
        print(f"{file.name}: {file.message}", file=sys.stderr)
    answer = as_json(done)
    if args.json:
        print(json.dumps(answer, ensure_ascii=False))
    else:
        print_for_people(done.run, answer, dry_run=args.dry_run)
    return int(done.exit)


def _read_again(by: Acting, args: argparse.Namespace) -> int:
    try:
        done = read_kept_again(by=by, kind=args.kind)
    except Refusal as refusal:
        raise NotCarriedOut(refusal.message) from refusal
    seal(force=by.force.code)
    answer = {"kind": args.kind, "kept": done.rows, "told": done.told}
    said = _("%(kept)s kept rows were read again; %(told)s of them tell what was not known.") % answer
    print(json.dumps(answer) if args.json else said)
    return 0


def _mapping(path: str | None) -> bytes | None:
    if path is None:
        return None
    try:
        return Path(path).read_bytes()
    except OSError as fault:
        raise NotCarriedOut(_("The mapping %(path)s cannot be read. Check its name.") % {"path": path}) from fault


def as_json(done: Done) -> dict[str, Any]:
    """The public keys of `craffu intake`."""
    ended = done.run
    return {
        "run": ended.reference,
        "kind": ended.kind,
        "state": ended.state,
        "files": ended.files_done,
        "refused_files": [{"path": file.name, "code": file.code, "message": file.message} for file in done.refused],
        "expected": ended.expected,
        "received": ended.received,
        "created": ended.created,
        "updated": ended.updated,
        "unchanged": ended.unchanged,
        "parked": ended.parked,
        "rejected": ended.rejected,
        "warnings": ended.warnings,
        "reject_file": str(done.reject_file) if done.reject_file else None,
        "reconciled": done.reconciled,
        **ended.totals,
    }


def print_for_people(ended: Run, answer: dict[str, Any], *, dry_run: bool) -> None:
    if dry_run:
        print(_("Nothing was stored: this is what would have happened."))
    print(
        _("%(run)s %(kind)s: %(read)s files read, %(refused)s refused")
        % {"run": ended.reference, "kind": ended.kind, "read": ended.files_done, "refused": ended.files_refused}
    )
    counts = {
        _("received"): ended.received,
        _("created"): ended.created,
        _("updated"): ended.updated,
        _("unchanged"): ended.unchanged,
        _("parked"): ended.parked,
        _("rejected"): ended.rejected,
    }
    width = max(map(len, counts))
    for name, number in counts.items():
        print(f"  {name:<{width}} {number:>8,}")
    print(f"  {_('reconciled: yes') if answer['reconciled'] else _('reconciled: NO, rows are missing')}")
    adapter = ADAPTERS[ended.kind]
    for code, count in ended.warnings.items():
        print(f"  {count:>6,}  {translated(adapter.sentence(code))[0]}")
    if ended.rejected and answer["reject_file"]:
        print(
            _("Correct the last column of %(file)s and take that file in the same way.")
            % {"file": answer["reject_file"]}
        )
