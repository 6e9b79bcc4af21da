"""T27 by hand before a release: the same readers, guided by which of their branches an input reaches.

    pip install atheris        in an environment of its own beside the development packages
    python tests/fuzz/coverage_guided.py "tables, xlsx" -max_total_time=28800

A crash, a hang of more than five seconds or more than 1 GB ends it, and the input is kept where it was started.
"""

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))
os.environ.update(CRAFFU_MODE="test", DJANGO_SETTINGS_MODULE="craffu.config.settings")

import atheris  # type: ignore[import-not-found]  # noqa: E402  # not among the development packages, see test_T27_readers.py

with atheris.instrument_imports(include=["craffu", "csv", "zipfile", "json"]):
    import django

    django.setup()
    from tests.fuzz import test_T27_readers as readers


def main() -> None:
    """Fuzz the one reader that was named; libFuzzer's own options follow it."""
    _, name, *options = sys.argv
    _, read = readers.READERS[name]
    atheris.Setup(
        [sys.argv[0], "-timeout=5", "-rss_limit_mb=1000", *options], lambda data: readers.bounded(read, bytes(data))
    )
    atheris.Fuzz()


if __name__ == "__main__":
    main()
