"""Answers in a workbook or CSV: recognised by their headings, checked by cell, taken in whole or not at all."""
