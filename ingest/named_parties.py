"""Where a document names its parties: by definition (以下「甲」という), in the preamble, or in its title."""

import re
from collections.abc import Sequence

from ingest import municipalities
from ingest.labels import SYMBOLS
from ingest.listed_names import is_municipality, list_at_end, list_at_start, words_around
from ingest.parties import Parties
from ingest.text import clean, clean_spaced, is_spaced

_DEFINED = re.compile(rf"\(?以下、?「?(?P<symbol>[{SYMBOLS}])」?と(?:いう|する|総称)")
_MASKED = re.compile(r"[A-Za-z×○〇◯●△□＊*]{1,4}[市町村区]$")
_CONCLUDES = re.compile(r"(?:協約|協定|覚書|規約)を(?:締結|定め|結)")

_HEAD_LINES = 4
_COVER_ROWS = 12
_DATED = re.compile(
    r"^(?:(?:策定|作成|公表|発行|改定|改訂)(?:日|年月)?[:：\s]*)?(?:令和|平成|20\d\d)\S{0,14}(?:月|日|年度?)(?:策定|作成|改定|改訂|改正|公表|発行)?\s*$"
)


def defined_parties(lines: Sequence[tuple[int, str]]) -> Parties:
    """Read the definitions (札幌市（以下「甲」という。）) and the signing block of an agreement.

    ``lines`` are (number, text). A masked name (xx市) stays as printed and has no code.
    """
    parties = Parties()
    for number, raw in lines:
        text = clean(raw)
        at = 0
        for match in _DEFINED.finditer(text):
            before = text[at : match.start()].rstrip("( ")
            mentions = [m for m in municipalities.find(before) if is_municipality(m)]
            if mentions:
                for mention in list_at_end(before, mentions):  # (松川町、高森町及び阿南町(以下「乙」という。)
                    parties.add_mention(mention, number, match["symbol"])
            elif masked := _MASKED.search(before):
                parties.add(masked[0], number, match["symbol"])
            at = match.end()
    return parties


def preamble_parties(lines: Sequence[tuple[int, str]]) -> Parties:
    """Read the parties that a preamble names without symbols (A市及びB町は、…連携協約を締結する)."""
    parties = Parties()
    for number, raw in lines[:40]:
        text = clean(raw)
        listed = list_at_start(text)
        if len(listed) >= 2 and re.match(r"[は（(]", text[listed[-1].end :]) and _CONCLUDES.search(text):
            for mention in listed:
                parties.add_mention(mention, number)
            break
    return parties


def title_parties(lines: Sequence[tuple[int, str]], limit: int = 80) -> Parties:
    """Read the parties that a title or cover line names alone (千歳市・恵庭市) within the first lines of a document."""
    parties = Parties()
    for place, (number, raw) in enumerate(lines[:limit]):
        line = raw.lstrip("#").replace("\t", " ")
        stretched = is_spaced(line) or all(len(piece) == 1 for piece in line.split())
        text = clean(line) if stretched else clean_spaced(line)
        mentions = municipalities.find(text)
        named = [m for m in mentions if is_municipality(m)]
        rest = words_around(text, mentions)
        row = "\t" in raw and place >= _COVER_ROWS  # the heads of a table name others, too
        alone = named and not row and re.fullmatch(r"[・、,及び並に\s/と]*", rest)
        in_title = (
            len(named) >= 2
            and len(text) <= 60
            and re.search(r"(?:計画|ビジョン|協定|協約|一覧|調書|について)", text)
            and "。" not in text
        )
        dated = place < 12 and named and len(text) <= 50 and _DATED.match(text[: named[0].start])
        listed = words_around(text, named) if dated else ""
        dated = dated and re.fullmatch(r"[・、,及び並に\s/と]*", listed[named[0].start :])
        heads = place < _HEAD_LINES and len(list_at_start(text)) >= 2 and len(text) <= 60 and "。" not in text
        if alone or dated or in_title or heads:
            for mention in named:
                parties.add_mention(mention, number)
        if len(parties.members) >= 2 and number > limit // 2:
            break
    return parties
