"""Whether a ZIP archive may be unpacked, decided from its table of contents before a byte is inflated (INT-03).

Word, Excel and OpenDocument files are ZIP archives too, so adapters that read those inspect them here as well.
"""

import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import BinaryIO

from craffu.intake.kinds import ZIP_END, ZIP_END_REACH, ZIP_STARTS
from craffu.intake.refused import Unfit, in_megabytes

_END_RECORD = struct.Struct("<4s4H2LH")
_ENTRY_HEADER = struct.Struct("<4s24x3H12x")
_ENTRY_START = b"PK\x01\x02"
_ZIP64_LOCATOR = b"PK\x06\x07"
_ZIP64_LOCATOR_SIZE = 20
_UNREADABLE = (zipfile.BadZipFile, NotImplementedError, RuntimeError, ValueError, EOFError, struct.error, zlib.error)
_ARCHIVE_SUFFIXES = (
    ".zip", ".7z", ".rar", ".tar", ".gz", ".tgz", ".bz2", ".xz", ".zst", ".jar", ".docx", ".xlsx", ".xlsm", ".pptx",
    ".ods", ".odt", ".odp",
)  # fmt: skip
_DOCUMENT_MARKS = frozenset({"[Content_Types].xml", "mimetype"})
_LOCKED = 0x1 | 0x40
_ABSOLUTE = re.compile(r"/|[A-Za-z]:")


@dataclass(frozen=True, slots=True)
class Limits:
    """How much is read of what somebody hands in. Sizes in bytes.

    A court result message is 4 to 158 KB; attacks and mistakes are far larger.
    """

    document_bytes: int = 10_000_000
    archive_bytes: int = 200_000_000
    inflated_bytes: int = 200_000_000
    ratio: int = 100
    entries: int = 1_000
    directory_bytes: int = 1_000_000


LIMITS = Limits()


def inspect(stream: BinaryIO, limits: Limits = LIMITS) -> zipfile.ZipFile:
    """The archive, ready to be read from, or `Unfit` with the reason; nothing is inflated.

    Time and memory depend on `limits`, not on the size of the archive.
    """
    size = stream.seek(0, 2)
    stream.seek(0)
    if not stream.read(4).startswith(ZIP_STARTS):
        raise Unfit("not_an_archive")
    _check_directory(stream, size, limits)
    try:
        archive = zipfile.ZipFile(stream)
    except _UNREADABLE as error:
        raise Unfit("archive_damaged") from error
    _check_entries(archive.infolist(), size, limits)
    return archive


def is_office_document(archive: zipfile.ZipFile) -> bool:
    """Whether the archive is a Word, Excel, PowerPoint or OpenDocument file."""
    return not _DOCUMENT_MARKS.isdisjoint(archive.namelist())


def read_entry(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, limits: Limits = LIMITS) -> bytes:
    """One file of an inspected archive, never more than the limit even where its stated size is a lie."""
    if entry.file_size > limits.document_bytes:
        raise Unfit("too_large", size=in_megabytes(entry.file_size), limit=in_megabytes(limits.document_bytes))
    try:
        with archive.open(entry) as member:
            data = member.read(limits.document_bytes + 1)
    except _UNREADABLE as error:
        raise Unfit("archive_damaged") from error
    if len(data) != entry.file_size:
        raise Unfit("archive_damaged")
    return data


def _check_directory(stream: BinaryIO, size: int, limits: Limits) -> None:
    """Count the entries with bounded reading, before `zipfile` would build an object for each."""
    reach = min(size, ZIP_END_REACH)
    stream.seek(size - reach)
    tail = stream.read(reach)
    at = tail.rfind(ZIP_END)
    if at < 0 or len(tail) - at < _END_RECORD.size:
        raise Unfit("archive_damaged")
    _, _, _, _, stated, directory_size, directory_start, comment = _END_RECORD.unpack_from(tail, at)
    if tail[max(0, at - _ZIP64_LOCATOR_SIZE) : at].startswith(_ZIP64_LOCATOR):
        raise Unfit("archive_too_many", limit=limits.entries)  # the form needed only beyond 65,535 files or 4 GB
    end_at = size - reach + at
    if at + _END_RECORD.size + comment != len(tail) or directory_start + directory_size != end_at:
        raise Unfit("archive_damaged")
    if stated > limits.entries or directory_size > limits.directory_bytes:
        raise Unfit("archive_too_many", limit=limits.entries)
    stream.seek(directory_start)
    counted = _count_entries(stream.read(directory_size), limits.entries)
    if counted > limits.entries:
        raise Unfit("archive_too_many", limit=limits.entries)
    if counted != stated:
        raise Unfit("archive_damaged")


def _count_entries(directory: bytes, most: int) -> int:
    at = counted = 0
    while at + _ENTRY_HEADER.size <= len(directory) and counted <= most:
        start, name, extra, comment = _ENTRY_HEADER.unpack_from(directory, at)
        if start != _ENTRY_START:
            break
        at += _ENTRY_HEADER.size + name + extra + comment
        counted += 1
    return counted


def _check_entries(entries: Iterable[zipfile.ZipInfo], size: int, limits: Limits) -> None:
    total = 0
    seen: set[str] = set()
    for entry in entries:
        _check_name(entry, seen)
        if entry.flag_bits & _LOCKED:
            raise Unfit("archive_encrypted")
        if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise Unfit("archive_method")
        total += entry.file_size
        if total > limits.inflated_bytes:
            raise Unfit("archive_too_large", limit=in_megabytes(limits.inflated_bytes))
        if entry.file_size > limits.ratio * max(entry.compress_size, 1):
            raise Unfit("archive_ratio", limit=limits.ratio)
    if total > limits.ratio * size:
        raise Unfit("archive_ratio", limit=limits.ratio)  # entries that share the same compressed bytes


def _check_name(entry: zipfile.ZipInfo, seen: set[str]) -> None:
    name = entry.orig_filename.replace("\\", "/")
    parts = name.split("/")
    unsafe = bool(_ABSOLUTE.match(name)) or ".." in parts or "\x00" in name or not name.strip("/. ")
    is_link = stat.S_ISLNK(entry.external_attr >> 16)
    folded = name.casefold()
    if unsafe or is_link or folded in seen:
        raise Unfit("archive_unsafe_name")
    seen.add(folded)
    if not entry.is_dir() and folded.endswith(_ARCHIVE_SUFFIXES):
        raise Unfit("archive_nested")
