"""The password hash of production with few turns: the stories of signing in take hundreds of passwords."""

from django.contrib.auth.hashers import PBKDF2PasswordHasher


class Quick(PBKDF2PasswordHasher):
    iterations = 500
