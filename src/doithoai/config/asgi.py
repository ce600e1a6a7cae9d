"""What the server runs: Django; whatever must not go through Django is mounted here, before it."""

from django.core.asgi import get_asgi_application

from doithoai.config import env

env.use_settings()

application = get_asgi_application()
