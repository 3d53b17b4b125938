"""Django registration of the peers room."""

from django.apps import AppConfig


class Peers(AppConfig):
    name = "shouwang.domains.peers"
    label = "peers"
