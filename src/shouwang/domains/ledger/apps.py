"""Django registration of the ledger room."""

from django.apps import AppConfig


class Ledger(AppConfig):
    name = "shouwang.domains.ledger"
    label = "ledger"
