"""No values whatever make shaping a court result raise (INT-03)."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from craffu.intake.court_results.raw import Raw
from craffu.intake.court_results.reasons import REASONS
from craffu.intake.court_results.shape import Rejected, Shaped, shape
from tests.factories import court_messages as courts
from tests.factories.court_messages import court_message, duration, offence, result
from tests.unit.intake.court_shapes import FewCodes, raws

pytestmark = pytest.mark.rule("INT-03")


VALUES = st.one_of(
    st.text(max_size=30),
    st.sampled_from(
        ["", "2025-02-30", "9999-12-31", "0001-01-01", "B", "001", "\ufffd", "1e9", "A" * 100, "-", "24:00:00"]
    ),
)


def changed(raw: Raw, draw: st.DataObject, rate: int) -> Raw:
    """The element with some values replaced, some children dropped and some doubled."""
    children: list[Raw] = []
    for child in raw.children:
        fate = draw.draw(st.integers(0, rate))
        if fate == 0:
            continue
        children.append(changed(child, draw, rate))
        if fate == 1:
            children.append(child)
    text = draw.draw(VALUES) if draw.draw(st.integers(0, 5)) == 0 else raw.text
    return replace(raw, text=text, children=tuple(children))


@pytest.mark.slow
@settings(max_examples=150, deadline=None)
@given(st.data())
def test_T27_no_values_whatever_make_shaping_raise(draw: st.DataObject) -> None:
    end = duration(end="2026-01-01")
    (raw,) = raws(
        court_message(
            offences=[
                offence(
                    finding="G",
                    end="2025-02-02",
                    results=[result(durations=[end], amounts=["1.00"], next_hearing=courts.next_hearing())],
                )
            ]
        )
    )
    assert raw.defendant is not None
    mutated = replace(
        raw,
        session=changed(raw.session, draw, 20),
        case=changed(raw.case, draw, 20),
        defendant=changed(raw.defendant, draw, 20),
    )
    found = shape(mutated, FewCodes())
    assert isinstance(found, Shaped | Rejected)
    for flag in found.flags:
        assert flag.code in REASONS
        assert len(flag.field) <= 60
        assert len(flag.detail) <= 200
    if isinstance(found, Rejected):
        assert len(found.value_class) <= 40
        assert len(found.field) <= 60
    else:
        assert isinstance(found.record.hearing_date, date)
        assert found.record.hearing_date > date.min or found.record.hearing_date == date(1, 1, 1)
        assert found.record.family_name.folded
