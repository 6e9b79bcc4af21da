"""Prints a paper as PDF/UA in a process of its own, in memory: what is in it about people never lies on a disk in the clear.

A page of the site never loads what sets a paper (B11), and a file of somebody else that is put into one is opened apart from
everything that can reach the register. Told as JSON, answered with the PDF.
"""

import base64
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any, Final

from craffu.documents.papers import Block, Enclosed, InLanguage, Paper

TOO_LONG: Final = 90
# How the printing process ends: done, a paper put in cannot be read, there are more pages than one paper may have.
DONE, NOT_READABLE, TOO_MANY_PAGES = 0, 3, 4
MOST_PAGES: Final = 400


class NotPrinted(Exception):
    """The paper could not be printed."""


class NotReadable(NotPrinted):
    """A paper that was to be put in is damaged, locked or no PDF, PNG or JPEG; `number` is which of them, from 0."""

    def __init__(self, number: int) -> None:
        super().__init__(f"enclosed paper {number}")
        self.number = number


class TooManyPages(NotPrinted):
    """With what is put in it would have more pages than anybody reads."""


def printed(paper: Paper) -> bytes:
    """The paper as PDF. Raises NotReadable, TooManyPages, and NotPrinted for anything else."""
    asked = json.dumps(told(paper), ensure_ascii=False).encode()
    try:
        done = subprocess.run(  # our own module
            [sys.executable, "-m", "craffu.documents.press"], input=asked, capture_output=True, timeout=TOO_LONG, check=False,
            env=_environment(),
        )  # fmt: skip
    except (OSError, subprocess.SubprocessError) as fault:
        raise NotPrinted(type(fault).__name__) from fault
    if done.returncode == NOT_READABLE:
        raise NotReadable(int(done.stderr or b"0"))
    if done.returncode == TOO_MANY_PAGES:
        raise TooManyPages(str(MOST_PAGES))
    if done.returncode != DONE or not done.stdout.startswith(b"%PDF-"):
        # What it said may quote the paper: only how it ended is told.
        raise NotPrinted(f"the printing process ended with {done.returncode}")
    return done.stdout


def _environment() -> dict[str, str]:
    """Nothing of ours: neither keys nor the address of the database."""
    kept = {name: os.environ[name] for name in ("PATH", "LANG", "LC_ALL", "TZ") if name in os.environ}
    return kept | {"PYTHONPATH": os.pathsep.join(one for one in sys.path if one)}


def told(paper: Paper) -> dict[str, Any]:
    """The paper as the process is told it."""
    return {
        "title": paper.title,
        "language": paper.language,
        "marking": paper.marking,
        "reference": paper.reference,
        "printed": paper.printed,
        "page_words": paper.page_words,
        "made_at": int(paper.made_at.timestamp()),
        "sizes": list(paper.sizes),
        "pages": paper.pages,
        "continues": paper.continues,
        "blocks": list(_blocks(paper)),
    }


def _blocks(paper: Paper) -> Iterator[dict[str, Any]]:
    """Each block, with the language that it is in where that is not the paper's."""
    language = paper.language
    for one in paper.blocks:
        if isinstance(one, InLanguage):
            language = one.language
        else:
            yield _block(one) | ({"language": language} if language != paper.language else {})


def _block(block: Block) -> dict[str, Any]:
    kind = {"kind": type(block).__name__.lower()}
    if isinstance(block, Enclosed):
        content = base64.b64encode(block.content).decode()
        return kind | {"title": block.title, "said": block.said, "content": content}
    return kind | asdict(block)
