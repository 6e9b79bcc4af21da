"""What bin/bench does once everything is set up: `craffu bench` beside a PostgreSQL that loses nothing, where one can be had."""

import os
import signal
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tests import postgres, stopping  # noqa: E402

SERVER = "CRAFFU_BENCH_POSTGRES"


def main(argv: list[str]) -> int:
    env = dict(os.environ)
    stopping.like_ctrl_c()
    try:
        return measured(argv, env)
    except KeyboardInterrupt:
        print("\nbin/bench: stopped", file=sys.stderr)
        return 130


def measured(argv: list[str], env: dict[str, str]) -> int:
    with ExitStack() as stack:
        if SERVER not in env:
            try:
                env[SERVER] = stack.enter_context(postgres.server(postgres.DURABLE))
            except postgres.NoServer as fault:
                print(f"bin/bench: {fault}", file=sys.stderr)
        measuring = subprocess.Popen([ROOT / ".venv" / "bin" / "craffu", "bench", *argv], env=env)
        try:
            return measuring.wait()
        except KeyboardInterrupt:
            # It takes away what it made.
            measuring.send_signal(signal.SIGINT)
            measuring.wait()
            raise


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
