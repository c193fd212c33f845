"""Names of campaigns and airtimes, which a later import of the same thing makes again."""

import hashlib
import re
import unicodedata
from typing import Final

_LONGEST: Final = 40
"""Leaves room for a date and a number within the 63 characters of a short name."""
_DIGEST: Final = 8


def slug(text: str) -> str:
    """Return a text in lower-case letters, digits and hyphens, such as `wie-is-de-mol`.

    Case, accents and punctuation do not count. A text that is too long, or that has letters which
    this loses, ends in a digest of it.
    """
    plain = unicodedata.normalize("NFKD", text.replace("ß", "ss")).casefold()
    words = "-".join(re.findall("[a-z0-9]+", re.sub("[\u0300-\u036f'\u2019]", "", plain)))
    is_lost = any(char.isalnum() and not char.isascii() for char in plain)
    if words and len(words) <= _LONGEST and not is_lost:
        return words
    known = " ".join(plain.split())
    digest = hashlib.sha256(known.encode()).hexdigest()[:_DIGEST]
    return "-".join(filter(None, [words[: _LONGEST - _DIGEST - 1].strip("-"), digest]))


def uid_name(uid: str) -> str:
    """Return the name of a calendar's event: its UID as a slug, or `event-` with a digest of it.

    A UID that is long, as Outlook's are, or whose case or signs matter has the digest.
    """
    words = re.sub("[@._-]+", "-", uid).strip("-")
    if re.fullmatch(f"[a-z0-9-]{{1,{_LONGEST}}}", words):
        return words
    return f"event-{hashlib.sha256(uid.encode()).hexdigest()[:12]}"
