"""ロジックモデル: read with all its parts, its outcomes and links, and what is placed under them."""
