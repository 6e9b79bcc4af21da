"""Taking figures or the snapshot out as files: a disclosure, in the log before anything lies where it was asked (SEC-04, X21).

Files are written aside, logged, and only then put in their place: where the log cannot be written nothing has left.
"""

import json
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext as _

from craffu.access.acting import Acting
from craffu.audit import actions as audit
from craffu.common.reasons import is_too_short
from craffu.common.refusals import NotNow
from craffu.engines.snapshots import Snapshot
from craffu.measures import events
from craffu.measures.definitions import definition
from craffu.measures.engine.catalogue import WORKED
from craffu.measures.exporting import feed, powerbi, rows, webtables, writing
from craffu.measures.exporting.shapes import LAYOUT, Described
from craffu.measures.exporting.star import star
from craffu.measures.kept.reading import Kept
from craffu.measures.permissions import check_can_publish, check_can_see, check_opens_every_row
from craffu.published.disclosure import To

PUBLIC: Final = "public"
# Beside the files of an export, and of nothing else: by it a folder is known that may be replaced.
NOTE: Final = "export.json"
_FROM_FEWEST: Final = (To.PUBLIC, To.INTERNAL, To.ROWS)


@dataclass(frozen=True, slots=True)
class TakenOut:
    """What left: the files by their names, how many rows they hold, and how many figures among those are hidden."""

    name: str
    files: tuple[str, ...]
    rows: int
    hidden: int
    recipient: str
    number: int = 0


@dataclass(frozen=True, slots=True)
class _Written:
    paths: list[Path]
    rows: int
    hidden: int = 0


type _Fill = Callable[[Path], _Written]


def take_out_figures(*, by: Acting, kept: Kept, out: Path, recipient: str, most: To = To.ROWS) -> TakenOut:
    """Every figure as it is told to the reader, or to those to whom no more than `most` is told, with a Power BI model.

    Raises NotPermitted, NotNow where something else lies there, and OSError.
    """
    check_can_see(by)
    told = {code: min(kept.to(by, code), most, key=_FROM_FEWEST.index) for code in kept.measures}

    def fill(folder: Path) -> _Written:
        tables = star(kept, by.force.code, told)
        paths = [path for one in tables for path in writing.write(folder, one)]
        paths.append(_metadata(folder, f"Figures of snapshot {kept.snapshot}", [one.of for one in tables]))
        defined = [definition(code) for code in sorted(told)]
        texts = powerbi.model([one.of for one in tables], defined, {code: WORKED[code].per for code in told})
        paths += [writing.put_text(folder / path, text) for path, text in texts.items()]
        hidden = sum(one.is_hidden for code in told for one in kept.told(code, told[code]).both)
        return _Written(paths, sum(len(one.rows) for one in tables), hidden)

    return _take_out(by, "measures", kept.snapshot, out, fill, recipient=recipient)


def take_out_rows(*, by: Acting, snapshot: Snapshot, out: Path, recipient: str) -> TakenOut:
    """Every row of the snapshot, for whoever may open each of them: it names nobody, and is about people all the same.

    Raises NotPermitted, NotNow where something else lies there, NoSnapshot and OSError.
    """
    check_opens_every_row(by)

    def fill(folder: Path) -> _Written:
        paths: list[Path] = []
        tables: list[Described] = []
        number = 0
        for of, table in rows.tables(snapshot):
            paths += writing.write_table(folder, of, table)
            tables.append(of)
            number += table.num_rows
        paths.append(_metadata(folder, f"Rows of snapshot {snapshot.name}", tables))
        return _Written(paths, number)

    return _take_out(by, "snapshot", snapshot.name, out, fill, recipient=recipient)


def publish_feed(*, by: Acting, kept: Kept, out: Path, reason: str) -> TakenOut:
    """The figures that anybody may read, as a feed: a named person decides that they are published, and why (MSR-03).

    Raises NotPermitted, NotNow without a reason or where something else lies there, and OSError.
    """
    check_can_publish(by)
    if is_too_short(reason):
        raise NotNow("no_reason", _("Say in words why these figures are published: in 10 characters or more."))

    def fill(folder: Path) -> _Written:
        said = feed.feed(kept, by.force.name_en)
        told = [one for code in kept.measures for one in kept.told(code, To.PUBLIC).both]
        return _Written([_put(folder / feed.FILE, said)], len(told), sum(one.is_hidden for one in told))

    return _take_out(by, "feed", kept.snapshot, out, fill, recipient=PUBLIC, reason=reason)


def _metadata(folder: Path, title: str, tables: list[Described]) -> Path:
    says = f"Layout {LAYOUT}. What is empty is not known or not told, and is never nought."
    return _put(folder / webtables.FILE, webtables.described(title, says, tables))


def _put(path: Path, said: dict[str, Any]) -> Path:
    return writing.put_text(path, json.dumps(said, ensure_ascii=False, indent=1) + "\n")


def _take_out(
    by: Acting, name: str, snapshot: str, out: Path, fill: _Fill, *, recipient: str, reason: str = ""
) -> TakenOut:
    """Written aside, logged, and put in its place."""
    _check_place(out)
    out.parent.mkdir(parents=True, exist_ok=True)
    aside = Path(tempfile.mkdtemp(prefix=f".{out.name}-", dir=out.parent))
    try:
        found = fill(aside)
        files = tuple(sorted(str(path.relative_to(aside)) for path in found.paths))
        note = _put(aside / NOTE, {"export": name, "layout": LAYOUT, "snapshot": snapshot, "files": list(files)})
        writing.close([*found.paths, note])
        with transaction.atomic():
            number = audit.record(
                kind=events.FIGURES_TAKEN_OUT,
                actor=by.actor,
                refs=[f"snapshot/{snapshot}"],
                fields=[name],
                counts={"files": len(files), "rows": found.rows, "hidden": found.hidden},
                recipient=recipient,
                reason=reason,
                request=by.request,
            )
        _put_in_place(aside, out)
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    return TakenOut(name, (*files, NOTE), found.rows, found.hidden, recipient, number)


def _check_place(out: Path) -> None:
    """Only what is empty, or holds an earlier export and can be made again, is written over."""
    if out.is_file() or (out.is_dir() and any(out.iterdir()) and not (out / NOTE).is_file()):
        raise NotNow(
            "not_empty", _("Something else lies there: name a folder that is empty or holds an earlier export.")
        )


def _put_in_place(aside: Path, out: Path) -> None:
    before = aside.with_name(f"{aside.name}-before")
    if out.exists():
        out.rename(before)
    aside.rename(out)
    shutil.rmtree(before, ignore_errors=True)
