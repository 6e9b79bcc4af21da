"""`craffu orders list|due|card`: each action in a module of its own."""

import argparse

from craffu.config.cli import NotCarriedOut
from craffu.config.commands import orders_card, orders_register


def run(args: argparse.Namespace) -> int:
    if args.action != "card":
        return orders_register.run(args)
    if not args.reference:
        raise NotCarriedOut("Say which order: craffu orders card O-10001.")
    return orders_card.run(args)
