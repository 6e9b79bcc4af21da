"""Whether minutes for an agency name a victim, or somebody else who was discussed (P23, VIC-09).

Pure. A whole name is looked for everywhere; a part of one only in what somebody wrote in words of their own, and with a capital:
a month, a verb or a place may be called alike.
"""

from craffu.people.naming import Names, names_of, parts_of, written_in


def names_somebody_else(text: str, free: str, others: Names, theirs: Names) -> bool:
    """Whether a paper about people names anybody else: `others` are given and family names of those it must not name, `theirs`
    of whom it is about. A name that both bear tells nothing.
    """
    whole, parts = names_of(others) - names_of(theirs), parts_of(others) - parts_of(theirs)
    return any(written_in(one, text) for one in whole) or any(
        found[0].isupper() for one in parts for found in written_in(one, free)
    )
