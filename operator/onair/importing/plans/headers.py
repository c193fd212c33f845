"""The columns of a media plan: which header means what, in English, Dutch and German.

From Kantar's TV Overnights, Adtriba's TV data, Clarivoy's and InnovidXP's spot lists, and the
words of the trade.
"""

import re
import unicodedata
from typing import Final

USED: Final = {
    "date": "date datum airdate airingdate startdate startdatum spotdate sendedatum sendetag"
    " uitzenddatum broadcastdate txdate ausstrahlungsdatum",
    "time": "time tijd zeit uhrzeit start starttime starttijd startzeit airtime airingtime"
    " spottime sendezeit uitzendtijd broadcasttime txtime begin beginn beginzeit begintijd"
    " aanvang datetime airingdatetime airdatetime datumtijd datumzeit starts spotzeit",
    "end": "end endtime eind eindtijd einde ende endzeit tot bis until ends stop",
    "endDate": "enddate endedate enddatum einddatum",
    "duration": "duration length lengte duur lange laenge dauer spotlength spotlengte spotlange"
    " spotduration dur secondage seconds seconden sekunden sec sek adlength runtime spotdauer",
    "campaign": "campaign campaignname campaigncode campagne campagnenaam kampagne kampagnenname",
    "title": "title titel name naam event evenement ereignis programme program programma"
    " programm programname programtitle programmetitle programmatitel sendung show",
    "timeZone": "timezone zone tz tijdzone zeitzone",
    "targetSet": "targetset targetsets",
    "shape": "shape vorm form",
    "people": "people persons personen mensen menschen users gebruikers nutzer recipients"
    " ontvangers empfanger audience publiek publikum",
    "reach": "reach bereik reichweite viewers kijkers zuschauer impressions impressies contacts"
    " contacten kontakte",
    "response": "response responserate respons resonanz",
    "requestsPerPerson": "requestsperperson requestsperuser",
    "within": "within",
    "requestsPerSecond": "requestspersecond rps requestss",
    "multiplier": "multiplier factor faktor",
    "headroom": "headroom",
    "endSlack": "endslack slack uitloop uberzug",
    "status": "status state buchungsstatus boekingsstatus",
}
"""Which headers mean a field; the names of manifests among them."""

UNUSED: Final = (
    "station channelcode zender sender channel channelname kanaal kanal network netwerk"
    " stationname tvstation market markt region regio land country broadcaster omroep"
    " medium media cost costs netcost grosscost kosten nettokosten brutokosten price prijs"
    " preis spend spending budget tarief tarif netto bruto brutto net gross rate ratecard"
    " cpp cpm tkp grp grps trp trps rating ratings index creative creativeid motif motiv"
    " motief spot spotcode spotid film filmcode material materiaal copy copycode spotname"
    " spottitle version versie isci adid clock clocknumber break breakposition"
    " totalspotsinbreak spottypecode breakcode block blok position positie daypart dagdeel"
    " timeslot tijdvak zeitschiene day dag tag weekday weekdag wochentag week kw genre"
    " brand merk marke product produkt advertiser adverteerder werbekunde client klant"
    " kunde agency bureau agentur targetgroup doelgroep zielgruppe programbefore"
    " programafter genrebefore genreafter id nr no number nummer line regel zeile order"
    " ordernumber bookingid episode aflevering folge season seizoen staffel notes note"
    " remarks opmerking opmerkingen bemerkung comment comments"
)
"""Headers that are well known and say nothing that a manifest needs."""

_FIELDS: Final = {name: field for field, names in USED.items() for name in names.split()}
_UNUSED: Final = frozenset(UNUSED.split())
_LONGEST: Final = 100
_BRACKETS: Final = re.compile(r"[(\[]([^()\[\]]*)[)\]]")


def field_of(header: str) -> str | None:
    """Return the field that a header means, "" for one that is known and not used, else None."""
    word = _word(header) if len(header) <= _LONGEST else ""
    if word.rstrip("0123456789") in _UNUSED:  # such as GRP 20-49
        return ""
    return _FIELDS.get(word)


def unit_in(header: str) -> str:
    """Return what a header says in brackets, such as `sec` of `Length (sec)`; "" if nothing."""
    return " ".join(each.strip() for each in _BRACKETS.findall(header[:_LONGEST]))


def _word(header: str) -> str:
    plain = unicodedata.normalize("NFKD", header.replace("ß", "ss")).lower()
    return re.sub("[^a-z0-9]", "", _BRACKETS.sub("", plain))
