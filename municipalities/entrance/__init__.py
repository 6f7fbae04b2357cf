"""The way in: address, session or bearer, scope, permission; doors without a login; and what is said where nobody is let in."""
