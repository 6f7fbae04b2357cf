"""What a reader asks and gets: the selection understood, its choices and words, the workbook."""
