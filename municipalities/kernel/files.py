"""Files that are whole or absent, and that stay only if the rows that name them are kept."""

from __future__ import annotations

import os
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@contextmanager
def growing(path: Path) -> Iterator[IO[bytes]]:
    """Open a temporary name beside `path` for writing piece by piece; once the block ends, force it to the disk and rename.

    Raises OSError (a full disk: ENOSPC). A block that fails leaves nothing behind. Readable by its owner only.
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    partial = _partial(path)
    try:
        descriptor = os.open(partial, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w+b") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        partial.rename(path)
        _force_name(path.parent)
    except BaseException:
        partial.unlink(missing_ok=True)
        raise


def keep_atomically(path: Path, data: bytes) -> None:
    """Write a file that is at hand, whole or not at all. Raises OSError as `growing` does."""
    with growing(path) as file:
        file.write(data)


@contextmanager
def kept(folder: Path, stem: str, *, attempt: int, suffix: str, data: bytes) -> Iterator[Path]:
    """Keep a file while the block writes its rows; remove it again when the block fails.

    with files.kept(folder, "12", attempt=running.attempt, suffix=".pdf", data=pdf) as path:
        with running.finishing(): ...
    """
    with staying(folder, stem, attempt=attempt, suffix=suffix) as path:
        keep_atomically(path, data)
        yield path


@contextmanager
def staying(folder: Path, stem: str, *, attempt: int, suffix: str) -> Iterator[Path]:
    """Name a file that the block makes and writes rows about; remove it again when the block fails.

    The name carries the attempt, so that one which lost its lease removes its own file only. What
    earlier attempts left when they were killed goes once the block has succeeded.
    """
    path = folder / f"{stem}.{attempt}{suffix}"
    try:
        yield path
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    for earlier in range(1, attempt):
        left = folder / f"{stem}.{earlier}{suffix}"
        left.unlink(missing_ok=True)
        _partial(left).unlink(missing_ok=True)


def _partial(path: Path) -> Path:
    return path.with_name(f".{path.name}.partial")


def _force_name(folder: Path) -> None:
    """A rename is durable once the folder is on the disk too."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
