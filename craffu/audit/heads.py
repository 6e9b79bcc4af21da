"""Signed heads and the file outside the database that keeps a copy of each (SEC-05).

A chain whose tail was cut off is still whole: only a head kept elsewhere shows it. No Django here.
"""

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path

from craffu.audit.rules import canonical


@dataclass(frozen=True, slots=True)
class SignedHead:
    """At `at`, the chain of `force` was `position` rows long and ended in `hash`."""

    force: str
    position: int
    hash: str
    at: str
    signature: str

    def signed_text(self) -> str:
        return head_text(self.force, self.position, self.hash, self.at)


def head_text(force: str, position: int, hash: str, at: str) -> str:
    """What is signed."""
    return canonical({"force": force, "position": position, "hash": hash, "at": at})


def heads_file(folder: Path, force: str) -> Path:
    return folder / f"{force}.heads"


def _parsed(line: str) -> SignedHead | None:
    try:
        head = SignedHead(**json.loads(line))
    except (ValueError, TypeError):
        return None
    return head if isinstance(head.position, int) else None


def read_heads(path: Path) -> tuple[list[SignedHead], list[int]]:
    """The heads of a file, and the numbers of lines that cannot be read.

    A line torn by a power cut is forgiven: it is the unfinished last line, or the beginning of one written again later.
    """
    try:
        lines = path.read_bytes().decode("utf-8", "replace").split("\n")
    except FileNotFoundError:
        return [], []
    whole = lines[:-1]
    heads, unreadable = [], []
    for number, line in enumerate(whole, start=1):
        head = _parsed(line)
        if head is not None:
            heads.append(head)
        elif not line or not any(later.startswith(line) for later in whole[number:]):
            unreadable.append(number)
    return heads, unreadable


def append_heads(path: Path, heads: list[SignedHead]) -> None:
    """Add heads to a file and return when the disk holds them."""
    path.parent.mkdir(parents=True, exist_ok=True)
    new = not path.exists()
    with path.open("a+b") as file:
        file.seek(max(0, file.seek(0, os.SEEK_END) - 1))
        torn = file.read(1) not in {b"", b"\n"}
        text = "".join(canonical(asdict(head)) + "\n" for head in heads)
        file.write(("\n" * torn + text).encode())
        file.flush()
        os.fsync(file.fileno())
    if new:
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
