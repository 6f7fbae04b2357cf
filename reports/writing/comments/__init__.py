"""The advisers' comments as the municipality reads and answers them."""
