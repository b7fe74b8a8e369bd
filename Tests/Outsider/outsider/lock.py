"""Holds a row of the database, as a person with an open transaction does."""

import subprocess

from . import identity, settings


class LockedOrder:
    """`with LockedOrder(id):` keeps the order's row from everybody else."""

    def __init__(self, order_id):
        self.statement = (f"BEGIN; SELECT 'locked' FROM orders WHERE id = '{identity.order_uuid(order_id)}'"
                          " FOR UPDATE;\n")

    def __enter__(self):
        self.session = subprocess.Popen(
            ["psql", settings.DATABASE_URL, "--no-psqlrc", "--quiet", "--tuples-only", "--no-align"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.session.stdin.write(self.statement)
        self.session.stdin.flush()
        if self.session.stdout.readline().strip() != "locked":
            raise AssertionError("the order cannot be locked")
        return self

    def __exit__(self, *_):
        self.session.stdin.close()
        self.session.wait(30)
        self.session.stdout.close()
