"""The shapes of a crowd, as data: each number with what speaks for it.

`why` begins with what a number rests on. `measured`: by us, on published traces. `published`:
somebody else's figure. `assumed`: ours, to be replaced by what a site learns about its own crowds.
`defined`: what the word means. Design section 3.2; section B of the load notes has the search.
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from onair.model.loads import Point
from onair.plan.outlines import Mark, Part, Points, Tail, mark
from onair.plan.seconds import Number
from onair.plan.sends import Opens


@dataclass(frozen=True, slots=True)
class Shape:
    """How a crowd comes and goes around an airing.

    Attributes:
        about: one line about it.
        duration: a usual length of such an airing.
        parts: what it is drawn with, in order.
        unsaid: what is not taken into account, and what to write instead.
        gradual: whether it rises without points that are worth a verdict, up to its peak.
    """

    about: str
    duration: str
    parts: tuple[Part, ...]
    unsaid: str = ""
    gradual: bool = False

    def marks(self, duration: Number) -> tuple[Mark, ...]:
        """Return its points, in order, in an airing of so many seconds."""
        return tuple(point for part in self.parts for point in part.marks(duration))


SHAPES: Final[dict[str, Shape]] = {
    "Flat": Shape(
        about="the same crowd from the start to the end, nobody before or after",
        duration="1h",
        parts=(Points("start 100%, end 100%", "defined: for a crowd of which no more is known"),),
    ),
    "TVSpot": Shape(
        about="a burst at the end of an advertisement on television",
        duration="30s",
        parts=(
            Points(
                "end 0%, end+15s 100%",
                "published: web visits are most about 13 s after an advertisement ends"
                " (Kitts et al. 2014)",
            ),
            Tail(
                after="15s",
                until="15m",
                half_life="90s",
                slow="15%",
                slow_half_life="10m",
                why="measured: tweets about the brands of six spots of the Super Bowl 2015"
                " (vybhavk/superbowl_tweets) halve in 1.5 to 6.5 minutes, and 25 to 70 % of them"
                " come within the first 2, of this shape 42 %; assumed: the slow part. Slower than"
                " the additional searches, of which 75 % come within 2 minutes (Du, Xu and Wilbur,"
                " SSRN 3037734); agencies count the visits of 2 to 10 minutes (C3 Metrics)",
            ),
        ),
        unsaid="Who watches but does not react is not taken off: say response, and the people whom"
        " this one spot reaches. A spot that several channels send at once is one crowd: add"
        " their people up.",
    ),
    "Episode": Shape(
        about="a bump before a broadcast, and the crowd right after its end",
        duration="1h",
        parts=(
            Points(
                "start-15m 25%, start 25%",
                "measured: 15 to 26 % of the peak before the matches of the World Cup 1998 (its"
                " traces: Arlitt and Jin, IEEE Network 2000)",
            ),
            Points("start 15%, end 15%", "assumed: who watches does not use the app meanwhile"),
            Points(
                "end+1m 100%, end+6m 100%",
                "published: most register in the first 5 to 10 minutes (Adappt, All Against One);"
                " assumed: a minute to the peak, and five of it",
            ),
            Tail(
                after="6m",
                until="1h",
                half_life="10m",
                slow="10%",
                slow_half_life="30m",
                why="assumed: as quick as the crowd that registers, with a few who stay",
            ),
        ),
        unsaid="A broadcast that runs over is not foreseen: say endSlack.",
    ),
    "Livestream": Shape(
        about="a crowd that grows until the end of a live broadcast, its peak",
        duration="2h",
        parts=(
            Points(
                "start-15m 0%, start 35%, end 100%",
                "measured: in the first half of a match of the World Cup 1998 on a weekday there"
                " is 36 % of the peak (median, without the usual load), and the peak comes when it"
                " really ends, 5 to 16 minutes after the planned end",
            ),
            Tail(
                after="0s",
                until="2h30m",
                half_life="20m",
                slow="20%",
                slow_half_life="1h",
                why="measured: half of the peak is gone 20 minutes after a match on a weekday, 100"
                " minutes after one at the weekend (medians); assumed: the slow part",
            ),
        ),
        unsaid="When a stream ends or breaks, everybody goes back to the home page at once (Hotstar"
        " 2018): give the workload behind it a share of its own. A match that goes to extra time"
        " or penalties is not foreseen: say endSlack.",
    ),
    "TicketSale": Shape(
        about="a waiting room, then everybody at the second at which a sale opens",
        duration="1h",
        parts=(
            Points(
                "start-30m 30%, start 30%",
                "assumed: a waiting room; no trace of a ticket sale was found in public",
            ),
            Points(
                "start+10s 100%, end 100%",
                "assumed: a step, held to the end; 1h is usual, or until all is sold",
            ),
            Tail(
                after="0s",
                until="2h",
                half_life="15m",
                slow="20%",
                slow_half_life="1h",
                why="assumed: who got nothing looks again for a while",
            ),
        ),
        unsaid="Bots are not added: 14 million visitors, bots among them, came to a sale for which"
        " 1.5 million people were invited, with 3.5 billion requests in a day (Ticketmaster in"
        " Variety, November 2022). If nothing keeps them out, write four times the"
        " requestsPerPerson or requestsPerSecond; four is assumed.",
    ),
    "Push": Shape(
        about="people who open a message that is sent to all of them over a while",
        duration="20m",
        gradual=True,
        parts=(
            Opens(
                said="from start to end messages go out evenly; half of those who open one do so"
                " within 10m, 10 % within the first minute (log-normal, sigma 1.8), all counted"
                " until end+2h",
                until="2h",
                why="published: half have opened after 7 minutes on iOS, after 48 on Android"
                " (Leanplum, in Business of Apps); assumed: 10 minutes for both together, and"
                " sigma",
                opened=(
                    *((0, 0), (2, 77), (5, 391), (10, 1146), (15, 2021), (20, 2941)),
                    *((25, 3873), (30, 4803), (40, 6623), (50, 8372), (60, 10041)),
                    *((75, 12399), (90, 14595), (105, 16644), (120, 18563), (150, 22060)),
                    *((180, 25179), (210, 27987), (240, 30536), (300, 35009), (360, 38828)),
                    *((420, 42146), (480, 45067), (540, 47666), (600, 50000), (720, 54034)),
                    *((840, 57414), (960, 60300), (1080, 62800), (1200, 64991), (1500, 69464)),
                    *((1800, 72918), (2100, 75678), (2400, 77940), (2700, 79831)),
                    *((3000, 81437), (3600, 84023), (4500, 86851), (5400, 88890)),
                    *((6300, 90428), (7200, 91628), (9000, 93377), (10800, 94584)),
                    *((14400, 96127), (18000, 97059), (21600, 97675), (28800, 98425)),
                    *((43200, 99125), (86400, 99712), (172800, 99917), (345600, 99979)),
                    (691200, 99996),
                ),
            ),
        ),
        unsaid="Who does not open it is not taken off: say response. Published: 1.8 % open it on"
        " iOS, 3.5 % on Android, 5.9 % one that is personal (Leanplum, in Business of Apps). A"
        " send in every recipient's own time zone is one airtime for each zone; one that waits"
        " for the moment at which each usually looks is no crowd.",
    ),
    "Custom": Shape(
        about="points of your own",
        duration="1h",
        parts=(
            Points(
                "start-15m 25%, end+1m 100%",
                "defined: an example; under load.points 2 to 64 points, sorted, each"
                " {at: start-15m, level: 25%}",
            ),
        ),
    ),
}
"""Every shape that a manifest can name; the points of Custom stand in the manifest."""


@lru_cache(1024)
def marks(shape: str, points: tuple[Point, ...] | None, duration: Number) -> tuple[Mark, ...]:
    """Return the points of a load's shape, in order, in an airing of so many seconds.

    `points` are those of the manifest, which only Custom has.
    """
    if points is None:
        return SHAPES[shape].marks(duration)
    return tuple(mark(point.at, point.level) for point in points)
