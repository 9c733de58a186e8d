"""Names of what a session holds."""

SEEN = "seen"
STARTED = "started"
TERMS = "terms"
