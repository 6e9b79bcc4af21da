"""What bin/bench does once everything is set up: `craffu bench` beside a PostgreSQL that loses nothing, where one can be had."""

import os
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tests import postgres  # noqa: E402

SERVER = "CRAFFU_BENCH_POSTGRES"


def main(argv: list[str]) -> int:
    env = dict(os.environ)
    with ExitStack() as stack:
        if SERVER not in env:
            try:
                env[SERVER] = stack.enter_context(postgres.server(postgres.DURABLE))
            except postgres.NoServer as fault:
                print(f"bin/bench: {fault}", file=sys.stderr)
        return subprocess.run([ROOT / ".venv" / "bin" / "craffu", "bench", *argv], check=False, env=env).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
