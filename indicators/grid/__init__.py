"""The entry grid: forty values typed or pasted on one page."""
