"""The files that a call names: files as they are, folders with all that is in them, archives unpacked aside."""

import os
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from ingest.readers import ARCHIVES, READERS
from ingest.readers import zip as archives
from ingest.readers.sources import Limits, Member


@contextmanager
def members(paths: Iterable[Path], limits: Limits | None = None) -> Iterator[Iterator[Member]]:
    """Give the members of files, folders and archives, in the order of their names; unpacked ones live in the block.

    Nothing is left out in silence: what cannot be had is a member with its ``fault``. Only files that systems and
    offices leave behind (dot files, ``__MACOSX``, ``~$``) are no members.
    """
    with tempfile.TemporaryDirectory(prefix="renkei-") as folder:
        yield _members(paths, Path(folder), limits or Limits())


def _members(paths: Iterable[Path], folder: Path, limits: Limits) -> Iterator[Member]:
    for number, path in enumerate(one for given in paths for one in _files(given)):
        if path.suffix.lower() in ARCHIVES and path.is_file():
            aside = folder / str(number)
            aside.mkdir()
            yield from archives.members(path, str(path), aside, tuple(READERS), limits)
        else:
            yield Member(str(path), path)


def _files(path: Path) -> Iterator[Path]:
    if not path.is_dir():
        yield path
        return
    for folder, folders, files in os.walk(path):
        folders[:] = sorted(name for name in folders if not name.startswith(".") and name != "__MACOSX")
        yield from (Path(folder) / name for name in sorted(files) if not archives.is_left_alone(name))
