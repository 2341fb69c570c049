"""Opens zip archives of documents: each entry becomes a file of ours, or a fault with its name.

An entry never decides where it is written: its bytes go to numbered files in a folder that the caller gives. Names
are UTF-8 where the archive says so or they are valid as such (macOS), else CP932 (Windows).
"""

import stat
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import IO

from ingest.errors import IngestError, RefusedFile, UnreadableFile, UnsupportedFile
from ingest.readers.sources import MEGABYTE, Limits, Member

_UTF8_FLAG, _ENCRYPTED_FLAG = 0x800, 0x1
_ENTRY_MARK = b"PK\x01\x02"
_PARTS_OF_AN_ENTRY = 30  # an Office file that is stored in the archive brings the marks of its own parts
_SKIPPED = ("__MACOSX/",)


def members(path: Path, name: str, folder: Path, suffixes: tuple[str, ...], limits: Limits) -> Iterator[Member]:
    """Yield the documents of an archive, unpacked into ``folder`` one by one; ``suffixes`` are those with a reader."""
    try:
        _check(path, name, limits)
        with zipfile.ZipFile(path) as archive:
            infos = [info for info in archive.infolist() if not info.is_dir() and not _is_skipped(entry_name(info))]
            if len(infos) > limits.entries:
                raise RefusedFile(name, f"more than {limits.entries:,} files in the archive")
            left = limits.unpacked_bytes
            for number, info in enumerate(infos):
                entry = f"{name}/{entry_name(info)}"
                target = folder / f"{number:04}{PurePosixPath(entry).suffix.lower()}"
                try:
                    _refuse(info, entry, suffixes, limits)
                    left -= _unpack(archive, info, entry, target, left)
                    yield Member(entry, target)
                except IngestError as fault:
                    yield Member(entry, path, fault)
    except IngestError as fault:
        yield Member(name, path, fault)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        yield Member(name, path, UnreadableFile(name, f"the archive is damaged: {error}", "pack it again"))


def entry_name(info: zipfile.ZipInfo) -> str:
    """Return the name of an entry, with its encoding put right and ``/`` between folders."""
    name = info.orig_filename
    if not info.flag_bits & _UTF8_FLAG:
        raw = name.encode("cp437")
        for encoding in ("utf-8", "cp932"):
            try:
                name = raw.decode(encoding)
                break
            except UnicodeDecodeError:
                continue
    return name.replace("\\", "/")


def _check(path: Path, name: str, limits: Limits) -> None:
    size = path.stat().st_size
    if size == 0:
        raise UnreadableFile(name, "it is empty", "get the file again")
    if size > limits.archive_bytes:
        raise RefusedFile(name, f"more than {limits.archive_bytes:,} bytes")
    with path.open("rb") as file:
        marks = sum(chunk.count(_ENTRY_MARK) for chunk in iter(lambda: file.read(MEGABYTE), b""))
    if marks > limits.entries * _PARTS_OF_AN_ENTRY:
        raise RefusedFile(name, f"more than {limits.entries:,} files in the archive")


def _is_skipped(entry: str) -> bool:
    return entry.startswith(_SKIPPED) or is_left_alone(PurePosixPath(entry).name)


def is_left_alone(name: str) -> bool:
    """Tell whether a file name is one that systems and offices leave behind, no document of anyone."""
    return name.startswith((".", "~$")) or name.lower() in ("thumbs.db", "desktop.ini")


def _refuse(info: zipfile.ZipInfo, entry: str, suffixes: tuple[str, ...], limits: Limits) -> None:
    inside = PurePosixPath(entry_name(info))
    if inside.is_absolute() or ".." in inside.parts or ":" in inside.parts[0] or "\0" in str(inside):
        raise RefusedFile(entry, "its name points outside of the archive")
    if stat.S_ISLNK(info.external_attr >> 16):
        raise RefusedFile(entry, "it is a link, no file")
    if inside.suffix.lower() == ".zip":
        raise RefusedFile(entry, "an archive inside an archive is not opened")
    if inside.suffix.lower() not in suffixes:
        raise UnsupportedFile(entry, suffixes)
    if info.flag_bits & _ENCRYPTED_FLAG:
        raise UnreadableFile(entry, "it is locked with a password", "unpack the archive yourself")
    if info.file_size > limits.file_bytes:
        raise RefusedFile(entry, f"more than {limits.file_bytes:,} bytes")
    if info.file_size > max(limits.ratio * info.compress_size, MEGABYTE):
        raise RefusedFile(entry, f"unpacked more than {limits.ratio} times as large as packed")


def _unpack(archive: zipfile.ZipFile, info: zipfile.ZipInfo, entry: str, target: Path, left: int) -> int:
    """Write an entry to its file and return its size; raises ``RefusedFile`` where less than that is left."""
    try:
        with archive.open(info) as packed, target.open("wb") as file:
            return _copy(packed, file, entry, left)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError) as error:
        raise UnreadableFile(entry, f"its part of the archive is damaged: {error}", "pack it again") from error


def _copy(packed: IO[bytes], file: IO[bytes], entry: str, left: int) -> int:
    size = 0
    while chunk := packed.read(MEGABYTE):
        size += len(chunk)
        if size > left:
            raise RefusedFile(entry, "the archive unpacks to more than is allowed")
        file.write(chunk)
    return size
