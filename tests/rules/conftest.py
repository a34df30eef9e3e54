"""Property tests run without a deadline: a busy machine is not a fault."""

from hypothesis import settings

settings.register_profile("calm", deadline=None)
settings.load_profile("calm")
