"""Which words of another system are offered as possible breaches: what probation reports, what a victim says (BRC-06).

The system reads no meaning: a contact in which she speaks of her safety and one of these words stands is put before an officer,
who decides. It is an offer, and the words are listed here to be seen.
"""

import re
from typing import Final

# By which codes probation says that an order, or a licence, was not kept.
OF_AN_ORDER: Final = "order_breach_reported"
PROBATION_TELLS: Final = frozenset({OF_AN_ORDER, "breach", "recall"})
FROM_HER: Final = "from_victim"
ABOUT_SAFETY: Final = frozenset({"safety", "order"})
# Being reached, watched or come near to, and orders not kept; English and Welsh, as officers write it down.
_TELLS: Final = re.compile(
    r"\b(contact(ed|ing)?|in touch|messag(e|ed|es|ing)|text(ed|s|ing)?|call(ed|s|ing)?|rang|phon(ed|es|ing)|email(ed|s)?"
    r"|wrote|letter|turned up|came (to|round|near)|outside|follow(ed|ing|s)?|watch(ed|ing|es)?|seen (him|her|them)"
    r"|approach(ed)?|breach(ed|es)?"
    r"|cysylltu|cysylltodd|neges(euon)?|tecst(io|iodd)?|ffoni(o|odd)?|ebost(io)?|ysgrifenn(u|odd)|dilyn(odd)?|gwylio|tu allan"
    r"|daeth (at|i)|torri)\b",
    re.IGNORECASE,
)


def probation_tells(event: str) -> bool:
    """Whether an event under supervision tells of a breach."""
    return event in PROBATION_TELLS


def contact_tells(direction: str, about: str, words: str) -> bool:
    """Whether a contact with a victim is offered: she spoke, of her safety or the order, and of being reached or come near to."""
    return direction == FROM_HER and about in ABOUT_SAFETY and _TELLS.search(words) is not None
