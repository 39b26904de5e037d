"""What holds for all tests."""

from hypothesis import settings

# the same examples every time: a run fails for a change, and not by chance
settings.register_profile("repeatable", derandomize=True, deadline=None)
settings.load_profile("repeatable")
