"""From a submitted snapshot to its PDF and to the recipients' mailboxes."""
