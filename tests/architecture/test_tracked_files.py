"""Nothing in the repository names a package registry, a folder of somebody's machine or what it was written with."""

import fnmatch
import re
import subprocess
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from tests.architecture.source import ROOT

# Built from parts, so that this file does not name them itself.
HOSTS = [
    ".".join(parts)
    for parts in (
        ("pypi", "org"), ("pythonhosted", "org"), ("npmjs", "org"), ("npmjs", "com"), ("yarnpkg", "com"), ("jsr", "io"),
        ("crates", "io"), ("rubygems", "org"), ("conda", "anaconda", "org"), ("proxy", "golang", "org"), ("docker", "io"),
        ("ghcr", "io"), ("quay", "io"), ("repo", "maven", "apache", "org"), ("repo1", "maven", "org"), ("deb", "debian", "org"),
        ("archive", "ubuntu", "com"), ("jfrog", "io"), ("unpkg", "com"), ("cdn", "jsdelivr", "net"),
    )
]  # fmt: skip
FOLDERS = ("work", "root", "tmp", "home", "Users", "opt", "private")
TOOLS = [
    "".join(parts)
    for parts in (("cla", "ude"), ("anth", "ropic"), ("chat", "gpt"), ("open", "ai"), ("cop", "ilot"), ("gem", "ini"))
]
SPOKEN_OF = {
    "host of a registry": re.compile("|".join(map(re.escape, HOSTS)), re.IGNORECASE),
    "folder of one machine": re.compile(rf"(?<![\w.}}*/)])/({'|'.join(FOLDERS)})(?=/|[\"'`\s]|$)", re.MULTILINE),
    "tool": re.compile(rf"\b({'|'.join(TOOLS)})\b", re.IGNORECASE),
}


def tracked_files() -> list[Path]:
    """What is or would be in the repository; without git, everything that .gitignore does not name."""
    if (ROOT / ".git").exists():
        listed = subprocess.run(
            ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
            cwd=ROOT, capture_output=True, text=True, check=True,
        )  # fmt: skip
        return [ROOT / name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]
    return without_ignored(path for path in ROOT.rglob("*") if path.is_file())


def without_ignored(paths: Iterable[Path]) -> list[Path]:
    """The files that no line of .gitignore names; its lines are names, without folders or exceptions."""
    lines = [line.strip("/") for line in (ROOT / ".gitignore").read_text().split() if not line.startswith("#")]
    return [
        path
        for path in paths
        if not any(fnmatch.fnmatch(part, name) for part in path.relative_to(ROOT).parts for name in (".git", *lines))
    ]


# A plain look for the words comes first: the patterns are slow over ten million characters that hold none of them.
HELD = {"host of a registry": HOSTS, "tool": TOOLS}


def spoken_of(text: str) -> Iterator[str]:
    lowered = text.lower()
    for what, pattern in SPOKEN_OF.items():
        if what in HELD and not any(word.lower() in lowered for word in HELD[what]):
            continue
        for found in pattern.finditer(text):
            yield f"line {text.count(chr(10), 0, found.start()) + 1} names a {what}: {found.group().strip()}"


def test_no_tracked_file_names_a_registry_a_machine_or_a_tool() -> None:
    files = tracked_files()
    assert len(files) > 100
    faults = []
    for path in files:
        content = path.read_bytes()
        if b"\0" not in content:
            faults += [f"{path.relative_to(ROOT)}: {fault}" for fault in spoken_of(content.decode("utf-8", "replace"))]
    assert faults == []


def test_no_tracked_file_is_a_package_or_an_archive() -> None:
    packed = {".whl", ".gz", ".tgz", ".zip", ".xz", ".bz2", ".deb", ".so", ".jar"}
    assert [path.name for path in tracked_files() if path.suffix in packed] == []


@pytest.mark.skipif(not (ROOT / ".git").exists(), reason="there is no git here to compare with")
def test_without_git_the_same_files_are_read() -> None:
    named = tracked_files()
    assert without_ignored(named) == named
    assert without_ignored([ROOT / "var" / "x", ROOT / ".venv" / "lib" / "x.py", ROOT / "craffu" / "x.pyc"]) == []


@pytest.mark.parametrize(
    "bad", [*(f"see https://{host}/simple" for host in HOSTS), *TOOLS, *(tool.title() for tool in TOOLS)]
)
def test_a_name_is_found(bad: str) -> None:
    assert list(spoken_of(f"first\n{bad}\n"))


@pytest.mark.parametrize("folder", FOLDERS)
@pytest.mark.parametrize("sentence", ["cd {}/main", 'PATH = "{}"', "see `{}/x`", "{}", "a={}/b"])
def test_a_folder_of_a_machine_is_found(folder: str, sentence: str) -> None:
    assert list(spoken_of(sentence.format(f"/{folder}")))


@pytest.mark.parametrize(
    "good", ["xl/workbook.xml", "shared/work/x", "/workers", "cases/home/", "{{ url }}/home/", "./tmp/x"]
)
def test_an_innocent_word_is_not(good: str) -> None:
    assert list(spoken_of(good)) == []
