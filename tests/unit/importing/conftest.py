"""How hypothesis tests the importer."""

from hypothesis import settings

settings.register_profile("onair", deadline=None)
settings.load_profile("onair")
