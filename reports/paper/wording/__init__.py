"""Texts as paper, slides and tables set them: their lines, footnotes, and what no font can draw."""
