"""The port we answer on, and whether a page comes from it."""

import socket
import time
from http.client import HTTPConnection

from launch.places import CannotStart

HOST = "127.0.0.1"


def answers(port: int, *, host: str) -> bool:
    """Whether the front page comes, with the database and the templates behind it; being sent to sign in is a page."""
    connection = HTTPConnection(HOST, port, timeout=10)
    try:
        connection.request("GET", "/", headers={"Host": host})
        return connection.getresponse().status < 500
    except OSError:
        return False
    finally:
        connection.close()


def free_port(wanted: int, *, patience: float = 3) -> int:
    """The wanted port if it is free, any free one for 0. An earlier run gets some seconds to let go of it."""
    until = time.monotonic() + patience
    while True:
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((HOST, wanted))
                return int(probe.getsockname()[1])
            except OSError as error:
                if time.monotonic() > until:
                    why = f"Port {wanted} cannot be used ({error.strerror})."
                    raise CannotStart(f"{why} Give another with --port N; --port 0 takes a free one.") from None
        time.sleep(0.2)
