"""`craffu version`: what is installed here."""

import argparse
import json
import platform
import sqlite3
from importlib.metadata import version as version_of

from craffu import __version__


def run(args: argparse.Namespace) -> int:
    versions = {
        "craffu": __version__,
        "django": version_of("django"),
        "python": platform.python_version(),
        "sqlite": sqlite3.sqlite_version,
    }
    print(json.dumps(versions) if args.json else "\n".join(f"{name} {number}" for name, number in versions.items()))
    return 0
