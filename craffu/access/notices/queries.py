"""Who was told what lately."""

from datetime import datetime, timedelta

from craffu.access.acting import Acting
from craffu.access.notices.models import Notice

# A sort of notice is a short stable key; what it says in English and Welsh stands with the page that shows it.
OPENED_IN_EMERGENCY = "opened_in_emergency"
SHOWN_FOR = timedelta(days=7)


def notices_for(by: Acting, now: datetime) -> list[Notice]:
    """What the reader was told in the last days, newest first, without what is said of records they may know nothing of."""
    told = Notice.objects.filter(to=by.user, at__gt=now - SHOWN_FOR) if by.user else ()
    return [one for one in told if not by.is_hidden(one.kind, one.reference)]
