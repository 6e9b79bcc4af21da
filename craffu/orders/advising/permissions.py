"""Who reads general notes about advice, and who reads how fast it comes (RES-04, R1b)."""

from typing import Final

from craffu.access.acting import Acting
from craffu.access.permissions import check_holds
from craffu.access.roles import OPS

READ_NOTES: Final = ("response_officer", *OPS, "victim_officer")


def check_can_read_notes(by: Acting) -> None:
    """They are about nobody: whoever meets victims and respondents may learn from them."""
    check_holds(by, *READ_NOTES)
