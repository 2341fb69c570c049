"""Answers made small on their way: pages, styles and data are sent gzipped to who can read that.

Nothing secret is ever in an answer (no cookies, no accounts), so its length gives nothing away. What is streamed, and
what is asked for in parts, goes out as it is.
"""

import gzip

from flask import Response, request

LEAST = 1024
"""Bytes below which an answer is sent as it is."""

TYPES = (
    "text/",
    "application/json",
    "application/ld+json",
    "image/svg+xml",
    "application/atom+xml",
    "application/problem+json",
)
"""Beginnings of the media types that are worth it."""

_LEVEL = 5


def compress(response: Response) -> Response:
    """Compress an answer where its asker, its kind and its length allow it."""
    if not (response.mimetype or "").startswith(TYPES):
        return response
    response.vary.add("Accept-Encoding")
    if not _wanted(response):
        return response
    response.direct_passthrough = False
    body = response.get_data()
    if len(body) >= LEAST:
        tag, _ = response.get_etag()
        if tag:
            response.set_etag(tag, weak=True)  # the same content, not the same bytes
        response.set_data(gzip.compress(body, _LEVEL, mtime=0))
        response.headers["Content-Encoding"] = "gzip"
    return response


def _wanted(response: Response) -> bool:
    whole = request.method == "GET" and response.status_code == 200 and "Range" not in request.headers
    at_hand = not response.is_streamed or _is_static()
    return whole and at_hand and "Content-Encoding" not in response.headers and request.accept_encodings["gzip"] > 0


def _is_static() -> bool:
    """Tell whether the answer is a file of ours, small enough to be read at once."""
    return request.endpoint == "static"
