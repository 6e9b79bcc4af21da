"""That the use of somebody's data is restricted, wherever they are read of: since when, and never why (SEC-11; ADR 134)."""

from collections.abc import Collection
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from craffu.access.acting import Acting
from craffu.access.later import Later
from craffu.access.permissions import check_can_handle_rights
from craffu.access.rights_requests.queries import UseRestricted
from craffu.common.refusals import allows
from craffu.people.use_restricted import use_restricted
from craffu.web.court.words import day_words
from craffu.web.presenters import Link, Text
from craffu.web.references import address_of

# Whoever receives a file or a paper is told of whom.
USE: Text = gettext_lazy("Use of data restricted")
GOES_ON: Text = gettext_lazy(
    "It is still used to protect anybody: orders, checks, breaches, priorities and whatever is due go on, and figures count it. "
    "Their cases are in no sample for scrutiny. Whether the law asks this, or more, is not confirmed."
)


@dataclass(frozen=True, slots=True)
class UseNotice:
    """What is said about one person; `requests` are shown to whoever handles rights requests alone."""

    words: str
    goes_on: Text
    requests: tuple[Link, ...]

    @property
    def refs(self) -> list[str]:
        """The requests shown, as the log names them."""
        return [f"rights_request/{one.text}" for one in self.requests]


def use_notices(
    by: Acting, records: Collection[int], stands: Later[list[UseRestricted]] | None = None
) -> list[UseNotice]:
    """Of everybody whose these records are. Three queries; one where nothing is restricted, none where it was asked: `stands`."""
    may_see = allows(check_can_handle_rights, by)
    return [
        UseNotice(
            _("The use of data about %(person)s is restricted since %(day)s.")
            % {"person": one.reference, "day": day_words(one.since)},
            GOES_ON,
            tuple(Link(number, address_of("rights_detail", "rights_request", number)) for number in one.numbers)
            if may_see
            else (),
        )
        for one in use_restricted(by, records, stands)
    ]
