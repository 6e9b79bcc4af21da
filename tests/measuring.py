"""Writes down which way the modules that guard people's data were gone through, while tests run; `branches.py` reads it.

A plugin of pytest that does nothing unless `run.py` says where to write. Coverage's own tracer would be told of every line of
every module, Django's among them, and drop what is not asked for: a quarter of a run. This one is told of the lines of the
guards alone, and keeps them as coverage does: pairs of lines, one after the other.
"""

import os
import sys
from collections.abc import Iterable
from pathlib import Path
from types import CodeType

from coverage import CoverageData

# Set for every process of a part that is measured: the folder, and the modules, one on each line of a file in it.
WHERE = "CRAFFU_TESTS_MEASURED"
MODULES = "modules"
KEPT_AS = "branches"
_TOOL = sys.monitoring.COVERAGE_ID
_EVENTS = sys.monitoring.events


class Measuring:
    """The pairs of lines that followed one another, by module, from `start` until `stop`."""

    def __init__(self, names: Iterable[str], root: Path) -> None:
        self.pairs: dict[str, set[tuple[int, int]]] = {str(root / name): set() for name in names}
        self._names = {str(root / name): name for name in names}
        # The last line in each frame that runs or waits, by its identity: a frame that is kept would keep what it holds.
        self._last: dict[int, int] = {}

    def start(self) -> None:
        monitoring = sys.monitoring
        monitoring.use_tool_id(_TOOL, "craffu")
        monitoring.register_callback(_TOOL, _EVENTS.PY_START, self._begun)
        monitoring.register_callback(_TOOL, _EVENTS.LINE, self._line)
        monitoring.register_callback(_TOOL, _EVENTS.PY_RETURN, self._returned)
        monitoring.set_events(_TOOL, _EVENTS.PY_START)

    def stop(self) -> None:
        sys.monitoring.set_events(_TOOL, 0)
        sys.monitoring.free_tool_id(_TOOL)

    def write(self, folder: Path, name: str) -> None:
        """Keep what was found in a folder, beside what others found."""
        data = CoverageData(str(folder / KEPT_AS), suffix=name)
        data.add_arcs({self._names[path]: pairs for path, pairs in self.pairs.items() if pairs})
        data.write()

    def _begun(self, code: CodeType, _offset: int) -> object:
        if code.co_filename not in self.pairs:
            return sys.monitoring.DISABLE
        if not sys.monitoring.get_local_events(_TOOL, code):
            sys.monitoring.set_local_events(_TOOL, code, _EVENTS.LINE | _EVENTS.PY_RETURN)
        self._last[id(sys._getframe(1))] = -code.co_firstlineno
        return None

    def _line(self, code: CodeType, line: int) -> None:
        frame = id(sys._getframe(1))
        self.pairs[code.co_filename].add((self._last.get(frame, -code.co_firstlineno), line))
        self._last[frame] = line

    def _returned(self, code: CodeType, _offset: int, _value: object) -> None:
        last = self._last.pop(id(sys._getframe(1)), None)
        if last is not None:
            self.pairs[code.co_filename].add((last, -code.co_firstlineno))


def prepare(folder: Path, names: Iterable[str]) -> None:
    """Make the folder that the processes of a part write to."""
    folder.mkdir()
    (folder / MODULES).write_text("\n".join(names), encoding="utf-8")


def begin(folder: Path, root: Path) -> Measuring:
    """Measure from now on what the folder says."""
    found = Measuring((folder / MODULES).read_text(encoding="utf-8").splitlines(), root)
    found.start()
    return found


if os.environ.get(WHERE):
    _FOLDER = Path(os.environ[WHERE])
    _HERE = begin(_FOLDER, Path(__file__).resolve().parents[1])

    def pytest_sessionfinish() -> None:
        _HERE.stop()
        _HERE.write(_FOLDER, os.environ.get("PYTEST_XDIST_WORKER", "alone"))
