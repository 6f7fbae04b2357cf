"""Every operation of the API with what it needs, for documents and tests that walk them all."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from reports.api.site import ROUTERS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from municipalities.access import Permission


@dataclass(frozen=True, slots=True)
class Operation:
    """One way to call one address; `operation` is ninja's own."""

    method: str
    path: str
    operation: Any

    @property
    def permission(self) -> Permission | None:
        return self.operation.auth_callbacks[0].permission


def operations() -> Iterator[Operation]:
    """Yield everything that ninja serves, in the order of its routers."""
    for prefix, router in ROUTERS:
        for path, view in router.path_operations.items():
            for operation in view.operations:
                for method in sorted(operation.methods):
                    yield Operation(method, f"{prefix}/{path}".strip("/"), operation)
