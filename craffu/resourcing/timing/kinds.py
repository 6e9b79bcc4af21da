"""What is timed, so that due work can be put into hours and hours against posts (R1a)."""

from enum import StrEnum


class Timed(StrEnum):
    """Work on orders, each in minutes; and the week, in hours that one full-time post has for such work. Keys are stored."""

    CHECK = "check"
    REVIEW = "review"
    END = "end_decision"
    HEARING = "hearing"
    NOTIFICATION = "notification"
    WEEK = "week"
