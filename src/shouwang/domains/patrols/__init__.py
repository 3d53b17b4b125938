"""Patrols (走访巡查): visits to homes, patrols of places, and what residents look at themselves."""
