"""The folder of court result messages the demo takes in, written once and then left as it is.

A note beside it says for how many people, with which seed and on which day it was made, so that the same command another
day finds the same messages, and more people can be added to those who are there.
"""

import hashlib
import json
import os
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from pathlib import Path

from craffu.config.demo.court_messages import message
from craffu.config.demo.mistakes import stopped, told

# Another number whenever the same seed would tell other stories.
EDITION = 1
REFUSED = "refused"
_COPIES_FROM = 90


class OtherDemo(Exception):
    """The folder holds a demo made in another way; the message says which and what to do."""


@dataclass(frozen=True, slots=True)
class File:
    """One message as a file: its name sorts by the day it was sent."""

    name: str
    data: bytes = field(repr=False)
    expected: str


@dataclass(frozen=True, slots=True)
class Extract:
    """What a folder holds: `files` are the SHA-256 of every readable file by name, `expected` counts the outcomes."""

    people: int
    seed: int
    day: str
    edition: int = EDITION
    files: dict[str, str] = field(default_factory=dict)
    expected: dict[str, int] = field(default_factory=dict)


def files(seed: int, numbers: range, today: date) -> Iterator[File]:
    """The messages about some defendants, by number."""
    for number in numbers:
        for position, sent in enumerate(told(seed, number, today), 1):
            yield File(_name(sent.sent_on, number, position), message(sent), sent.expected)
        for position, one in enumerate(stopped(seed, number, today), _COPIES_FROM):
            yield File(_name(one.sent_on, number, position), one.data, one.expected)


def _name(sent_on: date, number: int, position: int) -> str:
    return f"{sent_on:%Y%m%d}-{number:05}-{position:02}.xml"


def write(folder: Path, *, people: int, seed: int, today: date, progress: Callable[[], object]) -> Extract:
    """The folder for at least so many people. What is there stays; raises OtherDemo where it has another seed."""
    present = read_note(folder)
    if present is None:
        present = Extract(0, seed, today.isoformat())
    if (present.seed, present.edition) != (seed, EDITION):
        raise OtherDemo(
            f"{folder.parent} holds a demo with seed {present.seed} of edition {present.edition}: use seed "
            f"{present.seed} with the Craffu that made it, or set CRAFFU_HOME to a new folder."
        )
    if people <= present.people:
        return present
    folder.mkdir(parents=True, exist_ok=True)
    # Noted before the first file, so that a run that was stopped goes on with the same day and the same names.
    _write_note(folder, present)
    sums, expected = dict(present.files), Counter(present.expected)
    for file in files(seed, range(present.people + 1, people + 1), date.fromisoformat(present.day)):
        _write(folder / file.name, file.data)
        expected[file.expected] += 1
        if file.expected != REFUSED:
            sums[file.name] = hashlib.sha256(file.data).hexdigest()
        progress()
    made = replace(present, people=people, files=sums, expected=dict(sorted(expected.items())))
    _write_note(folder, made)
    return made


def _write_note(folder: Path, extract: Extract) -> None:
    _write(_note(folder), json.dumps(asdict(extract), indent=1, sort_keys=True).encode())


def read_note(folder: Path) -> Extract | None:
    """What the folder's note says, or None where there is none that can be read."""
    try:
        return Extract(**json.loads(_note(folder).read_text(encoding="utf-8")))
    except (FileNotFoundError, ValueError, TypeError):
        return None


def _note(folder: Path) -> Path:
    return folder.with_suffix(".json")


def _write(path: Path, data: bytes) -> None:
    """All of the file or none of it, however the command ends."""
    part = path.with_name(f".{path.name}.part")
    part.write_bytes(data)
    os.replace(part, path)
