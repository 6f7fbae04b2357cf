"""The shape of a logic model, computed and drawn: numbers, （再）, findings, diagram, sheet. No table is asked."""
