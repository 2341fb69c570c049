"""The file in which whoever publishes the data states what no document says (``graph.facts``), in TOML.

title = "…市 連携データ"

[publisher]
name = "…市企画課"
url = "https://www.city.example.lg.jp/"
email = "kikaku@city.example.lg.jp"

[licence]                              # of every document that has none of its own below
url = "https://creativecommons.org/licenses/by/4.0/deed.ja"
name = "クリエイティブ・コモンズ 表示 4.0 国際"
attribution = "出典：…市"

[documents."plan-2024"]                # by the document's id
title = "…連携計画"
source = "https://www.city.example.lg.jp/plan.pdf"
publisher = { name = "…市" }
licence = { url = "https://…", name = "…" }
"""

from pathlib import Path

import msgspec

from graph.facts import Facts
from ingest.errors import RenkeiError


class CatalogueFileInvalid(RenkeiError):
    """The file cannot be read as it should be."""

    def __init__(self, path: Path, reason: object) -> None:
        super().__init__(f"{path}: {reason}; see docs/open-data.md for what may stand there")
        self.path = path


def read_facts(path: Path) -> Facts:
    """Read the file; one that is not there states nothing. Raises ``CatalogueFileInvalid``."""
    try:
        return msgspec.toml.decode(path.read_bytes(), type=Facts)
    except FileNotFoundError:
        return Facts()
    except (OSError, UnicodeDecodeError, msgspec.DecodeError) as error:
        raise CatalogueFileInvalid(path, error) from error
