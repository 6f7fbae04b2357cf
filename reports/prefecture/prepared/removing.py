"""What has been kept for a week goes; so does what attempts that were killed have left on the disk."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from django.conf import settings
from django.db.models.functions import Now

from municipalities.models import Prefecture
from municipalities.prefecture_tenancy import within_prefecture
from reports.choices import PreparedState
from reports.models import PreparedFile
from reports.prefecture.prepared.making import FOLDER

if TYPE_CHECKING:
    from pathlib import Path

# Longer than any attempt lives: a file that no row names is nobody's by then.
LEFT_BEHIND_SECONDS = 24 * 60 * 60


def remove_old() -> int:
    """Remove what has expired and what nobody owns, in every prefecture; return how many files went."""
    return sum(_remove_in(prefecture) for prefecture in Prefecture.objects.all())


def _remove_in(prefecture: Prefecture) -> int:
    folder = settings.MEDIA_ROOT / FOLDER / prefecture.code
    if not folder.is_dir():
        return 0
    with within_prefecture(prefecture):
        done = PreparedFile.objects.filter(state=PreparedState.DONE)
        expired = done.filter(expires_at__lte=Now())
        gone = [row.path for row in expired]
        # The row first: a file that is announced is there.
        expired.filter(file__in=[str(one.relative_to(settings.MEDIA_ROOT)) for one in gone]).update(
            state=PreparedState.REMOVED
        )
        named = {row.path for row in done}
    gone += [path for path in folder.iterdir() if path not in named and _is_old(path)]
    for path in set(gone):
        path.unlink(missing_ok=True)
    return len(set(gone))


def _is_old(path: Path) -> bool:
    try:
        return time.time() - path.stat().st_mtime > LEFT_BEHIND_SECONDS
    except FileNotFoundError:
        return False
