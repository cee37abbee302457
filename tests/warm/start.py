"""``start.py ADDRESS PROGRAM ARGUMENTS``: has a process do a program here, as if it were this one. No other module of
the project is imported, and few of Python's, as this is what is left of the time that a start takes.
"""

import os
import socket
import sys

address, *arguments = sys.argv[1:]
environment = [f"{name}={value}" for name, value in os.environ.items()]
request = "\0".join([str(len(arguments)), *arguments, os.getcwd(), *environment]).encode("utf-8", "surrogateescape")
with socket.socket(socket.AF_UNIX) as connection:
    connection.connect(address)
    socket.send_fds(connection, [len(request).to_bytes(4, "big")], [0, 1, 2])
    connection.sendall(request)
    for stream in range(3):  # who reads what the process writes waits until nobody holds it any more
        os.close(stream)
    status = int(connection.recv(8))
    os._exit(status) if status >= 0 else os.kill(os.getpid(), -status)
