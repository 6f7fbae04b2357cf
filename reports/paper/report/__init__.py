"""The report on paper: its sheets, and the one-page 概要 before them."""
