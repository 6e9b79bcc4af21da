"""What is given to plan a sample, name who reviews it, and replace a case. A seed shows in no log before it is used."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from craffu.scrutiny.interviewing.kinds import ReviewQuestion
from craffu.scrutiny.sampling.kinds import Inclusion, Strata
from craffu.scrutiny.sampling.rules import Allocation, Reason


@dataclass(frozen=True, slots=True)
class NewSample:
    """`number` is how many are wanted, None where the size advised is taken; a small frame is taken whole whatever is wanted."""

    question: str
    serves: ReviewQuestion
    inclusion: Inclusion
    strata: Strata = Strata.NONE
    number: int | None = None
    how: Allocation = Allocation.PROPORTIONAL
    question_cy: str = ""


@dataclass(frozen=True, slots=True)
class NewReviewers:
    """By their account names, in the order in which cases are given out among them."""

    usernames: Sequence[str]


@dataclass(frozen=True, slots=True)
class NewSeed:
    """`has_not_seen`: whoever gives it says that they have not seen which cases the frame holds."""

    has_not_seen: bool
    seed: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class NewReplacement:
    """Of which drawn case, by its number in the sample."""

    number: int
    reason: Reason
