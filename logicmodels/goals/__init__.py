"""目指す姿 and 課題, and 課題整理表, which sets them side by side."""
