"""Files that are written once: shared between states, made durable, and sealed with their SHA-256."""

import hashlib
import os
import shutil
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import msgspec

_WRITES = 8
"""Files made durable at a time: a disk waits for many as long as for one."""


class FileSeal(msgspec.Struct, frozen=True):
    """The size in bytes and the SHA-256 of a file of a state."""

    bytes: int
    sha256: str


def share_tree(source: Path, target: Path) -> None:
    """Hard-link every file of a tree into another one.

    For trees whose files are written once and never changed in place. Where links are not possible, all is copied.
    """
    for folder, _, names in os.walk(source):
        to = target / os.path.relpath(folder, source)
        to.mkdir(parents=True, exist_ok=True)
        for name in names:
            _share(os.path.join(folder, name), os.path.join(to, name))  # noqa: PTH118  there are thousands of files


def _share(source: str, target: str) -> None:
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)


def files_below(folder: Path) -> list[str]:
    """Return the names of all files below a folder, in order."""
    found = []
    for inner, _, names in os.walk(folder):
        within = os.path.relpath(inner, folder).replace(os.sep, "/")
        found += names if within == "." else [f"{within}/{name}" for name in names]
    return sorted(found)


def seal_all(folder: Path, names: Sequence[str]) -> dict[str, FileSeal]:
    """Make the named files of a folder durable, several at a time, and return their seals."""
    with ThreadPoolExecutor(_WRITES) as pool:
        return dict(zip(names, pool.map(_sealed, (folder / name for name in names)), strict=True))


def _sealed(path: Path) -> FileSeal:
    make_durable(path)
    return seal_of(path)


def seal_of(path: Path) -> FileSeal:
    """Return the seal of a file as it is now."""
    with path.open("rb") as file:
        return FileSeal(path.stat().st_size, hashlib.file_digest(file, "sha256").hexdigest())


def same_file(a: str, b: str) -> bool:
    """Tell whether two paths are one file on the disk; a path without a file is none."""
    try:
        return os.path.samefile(a, b)  # noqa: PTH121  as in share_tree
    except OSError:
        return False


def make_durable(path: Path) -> None:
    """Return when the disk holds what was written to a file, or the names in a folder."""
    if path.is_dir() and os.name == "nt":  # a folder cannot be opened there
        return  # pragma: no cover
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
