"""What may have been meant by an address that leads nowhere: documents, municipalities, projects of like names."""

from difflib import get_close_matches
from urllib.parse import unquote

from flask import g, request

from web.i18n import LANGUAGES
from web.pages.frame import language, link, opened

MOST = 5


def nearby() -> list[tuple[str, str]]:
    """Return (title, address) of what the address of this request may mean, the likeliest first."""
    if "opened" not in g:
        return []
    directory = opened().directory
    parts = [unquote(part) for part in request.path.split("/") if part]
    if parts and parts[0] in LANGUAGES[1:] and parts[0] == language():
        parts = parts[1:]
    found: dict[str, str] = {}
    for part in parts[1:3]:
        names = get_close_matches(part.lower(), directory.documents, MOST, 0.6)
        found.update({link("documents.one", document=name): directory.titles[name] for name in names})
    by_name = {entry.name: key for key, entry in directory.municipalities.items()}
    for part in parts:
        for name in get_close_matches(part, [*by_name, *directory.municipalities], MOST, 0.6):
            key = by_name.get(name, name)
            found[link("municipalities.one", code=key)] = directory.name(key)
    return [(title, address) for address, title in list(found.items())[:MOST]]
