"""Councils, meetings, decisions and judgements."""
