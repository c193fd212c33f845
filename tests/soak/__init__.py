"""A thousand campaigns that come and go for minutes or hours, and one fault a minute."""
