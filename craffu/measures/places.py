"""Where the snapshots of a force lie, with the figures that were worked out over the last of them."""

from pathlib import Path

from django.conf import settings

from craffu.access.acting import Acting


def folder_of(by: Acting) -> Path:
    """Where the snapshots of the reader's force lie."""
    return Path(settings.CRAFFU_HOME) / "snapshots" / by.force.code
