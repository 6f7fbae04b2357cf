"""支援前の課題 → 支援前後の変化 → 今後について, as lists of a year on one page."""
