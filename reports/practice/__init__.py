"""好事例: written by a town, published as a copy, found by others and taken up as their own draft.

`case` is the copy's shape (pure), `publishing` and `borrowing` are the deeds, `library` finds copies,
`platform` writes the ministry's form. Others read copies alone.
"""
