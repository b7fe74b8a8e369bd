"""Holds a row of the database, as a person with an open transaction does."""

import subprocess

from . import identity, settings


class LockedOrder:
    """`with LockedOrder(id) as lock:` keeps the order's row from everybody else."""

    pid = None  # of the database's session that holds it

    def __init__(self, order_id):
        self.statement = (f"BEGIN; SELECT pg_backend_pid() FROM orders WHERE id = '{identity.order_uuid(order_id)}'"
                          " FOR UPDATE;\n")

    def __enter__(self):
        self.session = subprocess.Popen(
            ["psql", settings.DATABASE_URL, "--no-psqlrc", "--quiet", "--tuples-only", "--no-align"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.session.stdin.write(self.statement)
        self.session.stdin.flush()
        answer = self.session.stdout.readline().strip()
        if not answer:
            raise AssertionError("the order cannot be locked")
        self.pid = int(answer)
        return self

    def __exit__(self, *_):
        self.session.stdin.close()
        self.session.wait(30)
        self.session.stdout.close()
