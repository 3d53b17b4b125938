"""What an act on people cannot take: the field and the reason, in the reader's language."""


class Misfit(Exception):
    """Nothing was written: `field` cannot be what was given, because of `reason`."""

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(f"{field}: {reason}")
        self.field, self.reason = field, reason
