"""The measures of a slide in points: 16:9, 960 × 540."""

WIDTH, HEIGHT = 960, 540
MARGIN = 40
FULL = WIDTH - 2 * MARGIN
BODY_TOP, BODY_HEIGHT = 96, 396
HEAD_HEIGHT = 34
GAP = 24
HALF = (FULL - GAP) / 2
# The text beside a chart.
SIDE = 300
# What a text frame keeps free left and right.
INSET = 8
# Sizes are tried from large to small; what does not fit in the last goes on to a next slide.
SIZES = (20, 18, 16)
SIDE_SIZES = (16, 14)
CELL_SIZES = (18, 16, 14)
CELL_INSET, CELL_PAD = 6, 4
BEFORE, BEFORE_HEADING = 4, 10
# How far the lines of a list stand behind its sign, in em.
INDENT = 1.2
