"""The moment when everything is loaded and is plugged together."""

from django.apps import AppConfig


class Composition(AppConfig):
    """Last application: connects the verbs to the journal and to the tables of what follows."""

    name = "doithoai.config"
    label = "composition"

    def ready(self) -> None:
        """Plug in."""
        from doithoai.config import wiring  # rooms may be imported only once every app is loaded

        wiring.connect()
