"""The indicators that a year follows: their list and pages, their places at outcomes, trends, and 評価シート."""
