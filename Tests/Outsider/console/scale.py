#!/usr/bin/python3
"""Times what operators ask for, over many dead letters: median, p95 and worst of twenty, in milliseconds.

Usage: scale.py [--letters N] [--times N] [--limit MILLISECONDS]

Beside a running console (CONSOLE_URL) that was built for release. With --letters it makes so many first, by real failures
of a worker and a console that it starts itself. Ends with 1 if a p95 is over the limit (100). Not a test of the gate: what
it measures depends on the machine.
"""

import argparse
import os
import statistics
import sys
import time
import urllib.parse
from pathlib import Path

from desk import Desk, operator  # Finds the package of the next ones.
from outsider import database
from outsider.program import Program, wait_for

sys.path.append(str(Path(__file__).resolve().parents[2] / "Fault"))
from fault import letters  # noqa: E402


def make(count):
    """Of twenty kinds."""
    def kept():
        return database.rows("SELECT count(*) FROM dead_letters")[0]["count"]

    before, started = kept(), time.monotonic()
    letters.break_release()
    try:
        with Program("worker"), Program("console"):
            letters.Letters(count).send()
            wait_for("all are kept", lambda: kept() == before + count, patience=60 + count / 100, pause=1)
    finally:
        letters.mend_release()
    print(f"made {count} letters in {time.monotonic() - started:.0f} s")


def questions(desk):
    """Name, and what is asked."""
    groups = desk.groups()
    newest = desk.ask("GET", "/v1/dead/letters?limit=1")["letters"][0]
    group = groups[-1]["id"]
    day_ago = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() - 86400))
    filters = {
        "nothing": {}, "state": {"state": "kept"}, "another state": {"state": "replayed"}, "group": {"group": group},
        "code": {"code": "INTERNAL"}, "code of nothing": {"code": "NO_SUCH_CODE"}, "reason": {"reason": "refused"},
        "command": {"command": "order.cancel.v1"}, "tenant": {"tenant": "acme"}, "client": {"client": "kiosk"},
        "client of nothing": {"client": "nobody"}, "customer": {"customer": newest["customerId"] or "cust_7"},
        "order": {"order": newest["orderId"] or "ord_546vf04tk1w38tdmn7erqn46zv"}, "from": {"from": day_ago},
        "before": {"before": day_ago}, "failed again": {"failedAgain": "true"},
        "code and client": {"code": "ORDER_NOT_FOUND", "client": "market"},
        "text, common": {"text": "cust_7"}, "text, rare": {"text": "-004321"}, "text, of nothing": {"text": "no such text"},
        "text, of the error": {"text": "xxb_is_wrong"}, "text, short": {"text": "zq"},
        "path": {"path": "$.customerId", "value": "cust_7"}, "path, of nothing": {"path": "$.customerId", "value": "x"},
        "path, deep": {"path": "$.items[*].sku", "value": "ABC-001"}, "path, exists": {"path": "$.metadata.key"},
        "path and code": {"path": "$.customerId", "value": "cust_7", "code": "INTERNAL"},
    }
    yield "groups", lambda: desk.ask("GET", "/v1/dead/groups")
    yield "groups by code", lambda: desk.ask("GET", "/v1/dead/groups?code=INTERNAL")
    yield "one group", lambda: desk.ask("GET", f"/v1/dead/groups/{group}")
    yield "statistics", lambda: desk.ask("GET", "/v1/dead/statistics")
    yield "one letter", lambda: desk.letter(newest["id"])
    for name, values in filters.items():
        query = urllib.parse.urlencode(values)
        yield f"list: {name}", lambda query=query: desk.ask("GET", f"/v1/dead/letters?{query}")
    deep = desk.ask("GET", "/v1/dead/letters?limit=1000")
    for _ in range(9):
        if deep["nextCursor"]:
            deep = desk.ask("GET", f"/v1/dead/letters?limit=1000&cursor={deep['nextCursor']}")
    yield "list: a page far down", lambda: desk.ask("GET", f"/v1/dead/letters?cursor={deep['nextCursor']}")
    yield "list: 1000 of them", lambda: desk.ask("GET", "/v1/dead/letters?limit=1000")
    for name, values in filters.items():
        yield f"dry run: {name}", lambda values=values: dry_run(desk, {"filter": values})
    yield "dry run: a group", lambda: dry_run(desk, {"group": group})
    ids = [letter["id"] for letter in desk.ask("GET", "/v1/dead/letters?limit=1000")["letters"]]
    yield "dry run: 1000 named", lambda: dry_run(desk, {"ids": ids})
    for name, selection in (("everything", {"everything": True}), ("a group", {"group": group}), ("1000 named", {"ids": ids})):
        yield f"dry run of a discard: {name}", lambda selection=selection: desk.ask(
            "POST", "/v1/dead/discard", {"selection": selection, "dryRun": True})
    yield "audit", lambda: desk.ask("GET", "/v1/audit")


def dry_run(desk, selection):
    return desk.ask("POST", "/v1/dead/replays", {"selection": selection, "reason": "how many?", "dryRun": True})


def measure(question, times):
    question()
    took = []
    for _ in range(times):
        started = time.perf_counter()
        question()
        took.append(1000 * (time.perf_counter() - started))
    took.sort()
    return statistics.median(took), took[max(0, -(-95 * times // 100) - 1)], took[-1]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--letters", type=int)
    parser.add_argument("--times", type=int, default=20)
    parser.add_argument("--limit", type=float, default=100)
    parser.add_argument("--only", help="questions whose names contain this")
    options = parser.parse_args()
    if options.letters:
        make(options.letters)
    slow = 0
    with Program("console") if not os.environ.get("CONSOLE_URL") else Given() as console:
        desk = Desk(operator(), console.url)
        for name, question in questions(desk):
            if options.only and options.only not in name:
                continue
            median, p95, worst = measure(question, options.times)
            is_slow = p95 > options.limit
            slow += is_slow
            print(f"{'SLOW' if is_slow else 'ok':4} {median:7.1f} {p95:7.1f} {worst:7.1f}  {name}", flush=True)
    print(f"{slow} over {options.limit:g} ms")
    sys.exit(1 if slow else 0)


class Given:
    url = os.environ.get("CONSOLE_URL")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        pass


if __name__ == "__main__":
    main()
