"""What recommendations are about: the six matters of the review of July 2023, by which repeats are noticed. Keys are stored."""

from enum import StrEnum


class Matter(StrEnum):
    """The heading under which a recommendation stands, whoever made it."""

    RESOURCING = "resourcing"
    TRAINING = "training"
    DATA = "data"
    INTERVENTIONS = "interventions"
    MONITORING = "monitoring"
    VICTIMS = "victims"
    # How offences are recorded and investigated: of other bodies' reports, the review has no such heading.
    INVESTIGATION = "investigation"
