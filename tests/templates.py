"""A database brought up to date once in a run and copied for every worker: to bring one up to date takes five seconds.

Without one, as under a bare `pytest`, each worker brings up its own.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings

from tests.installation import ROOT, Installation, new_installation

TEMPLATE = "CRAFFU_TESTS_TEMPLATE"
# The folder of the one on SQLite, for a test on PostgreSQL that needs both.
TWIN = "CRAFFU_TESTS_TWIN"
_ADDRESS = "address"


def make(folder: Path, env: dict[str, str], server_url: str) -> None:
    """Bring up a database in a folder, or on a server, under the environment of a part of the run."""
    folder.mkdir()
    url = new_installation(folder, server_url).database_url
    command = [sys.executable, "-m", "django", "migrate", "--verbosity", "0"]
    named = {"DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "craffu.config.settings"}
    subprocess.run(command, check=True, cwd=ROOT, env={**env, **named})
    (folder / _ADDRESS).write_text(url, encoding="utf-8")


def installation() -> Installation | None:
    """What this run made, with no key ring and no codes yet."""
    folder = os.environ.get(TEMPLATE)
    return Installation(Path(folder), (Path(folder) / _ADDRESS).read_text(encoding="utf-8")) if folder else None


def copy_twin(home: Path) -> None:
    """Put the database on SQLite that this run made into a home, where it made one: to bring it up to date is then quick."""
    made = Path(os.environ.get(TWIN, "")) / "craffu.sqlite3"
    if os.environ.get(TWIN) and made.exists():
        shutil.copyfile(made, home / made.name)


def use() -> bool:
    """Have the database of this worker made from the template. Whether it stands already, as a copied file does."""
    template = installation()
    if template is None:
        return False
    path, test = urlsplit(template.database_url).path, settings.DATABASES["default"]["TEST"]
    if settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"):
        for left in ("-wal", "-shm"):
            # What an earlier run did not put into a database of this name is none of this one's.
            Path(f"{test['NAME']}{left}").unlink(missing_ok=True)
        shutil.copyfile(path, test["NAME"])
        return True
    test["TEMPLATE"] = path.lstrip("/")
    return False
