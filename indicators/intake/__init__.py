"""Statistics brought in from files: one file of a prefecture or the whole country fills all its towns.

Pure: `book` (with `sheet_xml`, `plain_rows`) reads bytes; `layout` says how a table is laid out; `detecting` (with `shape`, `headings`,
`naming`) proposes a layout for a file; `extracting` (with `plan`, `table`, `locating`, `signs`) takes the cells out by it.
`places` and `shipped` fetch what these need, `staging` compares with what is stored, `taking` writes.
"""
