"""Areas named by a line alone as the national guidelines (推進要綱) name them: known without a mark before them."""

import re

from ingest.areas import Heading
from ingest.labels import words
from ingest.text import clean, key

_LEVELS = ("pillar", "function", "field")
_TAIL = re.compile(r"(?:に係る|に関する)?(?:政策)?分野$")
_LONGEST = 30


def national_area(line: str) -> Heading | None:
    """Return a line as an area of the guidelines, its level as its kind (生活機能の強化, 医療); None for other words."""
    plain = clean(line)
    if not 2 <= len(plain) <= _LONGEST:
        return None
    word = key(_TAIL.sub("", plain))
    return next((Heading(level, None, plain) for level in _LEVELS if word in words("guideline", level)), None)
