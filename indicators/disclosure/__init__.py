"""What may leave the house of a number that counts few people (docs/adr/0014). Pure: no Django, no database.

`policies` says how small is too small for whom, `values` applies it to the values of one
municipality, `tables` hides what would give a hidden cell of a table away.
"""
