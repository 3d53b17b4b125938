"""The one password of demo accounts; it opens nothing where SHOUWANG_DEMO is off."""

DEMO_PASSWORD = "Shouwang-2023-demo"  # noqa: S105 - printed on the demo's own sign-in page
