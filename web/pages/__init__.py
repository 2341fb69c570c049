"""Pages for people, a module a subject, and the shaping of records that their templates show."""
