"""The moment when everything is loaded and is plugged together."""

from django.apps import AppConfig, apps


class Composition(AppConfig):
    """Last application: connects the verbs to the journal and to the tables of what follows."""

    name = "doithoai.config"
    label = "composition"

    def ready(self) -> None:
        """Plug in."""
        from doithoai.config import wiring  # rooms may be imported only once every app is loaded
        from doithoai.web.tongue import display_in_reader_language

        display_in_reader_language(row for row in apps.get_models() if row.__module__.startswith("doithoai."))
        wiring.connect()
