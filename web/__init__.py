"""The outside: command line, pages, API. The only room that reads settings, the environment or the clock."""
