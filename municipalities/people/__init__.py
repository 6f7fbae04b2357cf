"""People: invitations, memberships with their terms, accounts, and the record of who let whom in."""
