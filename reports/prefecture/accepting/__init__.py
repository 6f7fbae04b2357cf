"""Reports accepted, entered for towns outside the system, and until when they are due."""
