"""The one password of demo accounts; it opens nothing where SHOUWANG_DEMO is off."""

DEMO_PASSWORD = "Shouwang-2023-demo"
