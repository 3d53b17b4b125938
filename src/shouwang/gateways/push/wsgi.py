"""What granian loads for `shouwang push`."""

import django

django.setup()

from shouwang.gateways.push.app import application  # noqa: E402

__all__ = ["application"]
