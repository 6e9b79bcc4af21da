"""The one running clock. Rules never read it: whoever calls a rule asks here and hands the instant in (CLK-01)."""

from datetime import UTC, datetime


def now() -> datetime:
    """The present instant, in UTC."""
    return datetime.now(UTC)
