"""Argon2 with the least work, so that signing in does not slow the tests."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class QuickArgon2(Argon2PasswordHasher):
    """Same algorithm, least cost."""

    time_cost = 1
    memory_cost = 8
    parallelism = 1
