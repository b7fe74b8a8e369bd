"""Reads the database beside the worker's back, with psql."""

import json
import subprocess

from . import identity, settings


def rows(statement, **variables):
    """The rows of a SELECT as dictionaries. Values are referred to as :'name'."""
    arguments = [argument for name, value in variables.items() for argument in ("--set", f"{name}={value}")]
    statement = f"SELECT coalesce(json_agg(row), '[]') FROM ({statement}) AS row"
    run = subprocess.run(
        ["psql", settings.DATABASE_URL, "--no-psqlrc", "--quiet", "--tuples-only", "--no-align", *arguments],
        input=statement, capture_output=True, text=True, check=True,
    )
    return json.loads(run.stdout)


def orders(order_id):
    """How many orders have this id."""
    return rows("SELECT count(*) FROM orders WHERE id = :'id'", id=identity.order_uuid(order_id))[0]["count"]


def run(statement):
    """Executes what is not a SELECT."""
    subprocess.run(["psql", settings.DATABASE_URL, "--no-psqlrc", "--quiet", "--set", "ON_ERROR_STOP=1"],
                   input=statement, capture_output=True, text=True, check=True)
