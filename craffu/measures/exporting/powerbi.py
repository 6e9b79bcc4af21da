"""The model that Power BI reads the figures with, as text files (TMDL): our tables, our definitions, one measure for each part.

Pure. Each of its measures is named as the definition names it and says what it counts; how it is worked out is `formulas`.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from craffu.measures.definitions import Definition, Statistic
from craffu.measures.exporting.formulas import formula
from craffu.measures.exporting.shapes import Column, Described, Type

_MODEL: Final = "Craffu.SemanticModel"
_TYPES: Final = {
    Type.STRING: "string", Type.INTEGER: "int64", Type.NUMBER: "double", Type.BOOLEAN: "boolean", Type.DATE: "dateTime",
    Type.INSTANT: "dateTime",
}  # fmt: skip
_FORMATS: Final = {
    Statistic.PROPORTION: "0.0%", Statistic.COUNT: "#,0", Statistic.RATE: "0.00", Statistic.DURATION: "#,0",
}  # fmt: skip
# The table of the star in which measures stand.
_MIDDLE: Final = "figures"


def model(tables: Sequence[Described], defined: Sequence[Definition], per: Mapping[str, int]) -> dict[str, str]:
    """The text of each file by its path. `per` is of how many the rate of a measure is; nought is of the years of orders."""
    listed = "".join(f"\nref table {one.name}" for one in tables)
    files = {
        "definition.pbism": json.dumps({"version": "4.2", "settings": {}}, indent=2),
        "definition/database.tmdl": "database\n\tcompatibilityLevel: 1601",
        "definition/model.tmdl": (
            "model Model\n\tculture: en-GB\n\tsourceQueryCulture: en-GB\n"
            f"\tdefaultPowerBIDataSourceVersion: powerBI_V3\n{listed}"
        ),
        "definition/expressions.tmdl": (
            "/// The folder that holds these files: set it once they are where they stay\n"
            'expression Folder = "." meta [IsParameterQuery=true, Type="Text", IsParameterQueryRequired=true]'
        ),
        "definition/relationships.tmdl": "\n\n".join(_relationships(tables)),
    }
    for one in tables:
        own = "".join(_measures(defined, per)) if one.name == _MIDDLE else ""
        files[f"definition/tables/{one.name}.tmdl"] = _table(one, own)
    return {f"{_MODEL}/{path}": f"{text}\n" for path, text in files.items()}


def measure_name(defined: Definition, part: str) -> str:
    """As the definition calls it, its code before it; of several parts each says which."""
    name = f"{defined.code} {defined.name.en}"
    return name if len(defined.parts) == 1 else f"{name}: {part}"


def _relationships(tables: Sequence[Described]) -> Iterator[str]:
    for one in tables:
        for column, table in one.points_to.items():
            yield f"relationship {one.name}_{table}\n\tfromColumn: {one.name}.{column}\n\ttoColumn: {table}.{column}"


def _table(one: Described, measures: str) -> str:
    columns = "".join(_column(each) for each in one.columns)
    source = f'Parquet.Document(File.Contents(Folder & "/{one.name}.parquet"))'
    return (
        f"/// {one.says}\ntable {one.name}\n{measures}{columns}\n\tpartition {one.name} = m\n\t\tmode: import\n"
        f"\t\tsource =\n\t\t\t\tlet\n\t\t\t\t    Source = {source}\n\t\t\t\tin\n\t\t\t\t    Source"
    )


def _column(one: Column) -> str:
    return (
        f"\n\t/// {one.says}\n\tcolumn {one.name}\n\t\tdataType: {_TYPES[one.type]}\n\t\tsummarizeBy: none\n"
        f"\t\tsourceColumn: {one.name}\n"
    )


def _measures(several: Sequence[Definition], per: Mapping[str, int]) -> Iterator[str]:
    for defined in several:
        for part in defined.parts:
            says = [
                defined.question.en,
                part.words.en,
                f"Of: {defined.denominator.en}",
                *(one.en for one in defined.traps),
            ]
            lines = "".join(f"\n\t/// {line}" for line in says)
            formed = formula(defined, part.key, per[defined.code]).dax.replace("\n", "\n\t\t\t")
            name = measure_name(defined, part.key).replace("'", "''")
            yield (
                f"{lines}\n\tmeasure '{name}' =\n\t\t\t{formed}\n\t\tformatString: {_FORMATS[defined.statistic]}\n"
                f"\t\tdisplayFolder: {defined.code}\n"
            )
