"""Documents in, records out: the first room of the service."""
