"""What client and render server say to each other over two pipes: length-prefixed messages."""

import enum
import struct

# Seconds the document may take, bytes of UTF-8 HTML that follow.
REQUEST = struct.Struct("!dI")
# Outcome, pages, bytes of PDF that follow (none unless DONE).
ANSWER = struct.Struct("!BII")

MAX_HTML = 8 * 1024 * 1024
MAX_PDF = 64 * 1024 * 1024


class Outcome(enum.IntEnum):
    """How a document ended. All but DONE lie in the document: trying again is of no use."""

    DONE = 0
    TIME = 1
    MEMORY = 2
    MALFORMED = 3
