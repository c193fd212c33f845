"""Calendars: iCalendar files (RFC 5545) in which each event becomes a campaign."""
