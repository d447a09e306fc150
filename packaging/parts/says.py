"""What the script says beside its files: notes, and why it stops. Decides nothing."""

import sys


class Refused(Exception):
    """Nothing can be laid out; the text says why and what to do."""


def note(text: str) -> None:
    """A line that nobody should miss."""
    print(f"packaging/build: {text}", file=sys.stderr)
