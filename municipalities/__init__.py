"""Who may act, where and in which year: users, memberships, municipalities, cycles, the fence, and the kernel."""
