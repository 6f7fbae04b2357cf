"""委託: contracts as chains, what stands under them, and who carries out which work item in which scene."""
