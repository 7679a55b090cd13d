"""What gunicorn serves."""

import os
from threading import Thread

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

application = get_wsgi_application()


def warm() -> None:
    """Load the printer of letters, so that the first notice does not wait for it with its case locked."""
    from casefile.paper import as_pdf

    as_pdf("<!doctype html><html lang='en'><title>First page</title><p>First page</p></html>")


Thread(target=warm, name="warm", daemon=True).start()
