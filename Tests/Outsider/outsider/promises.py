"""The metrics that README and the alerts name, the worker's and the console's apart."""

import re

from .program import ROOT

PLACES = ("README.md", "docker/prometheus/alerts.yml")
CONSOLES = ("orderbus_letters", "orderbus_replay_jobs")


def named(place):
    return set(re.findall(r"\borderbus_\w+", (ROOT / place).read_text()))


def of_worker(place):
    return {name for name in named(place) if not name.startswith(CONSOLES)}


def of_console(place):
    return {name for name in named(place) if name.startswith(CONSOLES)}


def told(text):
    """The names of the metrics in an exposition."""
    return set(re.findall(r"(?m)^# TYPE (orderbus_\w+)", text))
