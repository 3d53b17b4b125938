"""What the pack says is recorded, a room of this house records; the rest says that nobody does yet."""

from django.apps import apps

from shouwang.policy import load

ROOMS = {one.label for one in apps.get_app_configs() if one.name.startswith("shouwang.domains.")}


def test_evidence_is_kept_when_its_room_is_built():
    kinds = load("yanbian-2023").evidence
    assert {key: one.kept for key, one in kinds.items()} == {key: one.room in ROOMS for key, one in kinds.items()}
