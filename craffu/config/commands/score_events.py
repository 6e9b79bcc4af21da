"""`craffu score events`: the score of events handed in as data, by the default scheme. Needs neither a database nor Django."""

import argparse
import json
from pathlib import Path
from typing import Any

from craffu.config.cli import DONE, NotCarriedOut
from craffu.prevention import plain
from craffu.prevention.scoring.facts import refused_inputs

_NAMES = {"inc": "incident_id", "age": "occurred_on", "w": "weight", "v": "victim_id"}


def run(args: argparse.Namespace) -> int:
    """One JSON object: events of one person as `{"events": [{"inc", "age", "w", "v", ...}]}`, or the list alone."""
    if not args.file:
        raise NotCarriedOut("score events needs a file: craffu score events FILE.json")
    path = Path(args.file)
    try:
        said = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as fault:
        raise NotCarriedOut(f"{path.name} cannot be read as JSON: {fault}") from fault
    given = {"events": said} if isinstance(said, list) else said
    _check(path.name, given)
    try:
        answer = plain.score(given)
    except (KeyError, TypeError, ValueError) as fault:
        raise NotCarriedOut(f"{path.name}: an event lacks or misspells something: {fault}") from fault
    print(json.dumps(answer, ensure_ascii=False))
    return DONE


def _check(name: str, given: Any) -> None:
    """Nothing that may not enter a score is passed over in silence (PRI-08)."""
    if not isinstance(given, dict) or not isinstance(given.get("events"), list):
        raise NotCarriedOut(f'{name} holds no events: give {{"events": [...]}}')
    named = {_NAMES.get(field, field) for one in given["events"] for field in one}
    if refused := refused_inputs(named):
        raise NotCarriedOut(f"{name}: {', '.join(refused)} may not enter a score")
