"""`shouwang mqtt`: detectors and bridges that speak over MQTT."""

import click

from shouwang.config.django_start import with_django


@click.command()
@with_django
def mqtt() -> None:
    """Receive what devices and bridges publish to the broker of SHOUWANG_MQTT_URL, until it is stopped."""
    from django.conf import settings

    from shouwang.flows.receive_signals import NoCentre
    from shouwang.gateways.mqtt.options import OptionError, Options, address_of
    from shouwang.gateways.mqtt.subscriber import Subscriber

    try:
        host, port, tls = address_of(settings.MQTT_URL)
        options = Options(
            host=host,
            port=port,
            tls=tls,
            user=settings.MQTT_USER,
            password=settings.MQTT_PASSWORD,
            client=settings.MQTT_CLIENT,
            ca=settings.MQTT_CA,
            cert=settings.MQTT_CERT,
            key=settings.MQTT_KEY,
            centre=settings.GATEWAY_CENTRE,
        )
        process = Subscriber(options)
    except (OptionError, NoCentre, OSError) as error:
        raise click.ClickException(str(error)) from None

    def ready(again: bool) -> None:
        click.echo(f"mqtt: listening{' again' if again else ''} to {host}:{port}", err=True)

    process.run(ready)
