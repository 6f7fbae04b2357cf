"""The door under /s/: answering without a login, from a link or a QR code."""
