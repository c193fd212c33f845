"""Which rows of a plan air: the words of the trade for what is booked and what was cancelled."""

import re
import unicodedata
from typing import Final

_NOT: Final = frozenset(("not", "no", "niet", "nicht", "kein", "geen", "nee", "nein", "unbooked"))
_CANCELLED: Final = (
    "cancel canceled cancelled cancellation geannuleerd gecanceld vervallen geschrapt ingetrokken"
    " afgelast storniert storno abgesagt entfallen entfallt gestrichen gecancelt annulliert deleted"
    " removed rejected declined abgelehnt afgewezen entfaellt"
)
"""One of these words, wherever it stands: "Cancelled by client"."""

_BOOKED: Final = (
    "booked confirmed ok okay final firm fixed scheduled planned active approved ordered yes live"
    " aired running gebucht bestatigt fest fix geplant aktiv genehmigt freigegeben definitiv ja"
    " gelaufen geboekt bevestigd definitief vast gepland actief akkoord goedgekeurd uitgezonden"
    " bestaetigt and und en by von door"
)


def airs(status: str) -> bool | None:
    """Tell whether a row with this status airs; None if it is not clear."""
    plain = unicodedata.normalize("NFKD", status.casefold())
    words = set(re.findall("[a-z]+", re.sub("[\u0300-\u036f]", "", plain)))
    cancelled = words & {*_CANCELLED.split()}
    if cancelled or words & _NOT:
        return None if cancelled and words & _NOT else False
    return True if not status or (words and words <= {*_BOOKED.split()}) else None
