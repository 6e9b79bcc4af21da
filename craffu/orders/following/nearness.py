"""When an address put a respondent at the home of somebody protected, or under its postcode (MON-03, VIC-09).

Pure. Records are compared by the tokens of what each says last: whichever side says something new, it is told once for as long as
both go on saying so. What was known when the order came to stand is no news; that another record of his says so since then is.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime

from craffu.people.facts import HomeSaid


def came_near(his: Iterable[HomeSaid], hers: Iterable[HomeSaid], since: datetime) -> Iterator[HomeSaid]:
    """What was said, by him or of her, that put the two at one home or under one postcode, after an instant."""
    sides = list(his), list(hers)
    shared = _all(sides[0]) & _all(sides[1])
    if not shared:
        return
    says: dict[int, HomeSaid] = {}
    stands: tuple[Counter[str], Counter[str]] = (Counter(), Counter())
    told: set[str] = set()
    both = sorted(((one, is_hers) for is_hers in (False, True) for one in sides[is_hers]), key=_order)
    for one, is_hers in both:
        before = says.get(one.record)
        if before is not None and one.said_at < before.said_at:
            # An older word that came late: it is not where anybody is now.
            continue
        says[one.record] = one
        now, was = one.tokens & shared, before.tokens & shared if before is not None else frozenset()
        mine, others = stands[is_hers], stands[not is_hers]
        # That another record says of her what was known of her already is no news.
        new = {token for token in now - was if others[token] and not (is_hers and mine[token])} - told
        mine.update(now)
        mine.subtract(was)
        told = {token for token in told if mine[token] and others[token]}
        if new and one.known_from > since:
            told |= {token for token in now if others[token]}
            yield one


def _all(said: Iterable[HomeSaid]) -> frozenset[str]:
    return frozenset(token for one in said for token in one.tokens)


def _order(one: tuple[HomeSaid, bool]) -> tuple[datetime, int]:
    return one[0].known_from, one[0].version
