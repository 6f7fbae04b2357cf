"""Command line of reports and of what spans all apps."""
