"""Files that do harm, made in code: each has a name, its bytes, and the words that its outcome must have.

An outcome is an error (its class and a part of its sentence) or an extract (``Extract`` and a part of its notices or
of its text).
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Attack:
    """A bad file and how it must end: the name of the outcome's class, and a word that it says."""

    name: str
    make: Callable[[], bytes]
    outcome: str
    says: str = ""

    def write(self, folder: Path) -> Path:
        """Write the file and return its path."""
        path = folder / self.name
        path.write_bytes(self.make())
        return path
