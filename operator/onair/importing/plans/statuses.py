"""Which rows of a plan air: the words of the trade for what is booked and what was cancelled."""

import re
import unicodedata
from typing import Final

_CANCELLED: Final = (
    "cancel canceled cancelled cancellation geannuleerd gecanceld vervallen geschrapt ingetrokken"
    " afgelast storniert storno abgesagt entfallen entfallt gestrichen gecancelt annulliert deleted"
    " removed rejected declined abgelehnt afgewezen not no niet nicht kein geen unbooked nee nein"
)
"""One of these words, wherever it stands: "Cancelled by client", "nicht gebucht"."""

_BOOKED: Final = (
    "booked confirmed ok okay final firm fixed scheduled planned active approved ordered yes live"
    " aired running gebucht bestatigt fest fix geplant aktiv genehmigt freigegeben definitiv ja"
    " gelaufen geboekt bevestigd definitief vast gepland actief akkoord goedgekeurd uitgezonden"
    " and und en by von door"
)


def airs(status: str) -> bool | None:
    """Tell whether a row with this status airs; None if it is not clear."""
    plain = unicodedata.normalize("NFKD", status.casefold())
    words = set(re.findall("[a-z]+", re.sub("[\u0300-\u036f]", "", plain)))
    if words & {*_CANCELLED.split()}:
        return False
    return True if not status or (words and words <= {*_BOOKED.split()}) else None
