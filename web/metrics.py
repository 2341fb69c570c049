"""What the process has done since it began, for Prometheus: requests by page and status, and how long they took.

Counted by the endpoint of the route, never by address, client or query: nothing here tells who asked for what.
"""

import time
from collections import Counter
from collections.abc import Iterator
from threading import Lock

from flask import Flask, Response, g, request

ITSELF = "renkei.itself"
"""In the environment of a request that the service puts to itself: it is not counted."""

BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
"""Upper bounds in seconds."""


class Metrics:
    """Counters that many threads add to."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._requests: Counter[tuple[str, int]] = Counter()
        self._seconds: Counter[str] = Counter()
        self._buckets: Counter[tuple[str, float]] = Counter()

    def count(self, endpoint: str, status: int, seconds: float) -> None:
        """Count a request."""
        with self._lock:
            self._requests[endpoint, status] += 1
            self._seconds[endpoint] += seconds  # type: ignore[assignment]
            for bound in BUCKETS:
                if seconds <= bound:
                    self._buckets[endpoint, bound] += 1

    def lines(self) -> Iterator[str]:
        """Yield the counters in the text format of Prometheus (0.0.4)."""
        with self._lock:
            requests, seconds, buckets = dict(self._requests), dict(self._seconds), dict(self._buckets)
        yield "# HELP renkei_requests_total Requests answered, by page and status."
        yield "# TYPE renkei_requests_total counter"
        for (endpoint, status), n in sorted(requests.items()):
            yield f'renkei_requests_total{{page="{endpoint}",status="{status}"}} {n}'
        yield "# HELP renkei_request_seconds How long requests took, by page."
        yield "# TYPE renkei_request_seconds histogram"
        for endpoint, spent in sorted(seconds.items()):
            total = sum(n for (name, _), n in requests.items() if name == endpoint)
            for bound in BUCKETS:
                yield f'renkei_request_seconds_bucket{{page="{endpoint}",le="{bound}"}} {buckets.get((endpoint, bound), 0)}'
            yield f'renkei_request_seconds_bucket{{page="{endpoint}",le="+Inf"}} {total}'
            yield f'renkei_request_seconds_sum{{page="{endpoint}"}} {spent:.6f}'
            yield f'renkei_request_seconds_count{{page="{endpoint}"}} {total}'


def measure(app: Flask) -> Metrics:
    """Count what an application answers."""
    metrics = Metrics()

    @app.before_request
    def begin() -> None:
        g.began = time.perf_counter()

    @app.after_request
    def end(response: Response) -> Response:
        if ITSELF in request.environ:
            return response
        page = (request.endpoint or "none").removeprefix("ja.").removeprefix("en.")
        metrics.count(page, response.status_code, time.perf_counter() - g.get("began", time.perf_counter()))
        return response

    return metrics
