"""Why nobody is called at an address (去向), as a reader is told it; by the reason that the gateways note."""

from django.utils.translation import gettext_noop

from shouwang.gateways.whereto import INSIDE, NO_NAME

NO_WAY = {
    INSIDE: gettext_noop("The address leads into our own network and is not allowed; ask whoever runs the system."),
    NO_NAME: gettext_noop("There is no server of this name; check the address."),
}
