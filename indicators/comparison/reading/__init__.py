"""From what is published to judged columns: which values, of which years, over what, remembered."""
