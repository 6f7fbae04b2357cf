"""Questionnaires as they are made, previewed, fixed and written in documents."""
