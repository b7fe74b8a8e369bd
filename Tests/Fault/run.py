#!/usr/bin/python3
"""Runs the fault scenarios; started by scripts/fault, which prepares the deployment and sets the environment."""

import argparse
import random
import sys
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / "Outsider")]
sys.dont_write_bytecode = True

from fault.deployment import Deployment  # noqa: E402
from fault.poison import Poison  # noqa: E402
from fault.replay import Replay  # noqa: E402
from fault.scenarios import ALL  # noqa: E402
from outsider import logs  # noqa: E402

ALL.extend((Poison, Replay))


def arguments():
    names = [each.name for each in ALL]
    parser = argparse.ArgumentParser(prog="scripts/fault")
    parser.add_argument("--short", action="store_true")
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(1_000_000))
    parser.add_argument("--rounds", type=int)
    parser.add_argument("--seconds-per-round", type=float)
    parser.add_argument("--letters", type=int)
    parser.add_argument("--scenario", action="append", choices=names, metavar="NAME", help=", ".join(names))
    return parser.parse_args()


def main():
    options = arguments()
    rounds = options.rounds or (1 if options.short else 5)
    seconds = options.seconds_per_round or (1 if options.short else 3)
    print(f"seed {options.seed}, {rounds} rounds of about {seconds:g} s", flush=True)
    Replay.letters = options.letters or (1000 if options.short else 100_000)
    deployment = Deployment()
    passed = failed = 0
    try:
        for kind in ALL:
            if options.scenario and kind.name not in options.scenario:
                continue
            started = time.monotonic()
            summary, violations = kind(deployment, options.seed, rounds, seconds).run()
            print(f"{'FAIL' if violations else 'PASS'} {kind.name} ({time.monotonic() - started:.0f} s): {summary}",
                  flush=True)
            for violation in violations:
                print(f"     {violation}", flush=True)
            passed, failed = passed + (not violations), failed + bool(violations)
    finally:
        deployment.end_worker()
    print(f"{passed} passed, {failed} failed")
    sys.exit(0 if logs.hold_no_token() and not failed else 1)


if __name__ == "__main__":
    main()
