"""在宅医療に必要な連携を担う拠点: their pages, what is shared of them, and the officer's view of all by area."""
