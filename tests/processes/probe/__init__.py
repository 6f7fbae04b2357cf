"""Work that takes as long as a test wants and leaves one mark."""
