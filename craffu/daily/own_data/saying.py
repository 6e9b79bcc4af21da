"""The answer to somebody's own request in words, of one shape whatever is held, withheld or not there at all (SEC-11).

Every part stands in every answer, in the same order, and the part that neither confirms nor denies too: who receives it cannot
tell what was left out from what was never there. Nothing is counted in it.
"""

from collections.abc import Iterable, Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from craffu.daily.own_data.kinds import What
from craffu.daily.own_data.queries import Told

PARTS: Final[Mapping[What, Promise]] = {
    What.NAME: gettext_lazy("Your name, date of birth and sex, and who answers for the record"),
    What.IDENTIFIER: gettext_lazy("Your police numbers"),
    What.CASE: gettext_lazy("Cases of which you were told, and your part in them"),
    What.OFFENCE: gettext_lazy("Offences of which you were told that you are suspected"),
    What.HEARING: gettext_lazy("Hearings"),
    What.ORDER: gettext_lazy("Orders that were served on you"),
    What.CUSTODY: gettext_lazy("Your time in custody"),
    What.RELEASE: gettext_lazy("Your release from prison"),
}


def answer_in(language: str, told: Iterable[Told]) -> list[str]:
    """The lines of an answer that may be sent once somebody else has approved it."""
    said = list(told)
    with override(language):
        lines: list[str] = []
        for what, heading in PARTS.items():
            found = [", ".join(value for value in one.said.values() if value) for one in said if one.what is what]
            lines += [str(heading), *(found or [_("Nothing that we give you here.")])]
        return [
            *lines,
            _("Addresses, telephone numbers and the like"),
            _("We repeat these in no letter, whether we hold any or not."),
            _("Anything else"),
            _(
                "We neither confirm nor deny that we hold anything else about you. We say this to everybody who asks, whether "
                "there is anything or not."
            ),
            _("You may ask the Information Commissioner to look at this answer."),
        ]
