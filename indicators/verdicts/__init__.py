"""評価区分: how near a value has come to its target, from exact numbers, and the sentences that say why."""
