"""Messages that wait are handed over once it is safe, and what became of them comes back as news (VIC-02, T29).

No transaction is open while a carrier is asked. What is dated at another instant than now sends nothing.
"""

from datetime import datetime, timedelta
from typing import Final

from craffu.access.acting import Acting, acting_system
from craffu.access.models import Force
from craffu.access.wall.reach import working_for
from craffu.common import clock
from craffu.messages.actions import ask_after, send_waiting
from craffu.messages.adapters import carrier
from craffu.messages.carrying import Carrier
from craffu.messages.queries import over_since
from craffu.orders.letters import actions as letters
from craffu.orders.letters.queries import is_of_letter
from craffu.orders.protecting.queries import bound_against
from craffu.victims.inviting.actions import is_of_invitation, may_still_go, note_what_became
from craffu.victims.letters import actions as victim_letters
from craffu.victims.letters.queries import is_of_victim_letter


def send_messages(*, force: Force, by: Carrier | None = None, now: datetime | None = None) -> tuple[int, int]:
    """Send whatever may go by now, and hold back what may not go any more.

    Each is judged by the instant at which it would leave: those before it may have taken long. Returns how many came to an end,
    and how many of those did not arrive.
    """
    began, carries = now or clock.now(), by or carrier()
    with working_for(force.pk):
        system = acting_system(force, "messages")
        became = send_waiting(
            force=force.code,
            carrier=carries,
            may_go=lambda key, text, to: _may_go(system, key, text, to, now or clock.now()),
            now=now,
        )
        became += ask_after(force=force.code, carrier=carries, now=now)
        # What came to an end is read from where it is kept: a stop between the two loses nothing.
        ended = over_since(force.code, began - LOOKS_BACK)
        failed = note_what_became(by=system, became=ended, now=now)
        failed += letters.note_what_became(by=system, became=ended, now=now)
        failed += victim_letters.note_what_became(by=system, became=ended, now=now)
    return len(became), failed


def _may_go(system: Acting, key: str, text: str, to: str, at: datetime) -> str | datetime:
    """Whoever has put a message out says whether it may still go; of what nobody has, nothing goes."""
    if is_of_invitation(key):
        return may_still_go(system, key, text, to, at, bound_against=bound_against)
    if is_of_victim_letter(key):
        return victim_letters.may_still_go(system, key, text, at)
    return letters.may_still_go(system, key, text) if is_of_letter(key) else UNKNOWN_KIND


UNKNOWN_KIND: Final = "unknown_kind"
# Longer than any message waits, or is asked after.
LOOKS_BACK: Final = timedelta(days=14)
