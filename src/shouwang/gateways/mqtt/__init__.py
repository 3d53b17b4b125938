"""Detectors and bridges speak over MQTT (MQTT接入): each message acknowledged by hand, after it is on disk."""
