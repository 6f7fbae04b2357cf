"""Questionnaires, answers, hearings and tabulation."""
