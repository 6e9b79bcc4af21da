"""What bin/check does once everything is set up: every check that needs no running product, some at once, each with its time.

Exit 1 when any of them failed; what it said is shown.
"""

import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BIN = ROOT / ".venv" / "bin"
# Two of them together keep two cores busy; the slow ones start first.
AT_ONCE = 2


@dataclass(frozen=True, slots=True)
class Check:
    name: str
    command: tuple[str | Path, ...]


CHECKS = (
    Check("architecture", (BIN / "python", "-m", "pytest", "-q", "-n0", "tests/architecture")),
    Check("types", (BIN / "mypy", "craffu")),
    Check("templates", (BIN / "djlint", "craffu/web/templates", "--lint", "--quiet")),
    Check("Welsh", (BIN / "python", "bin/messages", "--check")),
    Check("layers", (BIN / "lint-imports",)),
    Check("migrations", (BIN / "python", "-m", "django", "makemigrations", "--check", "--dry-run")),
    Check("lint", (BIN / "ruff", "check", "--quiet", "--output-format", "concise")),
    Check("format", (BIN / "ruff", "format", "--check", "--output-format", "concise")),
)


def environment() -> dict[str, str]:
    """Nothing of the caller's own installation is read or written: where a check wants a database, it has an empty one."""
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("CRAFFU_", "DATABASE_URL", "DJANGO_"))
    }
    return {**kept, "DJANGO_SETTINGS_MODULE": "craffu.config.settings", "DATABASE_URL": "sqlite://:memory:"}


def done(check: Check) -> tuple[Check, bool, float, str]:
    started = time.monotonic()
    ran = subprocess.run(
        check.command,
        check=False,
        cwd=ROOT,
        env=environment(),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
    )
    return check, ran.returncode == 0, time.monotonic() - started, (ran.stdout + ran.stderr).strip()


def main() -> int:
    wanted = sys.argv[1:]
    unknown = set(wanted) - {check.name for check in CHECKS}
    if unknown:
        known = ", ".join(check.name for check in CHECKS)
        print(f"bin/check: there is no check {', '.join(sorted(unknown))}. Known: {known}.", file=sys.stderr)
        return 2
    checks = [check for check in CHECKS if not wanted or check.name in wanted]
    failed: list[str] = []
    started = time.monotonic()
    with ThreadPoolExecutor(AT_ONCE) as pool:
        for future in as_completed([pool.submit(done, check) for check in checks]):
            check, ok, seconds, said = future.result()
            print(f"{check.name:<14}{'ok' if ok else 'FAILED':<8}{seconds:>5.1f} s", flush=True)
            if not ok:
                failed.append(check.name)
                print("\n".join(f"    {line}" for line in said.splitlines()), flush=True)
    took = time.monotonic() - started
    print(f"FAILED: {', '.join(failed)} ({took:.0f} s)" if failed else f"ok: {len(checks)} checks in {took:.0f} s")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
