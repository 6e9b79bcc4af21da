"""`craffu orders card REF`: the one-page card of a live order as PDF, kept and logged like one taken out on its page (ORD-18)."""

import argparse
import json
from dataclasses import replace
from pathlib import Path
from typing import Final

from django.utils.translation import override

from craffu.access.exports.rules import Asked
from craffu.common import clock
from craffu.common.refusals import Refusal
from craffu.config.cli import DONE, NotCarriedOut
from craffu.config.commands.database import acting
from craffu.orders.models import PaperPrinted
from craffu.orders.permissions import check_can_print
from craffu.orders.printing.reasons import POLICING
from craffu.orders.printing.rules import Audience, Printed
from craffu.orders.queries import find_order
from craffu.web.papers.printing import print_paper

AT_THE_MACHINE: Final = "Printed at the machine for police work"


def run(args: argparse.Namespace) -> int:
    """Write the card. Raises NotCarriedOut where there is no such order, or it may not be printed."""
    if not args.reference:
        raise NotCarriedOut("Say which order: craffu orders card O-10001.")
    by = acting(args.as_user)
    # No session could have been left open here: whoever acts was named with the command itself.
    by = replace(by, factor_at=clock.now())
    asked = Asked(
        POLICING, args.words or AT_THE_MACHINE, args.recipient or by.actor.name, args.organisation or by.force.name_en
    )
    with override(args.lang):
        try:
            check_can_print(by, Printed.CARD)
            order = find_order(by, args.reference)
            if order is None:
                raise NotCarriedOut(f"There is no order {args.reference} that you may see.")
            row, content = print_paper(by=by, order=order, kind=Printed.CARD, audience=Audience.POLICE, asked=asked)
        except Refusal as refusal:
            raise NotCarriedOut(refusal.message) from refusal
    file = _written(Path(args.out or f"{order.reference}.pdf"), content)
    _say(args, row, order.reference, file)
    return DONE


def _written(file: Path, content: bytes) -> Path:
    try:
        file.write_bytes(content)
    except OSError as fault:
        raise NotCarriedOut(f"{file} cannot be written ({fault.strerror}): choose another with --out.") from fault
    return file


def _say(args: argparse.Namespace, row: PaperPrinted, order: str, file: Path) -> None:
    said = {"order": order, "file": str(file), "sha256": row.sha256, "bytes": row.size, "language": row.language}
    print(json.dumps(said) if args.json else f"{order}: {file}, {row.size:,} bytes, SHA-256 {row.sha256}")
