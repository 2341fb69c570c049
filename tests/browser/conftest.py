"""Lets the journeys use the small library of the other tests of the web room."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))
