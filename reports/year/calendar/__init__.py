"""年間予定: the dates of a year on one page, reminders before them, and the same in one's own calendar."""
