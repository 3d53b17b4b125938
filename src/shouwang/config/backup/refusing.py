"""Why a backup is not taken, believed or restored."""


class Refused(Exception):
    """It is not done; the message says why and what to do."""


class Damaged(Refused):
    """A part is not what was written; the message names it."""
