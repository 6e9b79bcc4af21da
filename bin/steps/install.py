"""The steps of bin/setup: each is done once and again only when what it depends on has changed.

Only the standard library is used here, because this runs before anything is installed. Everything is said on standard
error, so that `bin/demo --json` prints JSON alone.
"""

import argparse
import fcntl
import hashlib
import json
import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BUILD = ROOT / "build"
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
CRAFFU = VENV / "bin" / "craffu"
DONE = BUILD / "setup.json"
UV_LOCK = ROOT / "bin" / "steps" / "uv.txt"
PACKAGES_LOCK = ROOT / "requirements" / "dev.txt"
CATALOGUE = ROOT / "craffu" / "locale" / "cy" / "LC_MESSAGES" / "django.po"
STATIC = BUILD / "static"
STATIC_SOURCES = (BUILD / "assets", ROOT / "craffu" / "web" / "static")
MINOR = f"{sys.version_info.major}.{sys.version_info.minor}"
# A kernel reads no longer a first line than this, and none with a space in it.
LONGEST_SHEBANG = 120


class SetupError(Exception):
    """A step cannot be done; the message is one line that says what to do."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step: `state` digests what it depends on, `makes` must stand afterwards."""

    name: str
    state: Callable[[], str]
    makes: tuple[Path, ...]
    run: Callable[[], None]


def say(text: str) -> None:
    print(f"setup: {text}", file=sys.stderr, flush=True)


def digest(*paths: Path, also: str = "") -> str:
    """One digest of files by name and content, and of a text."""
    found = hashlib.sha256(also.encode())
    for path in paths:
        if path.is_file():
            found.update(f"\0{path.relative_to(ROOT)}\0".encode())
            found.update(path.read_bytes())
    return found.hexdigest()


def files_in(folders: Iterable[Path]) -> list[Path]:
    return sorted(path for folder in folders for path in folder.rglob("*"))


def run(*command: str | Path, env: dict[str, str] | None = None) -> str:
    """Run a command quietly; returns why it failed, or nothing."""
    try:
        done = subprocess.run(
            [str(part) for part in command],
            check=False, cwd=ROOT, env=env, stdin=subprocess.DEVNULL, capture_output=True, text=True,
        )  # fmt: skip
    except OSError as fault:
        return str(fault)
    if done.returncode == 0:
        return ""
    lines = [line.strip() for line in (done.stderr or done.stdout).splitlines() if line.strip()]
    return lines[-1] if lines else f"exit {done.returncode}"


def from_apt(*packages: str) -> bool:
    """Whether the system's packages could be installed: only as root, and only where there is apt."""
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        return False
    say(f"installing {', '.join(packages)}")
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    install = ("apt-get", "install", "-y", "--no-install-recommends", *packages)
    return not run(*install, env=env) or not (run("apt-get", "update", env=env) or run(*install, env=env))


# The Python environment


def environment_stands() -> bool:
    """Whether .venv was made here, by this version of Python: a copied or moved environment is made anew."""
    try:
        settings = dict(
            line.split(" = ", 1) for line in (VENV / "pyvenv.cfg").read_text().splitlines() if " = " in line
        )
    except OSError:
        return False
    made_here = settings.get("command", "").endswith(f" {VENV}")
    return PYTHON.exists() and made_here and settings.get("version", "").startswith(f"{MINOR}.")


def make_environment() -> None:
    if VENV.is_symlink():
        raise SetupError(".venv is a link to another folder's environment, which would be changed: remove the link.")
    if not environment_stands():
        say(f"making .venv with Python {platform.python_version()}")
        base = Path(sys.executable).resolve()
        failed = run(base, "-m", "venv", "--clear", VENV)
        if failed and from_apt(f"python{MINOR}-venv"):
            failed = run(base, "-m", "venv", "--clear", VENV)
        if failed:
            raise SetupError(f"Python cannot make .venv: install its venv module (apt-get install python{MINOR}-venv).")
    say("installing the locked packages")
    install_packages()
    install_command()


def install_packages() -> None:
    """Exactly what the lock names, checked by hash: with uv, or with pip where uv cannot be had."""
    uv, pip = (
        VENV / "bin" / "uv",
        (PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes"),
    )
    no_uv = run(*pip, "-r", UV_LOCK)
    if not no_uv and not run(uv, "pip", "sync", "--quiet", "--python", PYTHON, "--require-hashes", PACKAGES_LOCK):
        return
    failed = run(*pip, "-r", PACKAGES_LOCK)
    if failed:
        raise SetupError(f"the packages cannot be installed ({failed}): check that pip reaches its package index.")


def install_command() -> None:
    """`.venv/bin/craffu`, and the project's own folder on the environment's path: no build step is needed for that."""
    site = VENV / "lib" / f"python{MINOR}" / "site-packages"
    (site / "craffu.pth").write_text(f"{ROOT}\n", encoding="utf-8")
    first = f"#!{PYTHON} -I\n"
    if " " in str(PYTHON) or len(first) > LONGEST_SHEBANG:
        first = f"#!/bin/sh\n'''exec' \"{PYTHON}\" -I \"$0\" \"$@\"\n' '''\n"
    fresh = CRAFFU.with_suffix(".new")
    fresh.write_text(f"{first}import sys\n\nfrom craffu.config.cli import main\n\nsys.exit(main())\n", encoding="utf-8")
    fresh.chmod(0o755)
    fresh.replace(CRAFFU)


# What is built from the sources


def build_assets() -> None:
    done = subprocess.run([PYTHON, "-I", ROOT / "bin" / "build-assets"], check=False, cwd=ROOT, stdout=sys.stderr)
    if done.returncode:
        raise SetupError("the design system was not built, see the line above.")


def compile_welsh() -> None:
    failed = run(PYTHON, "-I", ROOT / "bin" / "messages", "--compile")
    if failed:
        raise SetupError(f"the Welsh catalogue cannot be compiled: {failed}")


def collect_static() -> None:
    say("collecting the static files")
    ours = {
        name: value for name, value in os.environ.items() if not name.startswith(("CRAFFU_", "DATABASE_URL", "DJANGO_"))
    }
    env = {**ours, "DJANGO_SETTINGS_MODULE": "craffu.config.settings"}
    failed = run(PYTHON, "-m", "django", "collectstatic", "--noinput", "--clear", "--verbosity", "0", env=env)
    if failed:
        raise SetupError(f"the static files cannot be collected: {failed}")


STEPS = (
    Step(
        "environment",
        lambda: digest(PACKAGES_LOCK, UV_LOCK, Path(__file__), also=f"{MINOR} {VENV}"),
        (PYTHON, CRAFFU),
        make_environment,
    ),
    Step(
        "assets",
        lambda: digest(
            ROOT / "package.json", ROOT / "package-lock.json", ROOT / ".npmrc", ROOT / "bin" / "build-assets"
        ),
        (BUILD / "assets", ROOT / "node_modules"),
        build_assets,
    ),
    Step("welsh", lambda: digest(CATALOGUE, ROOT / "bin" / "messages"), (CATALOGUE.with_suffix(".mo"),), compile_welsh),
    Step(
        "static",
        lambda: digest(*files_in(STATIC_SOURCES), ROOT / "craffu" / "web" / "storage.py"),
        (STATIC / "staticfiles.json",),
        collect_static,
    ),
)


def done_before() -> dict[str, str]:
    try:
        done: dict[str, str] = json.loads(DONE.read_text())
    except (OSError, ValueError):
        return {}
    return done


def stands(step: Step, done: dict[str, str]) -> bool:
    return done.get(step.name) == step.state() and all(path.exists() for path in step.makes)


def set_up() -> None:
    """Do what is not done yet. Two at once do not disturb each other: the second waits."""
    if all(stands(step, done_before()) for step in STEPS):
        return
    BUILD.mkdir(exist_ok=True)
    with (BUILD / "setup.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        for step in STEPS:
            if not stands(step, done_before()):
                step.run()
                fresh = DONE.with_suffix(".new")
                fresh.write_text(json.dumps({**done_before(), step.name: step.state()}))
                fresh.replace(DONE)


def find_browser() -> None:
    if not any(map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))) and not from_apt("chromium"):
        raise SetupError("the browser tests need Chromium: install it (Debian, Ubuntu: apt-get install chromium).")


def main() -> int:
    parser = argparse.ArgumentParser(prog="bin/setup", description=__doc__)
    parser.add_argument("--tests", action="store_true", help="also what the tests need: a browser")
    asked = parser.parse_args()
    try:
        set_up()
        if asked.tests:
            find_browser()
    except (SetupError, OSError) as problem:
        say(str(problem))
        return 2
    except KeyboardInterrupt:
        say("stopped; run it again to go on.")
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
