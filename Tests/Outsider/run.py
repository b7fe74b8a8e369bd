#!/usr/bin/python3
"""Runs the outsider's tests against a running worker and closes the ledger.

With python3-pika, after `scripts/run --detach` and `source .run/env`: Tests/Outsider/run.py [NAME...]
Every command that the tests publish must have ended as an answer, a stored order or a dead letter, and as one only;
and no log of the deployment may hold a token.
"""

import sys
import time
import unittest
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))
sys.dont_write_bytecode = True


class Result(unittest.TextTestResult):
    """Counts what passed: unittest itself counts only what did not."""

    def __init__(self, *arguments, **options):
        super().__init__(*arguments, **options)
        self.passed = 0

    def addSuccess(self, test):
        super().addSuccess(test)
        self.passed += 1


def close_ledger():
    """True if every command is accounted for."""
    from outsider.case import OutsiderTest

    bus = OutsiderTest.bus_if_any()
    if bus is None:
        return True
    lines = bus.accounts()
    print(f"ledger: {bus.summary()}")
    for line in lines:
        print(f"ledger: {line}", file=sys.stderr)
    bus.close()
    return not lines


def main():
    loader = unittest.TestLoader()
    loader.testNamePatterns = [f"*{name}*" for name in sys.argv[1:]] or None
    suite = loader.discover(str(HERE), pattern="test_*.py")
    if not suite.countTestCases():
        sys.exit("no test has that name")
    started = time.monotonic()
    result = unittest.TextTestRunner(resultclass=Result, verbosity=2 if sys.argv[1:] else 1).run(suite)
    from outsider import logs

    balanced, discreet = close_ledger(), logs.hold_no_token()
    failed = len(result.failures) + len(result.errors) + (not balanced) + (not discreet)
    passed = result.passed + balanced + discreet
    print(f"the outsider's tests took {time.monotonic() - started:.0f} s")
    print(f"{passed} passed, {failed} failed" + (f", {len(result.skipped)} skipped" if result.skipped else ""))
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
