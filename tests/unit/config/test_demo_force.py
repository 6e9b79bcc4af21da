"""The invented force's extracts as the demo finds them: what an earlier release made stays usable."""

from pathlib import Path

from craffu.config.demo.force import SENT, extracts


def made(folder: Path, *names: str) -> Path:
    (folder / "truth").mkdir()
    (folder / "truth" / "counts.csv").write_text("file,breaks_layout\npolice/nominals.csv,3\npolice/crimes.csv,1\n")
    for name in names:
        (folder / name).mkdir()
        (folder / name / "rows.csv").write_text(name)
    return folder


def test_a_folder_of_an_earlier_release_is_taken_in_for_what_it_holds(tmp_path: Path) -> None:
    found = extracts(made(tmp_path, "staff", "police"))
    assert [(sent.kind, sent.path.name, len(sent.files), sent.broken) for sent in found] == [
        ("rms", "police", 1, 4),
        ("staff", "staff", 1, 0),
    ]


def test_a_whole_folder_holds_every_kind_in_the_order_sent(tmp_path: Path) -> None:
    (tmp_path / "published").mkdir()
    folder = made(tmp_path, *(name for _kind, name in SENT))
    assert [sent.kind for sent in extracts(folder)] == [kind for kind, _name in SENT]
