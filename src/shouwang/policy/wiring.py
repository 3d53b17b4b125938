"""Which of a pack's own words plays a part that the code acts on (接线): posts, departments, clauses, duties, records.

A prefecture names its posts and numbers its clauses as it likes; what the code needs to find among them stands here.
"""

from msgspec import Struct


class Departments(Struct, frozen=True, forbid_unknown_fields=True):
    """``grid``: the people of the place themselves; ``station``: who keeps what no rule gives to anybody;
    ``office``: who decides where a trade has no department."""

    grid: str
    station: str
    office: str


class Posts(Struct, frozen=True, forbid_unknown_fields=True):
    """In whose name commands on the machine itself act: ``accounts`` on people, ``machine`` on all else; and the post
    whose duties the owner's page of a place tells: ``unit``."""

    accounts: str
    machine: str
    unit: str


class Clauses(Struct, frozen=True, forbid_unknown_fields=True):
    """The row an act or a page rests on where neither an action nor an arrow names it."""

    loop: str
    fixed: str
    summons: str
    major: str
    unowned: str
    accounts: str
    posts: str
    forces: str
    ladder: str
    letters: str
    standing: str
    manuals: str
    forms: str


class Duties(Struct, frozen=True, forbid_unknown_fields=True):
    """``loop``: that a hazard reported is closed in time, whose share the pages of areas show."""

    loop: str


class Kinds(Struct, frozen=True, forbid_unknown_fields=True):
    """``detector``: the kind of hazard a device is that rings and rings without a fire."""

    detector: str


class Channels(Struct, frozen=True, forbid_unknown_fields=True):
    """Ways in that have a page of their own: ``usual`` is the phone's, ``public`` that of anybody without an account,
    ``hotline`` the orders that are exchanged as tables."""

    usual: str
    public: str
    hotline: str


class Records(Struct, frozen=True, forbid_unknown_fields=True):
    """Types of record that have a page of their own; a pack without one leaves it out, and the page with it.
    ``devices``, ``volunteers``, ``defence`` and ``mutual_help``: numbers that the devices, groups of neighbours and
    helpers on the registers prove by themselves; ``staff``: staff who began work, as an owner tells it with their
    training; ``exposure``: hazards made public; ``platform``: that of a township is linked with county and prefecture;
    ``door_knock``: doors knocked at; ``grid_items``: new work of the grid, and whether it was admitted."""

    task_force: str = ""
    signed_letter: str = ""
    broadcast: str = ""
    devices: str = ""
    volunteers: str = ""
    defence: str = ""
    staff: str = ""
    drill: str = ""
    mutual_help: str = ""
    exposure: str = ""
    platform: str = ""
    door_knock: str = ""
    grid_items: str = ""


class Wiring(Struct, frozen=True, forbid_unknown_fields=True):
    """The whole of ``wiring.yaml``."""

    departments: Departments
    posts: Posts
    clauses: Clauses
    duties: Duties
    kinds: Kinds
    channels: Channels
    records: Records = Records()
