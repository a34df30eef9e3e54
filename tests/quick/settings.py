"""Our settings, with passwords that are hashed in no time: for tests that are about something else."""

from duikou.config.settings import *  # noqa: F403

PASSWORD_HASHERS = ["quick.hashes.Quick"]
