"""Pictures of charts, drawn once and kept: a page keeps what a chart shows, and the picture is drawn when it is first asked for.

Drawing happens in a process of its own that ends, so a web process never loads Altair or vl-convert (B11, docs/adr/0012). The
name of a picture is a digest of what it shows and of how we draw, so it is never out of date; the folder may be emptied any time.
"""

import fcntl
import functools
import hashlib
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path

from craffu.charts.shapes import Chart, Size, read, written

DIGITS = 40
_IS_DIGEST = re.compile(f"[0-9a-f]{{{DIGITS}}}")
# A folder with more charts than this loses its oldest half: far more than all pages of one day.
MOST_KEPT = 500
MOST_AT_ONCE = 24
TOO_LONG = 60


class NotDrawn(Exception):
    """The picture could not be drawn. The table beside it holds the same figures."""


def keep(folder: Path, chart: Chart) -> str:
    """Keep what a chart shows and give the name of its picture. Nothing is drawn yet."""
    text = written(chart)
    digest = hashlib.sha256(f"{_how_we_draw()}\0{text}".encode()).hexdigest()[:DIGITS]
    path = folder / f"{digest}.json"
    if not path.exists():
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        _prune(folder)
        _write(path, text)
    return digest


def picture(folder: Path, digest: str, size: Size) -> str | None:
    """The picture of that name as SVG; None where no chart of that name is kept. Raises NotDrawn.

    A picture that is missing is drawn together with others that are, because most of the time goes into starting.
    """
    path = folder / f"{digest}.{size}.svg"
    if not path.exists():
        if not _IS_DIGEST.fullmatch(digest) or not (folder / f"{digest}.json").exists():
            return None
        with _alone(folder):
            if not path.exists():
                _draw_together(folder, digest, size)
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError as fault:
        raise NotDrawn(digest) from fault


def draw_apart(charts: Sequence[tuple[Chart, Size]]) -> list[str]:
    """Pictures of charts, drawn in a process of its own. Raises NotDrawn."""
    asked = "".join(f"{json.dumps([written(chart), size], ensure_ascii=False)}\n" for chart, size in charts)
    try:
        done = subprocess.run(  # our own module
            [sys.executable, "-m", "craffu.charts.drawing"],
            input=asked, capture_output=True, text=True, encoding="utf-8", timeout=TOO_LONG, check=True,
        )  # fmt: skip
        drawn = [str(json.loads(line)) for line in done.stdout.splitlines()]
    except (OSError, subprocess.SubprocessError, ValueError) as fault:
        raise NotDrawn(type(fault).__name__) from fault
    if len(drawn) != len(charts):
        raise NotDrawn("fewer pictures than charts")
    return drawn


def _draw_together(folder: Path, first: str, size: Size) -> None:
    newest = sorted(folder.glob("*.json"), key=lambda path: path.stat().st_mtime, reverse=True)
    missing = [path.stem for path in newest if not (folder / f"{path.stem}.{size}.svg").exists()]
    digests = list(dict.fromkeys([first, *missing]))[:MOST_AT_ONCE]
    charts = [(read((folder / f"{digest}.json").read_text(encoding="utf-8")), size) for digest in digests]
    for digest, svg in zip(digests, draw_apart(charts), strict=True):
        _write(folder / f"{digest}.{size}.svg", svg)


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """One at a time: who waits finds the picture drawn."""
    with (folder / "drawing.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _write(path: Path, text: str) -> None:
    """All or nothing, whoever else writes the same."""
    part = path.with_name(f"{path.name}.{os.getpid()}.{os.urandom(4).hex()}")
    part.write_text(text, encoding="utf-8")
    part.replace(path)


def _prune(folder: Path) -> None:
    kept = sorted(folder.glob("*.json"), key=lambda path: path.stat().st_mtime)
    for path in kept[: MOST_KEPT // 2] if len(kept) >= MOST_KEPT else ():
        for size in Size:
            (folder / f"{path.stem}.{size}.svg").unlink(missing_ok=True)
        path.unlink(missing_ok=True)


@functools.cache
def _how_we_draw() -> str:
    """A digest of everything beside the chart that decides a picture: our own drawing and the engines' versions."""
    sources = sorted(Path(__file__).parent.glob("*.py"))
    digests = [hashlib.sha256(path.read_bytes()).hexdigest() for path in sources]
    return " ".join([*digests, version("altair"), version("vl-convert-python")])
