"""Statistics brought in from files: one file of a prefecture or the whole country fills all its towns.

`book` reads bytes, `layout` says how a table is laid out, `detecting` proposes a layout for a file, `extracting` takes
the cells out by it: these four are pure. `staging` compares with what is stored, `taking` writes.
"""
