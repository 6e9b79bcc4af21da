"""When a webhook may be approved or begun again, whither it may send, and by which token what it tells of is read (ADR 94)."""

from collections.abc import Collection
from contextlib import suppress
from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from craffu.access.tokens.models import ApiToken
from craffu.access.tokens.queries import standing_of as token_stands
from craffu.access.tokens.rules import Standing as TokenStanding
from craffu.access.tokens.rules import scopes_in
from craffu.access.webhooks.rules import Event, Standing, fault_in_address, lacking, may_be_reached, networks_in
from craffu.common.refusals import NotNow, Refusal

WEBHOOK_STANDS = {
    Standing.WORKS: gettext_lazy("This webhook is approved already."),
    Standing.STOPPED: gettext_lazy("This webhook was stopped. Begin it again."),
    Standing.NO_TOKEN: gettext_lazy("This webhook is approved already, and its token does not work."),
    Standing.ENDED: gettext_lazy("This webhook was ended. Set up another one."),
    Standing.WAITS: gettext_lazy("This webhook waits for approval."),
}
ADDRESS_FAULTS = {
    "address_unfit": gettext_lazy("Enter a whole address, such as https://screens.example.police.uk/craffu"),
    "address_not_https": gettext_lazy("The address must begin with https://"),
    "address_not_allowed": gettext_lazy(
        "This address lies in a network of one’s own. Whoever runs Craffu can allow it (CRAFFU_WEBHOOK_NETWORKS)."
    ),
}


def check_webhook_may_be_approved(standing: Standing) -> None:
    """Refuses any webhook but one that waits."""
    if standing is not Standing.WAITS:
        raise NotNow(f"webhook_{standing}", str(WEBHOOK_STANDS[standing]))


def check_webhook_was_stopped(standing: Standing) -> None:
    """Refuses to begin again what was not stopped."""
    if standing is not Standing.STOPPED:
        raise NotNow(f"webhook_{standing}", str(WEBHOOK_STANDS[standing]))


def check_may_be_sent_to(address: str) -> None:
    """Refuses an address that nothing is sent to, whatever its name stands for when it is asked."""
    fault = fault_in_address(address)
    if fault is None:
        host = urlsplit(address).hostname or ""
        with suppress(ValueError):
            if not may_be_reached(host, networks_in(settings.CRAFFU_WEBHOOK_NETWORKS)):
                fault = "address_not_allowed"
    if fault is not None:
        raise Refusal(fault, str(ADDRESS_FAULTS[fault]))


def check_token_may_be_read_by(token: ApiToken, about: Collection[Event], now: datetime) -> None:
    """Refuses a token that does not work, or by which the receiver could not read what it is told of."""
    if token_stands(token, now) is not TokenStanding.WORKS:
        raise Refusal("token_not_working", _("This token does not work. Name one that was approved and is not over."))
    if lacking(about, scopes_in(token.scopes)):
        raise Refusal("token_lacks_scope", _("This token may not read what the receiver would be told of."))
