"""
Refuses connections to anything but this computer, in every Python that tests start.

Python imports a module of this name by itself when it lies on its path. In pytest's own process
pytest-socket does the same.
"""

import os
import socket

_connect = socket.socket.connect
_connect_ex = socket.socket.connect_ex


def _refuse_others(sock, address):
    is_local = sock.family == getattr(socket, "AF_UNIX", None) or (
        isinstance(address, tuple)
        and (address[0] in ("localhost", "::1") or str(address[0]).startswith("127."))
    )
    if not is_local:
        raise PermissionError(f"tests may not connect to {address!r}")


def _guarded(original):
    def connect(sock, address):
        _refuse_others(sock, address)
        return original(sock, address)

    return connect


# Installing is the one thing that needs the network; tests that install say so.
if not os.environ.get("KDEBATE_TESTS_MAY_INSTALL"):
    socket.socket.connect = _guarded(_connect)
    socket.socket.connect_ex = _guarded(_connect_ex)
