"""Who is asked: offices with a code of their own, and the mails to them."""
