"""What files that were handed in are called on a page: by their own names, and never by the folders of a server."""

import re
from collections import Counter
from collections.abc import Iterable
from pathlib import PurePosixPath

from craffu.intake import uploads

# So many folders at most, where files of one name must be told apart.
MOST_FOLDERS = 3
_IN_ARCHIVE = re.compile(r"(.*?\.zip)(: .*)", re.IGNORECASE | re.DOTALL)


def file_shown(name: str) -> str:
    """A file by its own name; one of an archive behind the archive's."""
    return _short(name, 0)


def files_shown(names: Iterable[str]) -> dict[str, str]:
    """Several files by their names. Those of one name have as many folders before it as tell them apart."""
    shown = {name: file_shown(name) for name in names}
    for folders in range(1, MOST_FOLDERS + 1):
        often = Counter(shown.values())
        shown = {name: short if often[short] == 1 else _short(name, folders) for name, short in shown.items()}
    return shown


def _short(name: str, folders: int) -> str:
    inside = _IN_ARCHIVE.match(name)
    path, member = inside.groups() if inside else (name, "")
    handed_in_here = f"{uploads.root()}/"
    if path.startswith(handed_in_here):
        path = path.removeprefix(handed_in_here).partition("/")[2]  # the run's own folder
    parts = [part for part in PurePosixPath(path).parts if part != "/"]
    return ("/".join(parts[-folders - 1 :]) or path) + member
