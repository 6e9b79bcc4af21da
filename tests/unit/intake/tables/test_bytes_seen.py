"""The bytes of a large table, counted piece by piece, are those counted the plain way."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from craffu.intake.tables import bytes_seen
from craffu.intake.tables.bytes_seen import Seen, look_over

pytestmark = pytest.mark.rule("INT-03")


def counted(body: bytes) -> Seen:
    edges = len(re.findall(rb"(?=[,\r\n] | [,\r\n])", body)) + body.startswith(b" ") + body.endswith(b" ")
    controls = len(re.findall(rb"[\x00-\x09\x0b\x0c\x0e-\x1f\x7f]", body))
    return Seen(body.count(b"\n"), body.count(b"\r"), body.count(b","), controls, edges)


@given(st.text(alphabet="a, \n\r\t\x00\x7fŵ", max_size=40).map(str.encode))
def test_every_byte_is_counted_once_wherever_pieces_end(body: bytes) -> None:
    expected = counted(body)
    for size in (1, 2, 3, 7, 1 << 18):
        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(bytes_seen, "_AT_ONCE", size)
            assert look_over(body) == expected
