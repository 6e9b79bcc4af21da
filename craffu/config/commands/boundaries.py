"""`craffu boundaries`: whose each kind of record is, with whom it is shared, and a draft arrangement with a partner (SEC-10)."""

import argparse
import json
from typing import Any

from django.utils import translation

from craffu.access.boundaries.rules import BOUNDARIES, JOINT, With
from craffu.config.cli import DONE
from craffu.config.commands.database import acting
from craffu.web.boundaries.presenters import arrangement


def run(args: argparse.Namespace) -> int:
    by = acting(args.as_user)
    if args.partner is None:
        answer = [_kind(of.value, by.force.controller) for of in BOUNDARIES]
        print(json.dumps({"records": answer}) if args.json else "\n".join(map(_line, answer)))
        return DONE
    with translation.override(args.language):
        lines = arrangement(by.force, With(args.partner.replace("-", "_")))
    print(
        json.dumps({"partner": args.partner, "language": args.language, "lines": lines})
        if args.json
        else "\n".join(lines)
    )
    return DONE


def _kind(of: str, controller: str) -> dict[str, Any]:
    one = next(boundary for kind, boundary in BOUNDARIES.items() if kind == of)
    joint = [who.value for who, kinds in JOINT.items() if of in kinds]
    shared = {who.value: basis.value for who, basis in one.shared.items()}
    return {"record": of, "controller": controller, "regime": one.regime, "shared": shared, "joint_with": joint}


def _line(one: dict[str, Any]) -> str:
    shared = ", ".join(f"{who} ({basis})" for who, basis in one["shared"].items()) or "not shared"
    return f"{one['record']:<12} {one['controller']}, {one['regime']}: {shared}"
