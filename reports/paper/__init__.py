"""The report on paper: a template filled by Django, drawn by a server outside the worker.

Importing this package loads neither Django nor WeasyPrint: the server does without the first, web
and worker processes without the second.
"""
