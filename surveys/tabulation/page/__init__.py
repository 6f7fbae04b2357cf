"""集計表: the tables of a round as their page shows them, and as workbooks."""
