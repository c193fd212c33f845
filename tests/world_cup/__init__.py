"""The World Cup of 1998 as OnAir would have met it, by the commands of its page."""
