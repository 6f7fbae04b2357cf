"""好事例 may be deleted by people, and put back."""

from municipalities.kernel import trash
from reports.document import practices

trash.register(practices.PRACTICES)
