"""Rows on their way: into the document and the trash, into the next year, to neighbours, across the fence as copies, into workbooks."""
