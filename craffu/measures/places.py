"""Where the snapshots of a force lie, with the figures that were worked out over the last of them; and its weekly digests."""

from pathlib import Path

from django.conf import settings

from craffu.access.acting import Acting


def folder_of(by: Acting) -> Path:
    """Where the snapshots of the reader's force lie."""
    return Path(settings.CRAFFU_HOME) / "snapshots" / by.force.code


def digests_of(by: Acting) -> Path:
    """Where the weekly digests of the reader's force lie: they are in every backup, for they cannot be worked out again."""
    return Path(settings.CRAFFU_HOME) / "digests" / by.force.code
