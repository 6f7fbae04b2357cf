"""The advice of a year at the adviser's desk: confirmed, typed during a meeting, the lesson boxes, the year itself."""
