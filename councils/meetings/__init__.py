"""会議: agenda, attendance, homework, minutes, and 決定事項 with what they are about and what they agree to."""
