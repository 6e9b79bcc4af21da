"""A database brought up to date once in a run and copied for every worker: to bring one up to date takes ten seconds.

Without one, as under a bare `pytest`, each worker brings up its own.
"""

import functools
import gc
import os
import shutil
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import django
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db.migrations.state import StateApps

from tests.installation import ROOT, Installation, new_installation

TEMPLATE = "CRAFFU_TESTS_TEMPLATE"
# The folder of the one on SQLite, for a test on PostgreSQL that needs both.
TWIN = "CRAFFU_TESTS_TWIN"
_ADDRESS = "address"


def make(folder: Path, env: dict[str, str], server_url: str) -> None:
    """Bring up a database in a folder, or on a server, under the environment of a part of the run."""
    folder.mkdir()
    url = new_installation(folder, server_url).database_url
    named = {"DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "craffu.config.settings"}
    subprocess.run([sys.executable, "-m", "tests.templates"], check=True, cwd=ROOT, env={**env, **named})
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


def migrate() -> None:
    """As `django migrate`, in half the time: tests of migrations begin that one itself.

    Django makes all models anew after each step that changes one. It looks for rubbish all the while, and asks of every relation
    which model stands in for another, which is the same at every step.
    """
    django.setup()
    gc.disable()
    stands_in = functools.cache(apps.get_swappable_settings_name)
    StateApps.get_swappable_settings_name = staticmethod(stands_in)  # type: ignore[assignment,method-assign]
    call_command("migrate", verbosity=0, skip_checks=True)


if __name__ == "__main__":
    migrate()
