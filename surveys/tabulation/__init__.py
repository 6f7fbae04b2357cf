"""集計: tables of what was answered."""
