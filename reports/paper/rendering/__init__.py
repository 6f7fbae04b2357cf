"""The render server, outside the worker: the client, what the two say to each other, and HTML to PDF."""
