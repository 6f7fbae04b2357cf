"""評価: the year's facts and what councils make of them, with 評価シート in one line, on screen and as a workbook."""
