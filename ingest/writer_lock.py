"""The lock of the one writer of a library; on Windows and elsewhere another call of the operating system."""

import os
from pathlib import Path
from types import TracebackType
from typing import IO

from ingest.errors import LibraryBusy


class WriterLock:
    """A lock that the operating system lets go of when its holder ends, however it ends."""

    def __init__(self, path: Path, home: Path) -> None:
        self._path, self._home = path, home
        self._file: IO[str] | None = None

    def __enter__(self) -> None:
        file = self._path.open("a+", encoding="ascii")
        try:
            _lock(file)
        except OSError:
            file.seek(0)
            holder = file.read().strip()
            file.close()
            raise LibraryBusy(self._home, holder or "another process") from None
        file.truncate(0)
        file.write(f"process {os.getpid()}\n")
        file.flush()
        self._file = file

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._file:
            self._file.truncate(0)
            self._file.close()


def _lock(file: IO[str]) -> None:
    if os.name == "nt":  # pragma: no cover
        import msvcrt  # noqa: PLC0415  only there

        file.seek(0)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
    else:
        import fcntl  # noqa: PLC0415  not on Windows

        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
