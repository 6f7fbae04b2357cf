"""How the installation runs: its health, what waits for the operator, its processes, and the accounts of the demo."""
