"""What stands around a page's content: menus, the context bar, and the desks of a person."""
