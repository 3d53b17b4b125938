"""What the stories of the flows stand on."""

import pytest


@pytest.fixture(autouse=True)
def quick_hashing(settings):
    settings.PASSWORD_HASHERS = ["tests.quick_hashing.Quick"]
