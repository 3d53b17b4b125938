"""凭什么保存: the grounds on which a person may stand on the sealed register, in words."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from shouwang.rules.consent import GUARDIAN, SEPARATE, STATUTORY


def grounds() -> Sequence[tuple[str, str]]:
    """(ground, its words) as a form or a heading offers them."""
    return [
        (STATUTORY, _("Duty by law (the committee keeps a list)")),
        (SEPARATE, _("The person agreed in writing, to this alone")),
        (GUARDIAN, _("The guardian agreed in writing (under 14)")),
    ]
