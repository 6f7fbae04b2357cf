"""A respondent's own code joins two rounds of a town; only its keyed hash is kept."""

from django.utils.crypto import salted_hmac


def pair_of(code: str, *, municipality_code: str) -> str:
    """Return the hash of a code as `filling` has folded it; of nothing nothing."""
    if not code:
        return ""
    # Part of what is kept: another name, and the codes of earlier rounds would no longer pair.
    salt = f"surveys.rounds.pairing.{municipality_code}"
    return salted_hmac(salt, code, algorithm="sha256").hexdigest()
