"""How a panel of volunteers judges a case, and what its members are trained in. Keys are stored."""

from enum import StrEnum
from typing import Final


class Verdict(StrEnum):
    """The four grades of a scrutiny panel (requirements 1.6, scale O5). That it cannot agree, one member never says."""

    APPROPRIATE = "appropriate"
    WITH_OBSERVATIONS = "with_observations"
    INAPPROPRIATE = "inappropriate"
    CANNOT_AGREE = "panel_cannot_agree"


# What one member may say.
OF_ONE: Final = frozenset(Verdict) - {Verdict.CANNOT_AGREE}


class Training(StrEnum):
    """What a member is taught before they judge."""

    SCRUTINY = "scrutiny"
    STALKING = "stalking"
    CONFIDENTIALITY = "confidentiality"
