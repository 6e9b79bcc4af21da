"""A letter about an order before it is kept, as whoever writes it says."""

from dataclasses import dataclass

from craffu.orders.letters.kinds import About


@dataclass(frozen=True, slots=True, kw_only=True)
class NewLetter:
    """For whom it is, by the person's reference, empty for the respondent; `review` is the number of the review it tells of.

    `agreement` is the row of the agreement it was written by. `was_read`: somebody read it against what must never be said.
    `is_draft`: its Welsh is not approved as it stands; `translator` is the qualified translator who approved it in this letter.
    `is_taken`: whoever writes it prints it at once; otherwise it waits in the print queue.
    """

    about: About
    person: str = ""
    review: int | None = None
    agreement: int | None = None
    was_read: bool = False
    is_draft: bool = False
    translator: str = ""
    is_taken: bool = True
