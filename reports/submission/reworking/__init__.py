"""A report after it was submitted: mended, opened again, put right, compared with what it was."""
