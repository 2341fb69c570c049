"""Who signed an agreement for each party, and the addresses of the parties, as the signing block has them."""

import re
from collections.abc import Sequence

from ingest.labels import SYMBOLS
from ingest.parties import Parties, Party
from ingest.records import Signatory
from ingest.text import clean, clean_spaced

_OFFICE = "\ue002"
"""Stands for the office of one party while the lines of the signing block are read."""

_SIGNED = re.compile(rf"(?:^|(?<=[\s:：]))(?:代表者\s*)?{_OFFICE}(?P<deputy>職務代理者)?(?=$|\s)(?P<name>.*)$")
_GAPLESS = re.compile(rf"^((?:代表者)?{_OFFICE})(?=[一-鿿ぁ-んァ-ヶ]{{2,7}}$)(?!.*(?:計画|方針|懇談|会議|選挙))")


def read_signatures(parties: Parties, lines: Sequence[tuple[int, str]]) -> None:
    """Read who signed for each party, and its address: on one line with the symbol, or on the lines above the office.

    The office is ``{party}長``; the name stands behind it or on the next line, and a seal (印) is no part of it.
    """
    texts = [" ".join(raw.split()) for _, raw in lines]
    closed = [clean(text).replace(" ", "") if "長" in text and len(text) < 90 else "" for text in texts]
    for party in parties.members:
        office = f"{party.name}長"
        for at, text in enumerate(texts):
            if office not in closed[at] or re.search(r"[。、]", text):
                continue
            forms = (clean_spaced(text).replace(office, _OFFICE), _with_gap(closed[at].replace(office, _OFFICE)))
            found = next((m for form in forms if (m := _SIGNED.search(form))), None)
            if not found:
                continue
            name = clean(found["name"]) or _name_below(texts, at) or ""
            party.signatory = Signatory(f"{party.name}長{found['deputy'] or ''}", _without_seal(name))
            party.address = _address_before(party, found.string[: found.start()], texts, at)
            break


def _with_gap(closed: str) -> str:
    """Put the space between office and person that a scan or a stretched line lost (延岡市長読谷三郎)."""
    return _GAPLESS.sub(r"\1 ", closed)


def _address_before(party: Party, head: str, texts: Sequence[str], at: int) -> str | None:
    """Return the address that stands before the office on its line, or on one of the lines above."""
    for text in (head, *(clean_spaced(t) for t in reversed(texts[max(0, at - 4) : at]))):
        plain = re.sub(rf"^[{SYMBOLS}][\s:]*(?=\S{{2}})", "", text).strip()
        plain = plain.removesuffix(party.name).strip()
        if (
            re.search(r"[\d一二三四五六七八九十]", plain)
            and re.search(r"[市町村区]", plain)
            and not re.match(r"^(?:令和|平成|20\d\d)", plain)
        ):
            return plain
        if text and not text.endswith(party.name) and not re.fullmatch(rf"[{SYMBOLS}]?", text) and text is not head:
            return None
    return None


def _without_seal(name: str) -> str | None:
    """Drop the mark of a seal (印) behind a name."""
    return re.sub(r"\s*(?:\(?印\)?|㊞)$", "", name).strip() or None


def _name_below(texts: Sequence[str], at: int) -> str | None:
    for text in texts[at + 1 : at + 3]:
        plain = clean(text)
        person = 2 <= len(plain) <= 8 and not re.search(rf"[{SYMBOLS}\d。、:()市町村長条表]", plain)
        return plain if person else None
    return None
