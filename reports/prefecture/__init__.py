"""The prefecture officer's pages: published copies of their municipalities, nothing else."""
