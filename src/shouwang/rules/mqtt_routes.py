"""Which topics are listened to (MQTT主题): those of the products in force."""

from collections.abc import Mapping

from shouwang.kernel.mqtt_messages import PAYLOAD, PLATFORM, Route
from shouwang.policy.product_shapes import Product


def routes_of(products: Mapping[str, Product]) -> dict[str, Route]:
    """Topics that name every level before those that leave one open, so that the narrower speaks."""
    found = {
        key: Route(topic=one.topic, product=one.product, device=one.device, stamp=one.stamp, plain=PAYLOAD in one.codes)
        for key, one in products.items()
        if one.platform == PLATFORM
    }
    return dict(sorted(found.items(), key=lambda pair: (pair[1].topic.count("+"), pair[0])))
