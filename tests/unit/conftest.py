"""How property tests run here: the time of an example says more about the machine than the code."""

from hypothesis import settings

settings.register_profile("onair", deadline=None)
settings.load_profile("onair")
