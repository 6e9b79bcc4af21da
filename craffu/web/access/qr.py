"""A QR code as the outline of an SVG path, so that the page draws it and no script or picture file is needed."""

from dataclasses import dataclass

import segno

QUIET = 4


@dataclass(frozen=True, slots=True)
class Drawn:
    """The path of the dark squares, and the side of the whole with its quiet border, in squares."""

    path: str
    side: int


def draw(text: str) -> Drawn:
    matrix = segno.make_qr(text, error="m").matrix
    dark = [
        f"M{column + QUIET},{row + QUIET}h1v1h-1z"
        for row, line in enumerate(matrix)
        for column, square in enumerate(line)
        if square
    ]
    return Drawn("".join(dark), len(matrix) + 2 * QUIET)
