"""Made-up charts: one with everything a line chart can show, one of rows."""

from craffu.charts.shapes import Break, Drawn, LineChart, Mark, Row, RowChart, RowDrawn, Series, Tick

YEARS = tuple(range(2014, 2022))


def line_chart(language: str = "en") -> LineChart:
    """2017 is a gap for everybody, 2016 for the second line; a break lies between 2019 and 2020."""
    first = {2014: 40.0, 2015: 30.0, 2016: 29.0, 2018: 16.0, 2019: 13.5, 2020: 8.4, 2021: 4.6}
    second = {2014: 36.7, 2015: 22.0, 2018: 14.1, 2019: 11.4, 2020: 7.1, 2021: 6.0}
    return LineChart(
        title="The share fell, in Glan-yr-afon & elsewhere <all>",
        description="Ŵyth mlynedd: eight years.",
        x_title="Financial year",
        y_title="Share",
        series=(
            Series("Glan-yr-afon", tuple(Mark(year, first.get(year), is_small=year < 2016) for year in YEARS)),
            Series("Everywhere", tuple(Mark(year, second.get(year), 0.5, 40.0) for year in YEARS)),
            Series("Limit", (Mark(2014, 45.0), Mark(2021, 40.0)), Drawn.LIMIT),
        ),
        ticks=tuple(Tick(year, str(year)) for year in YEARS),
        breaks=(Break(2019.5, "The counting rules changed"),),
        gap_words="no figure",
        sign="%",
        language=language,
    )


def row_chart(drawn: RowDrawn = RowDrawn.DOTS) -> RowChart:
    rows = (
        Row("Aberglas", "4.3", 4.3, 4.1, 4.5),
        Row("Brynhir", "no figure: not supplied", None),
        Row("Cwm-du", "9.0", 9.0, 7.0, 11.0, is_small=True),
    )
    return RowChart("Rates", "Three forces by name.", "Per 1,000 people", rows, drawn, 7.3, "Everywhere 7.3")
