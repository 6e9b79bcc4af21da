"""How a deep dive is carried out: the six methods of the review of 2023. Keys are stored."""

from enum import StrEnum


class Method(StrEnum):
    """A way of finding out (requirements, M1 to M6)."""

    PROFILES = "profiles"
    EARLIER = "earlier"
    INTERVIEWS = "interviews"
    SAMPLES = "samples"
    VICTIMS = "victims"
    ORDERS = "orders"
