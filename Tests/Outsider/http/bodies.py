"""Random bodies for test_agreement.py: good ones up to their limits, and such as are changed in one place."""

import copy
import decimal
import json

CHARACTERS = "aZ0 _-~!é\u00df漢\U0001f600\u200d\n\t\x7f\"\\/"
VISIBLE = [chr(code) for code in range(0x21, 0x7F)]
# What may stand in any place of a body, rightly or not.
VALUES = [None, True, False, 0, 1, -1, 1.0, 1.5, 2.0, 1e3, 1_000_000, 1_000_001, 10**12, 10**30, -0.0, "", "1", "x", [], {},
          [1], {"a": 1}, "1.00", "1.0", "01.00", "-1.00", "1e2", "1.00\n", " 1.00", "１.00", "9" * 15, "9" * 16, "USD",
          "usd", "US", "USDX", "USD\n", "ÜSD", "\x00", "a\x00b"]


def text(random, shortest, longest):
    length = random.choice([shortest, longest, random.randint(shortest, min(longest, shortest + 12))])
    return "".join(random.choice(CHARACTERS) for _ in range(length))


def price(random):
    whole = random.choice(["0", "1", "007", str(random.randrange(10**6)), str(random.randrange(10**9))])
    return whole + random.choice(["", ".00", ".50", f".{random.randrange(100):02}"])


def nested(levels):
    value = {}
    for _ in range(levels - 1):
        value = {"in": value}
    return value


def metadata(random):
    return random.choice([{}, {"sourceSystem": "tests"}, {"n": 1e300, "deep": [[[]]], "": None}, nested(random.choice([7, 8])),
                          {"long": "x" * random.choice([100, 16_000, 16_371])}, {text(random, 1, 20): True}])


def good_order(random):
    count = random.choice([1, 1, 1, 2, 3, 20])
    items = [{"sku": text(random, 1, 64), "quantity": random.choice([1, 2, 3.0, 999_999, 1_000_000])} for _ in range(count)]
    value = price(random)
    if random.random() < 0.6:
        for item in items:
            item["unitPrice"] = price(random)
        total = sum(decimal.Decimal(item["unitPrice"]) * int(item["quantity"]) for item in items)
        value = f"{total:.2f}" if total != int(total) or random.random() < 0.5 else str(int(total))
    order = {
        "customerId": text(random, 1, 128),
        "items": items,
        "totalAmount": {"currency": "".join(random.choice("ABCXYZ") for _ in range(3)), "value": value},
    }
    if random.random() < 0.5:
        order["metadata"] = metadata(random)
    if random.random() < 0.5:
        order["idempotencyKey"] = key(random, random.choice([36, 255]))
    if random.random() < 0.2:
        order[random.choice(["unknown", "CustomerId", "total", ""])] = random.choice(VALUES)
    return order


def key(random, length):
    """Never the same twice where it is long enough to be none."""
    return "".join(random.choice(VISIBLE) for _ in range(length))


def places(value, path=()):
    """Every place in a JSON value, as the way there."""
    members = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, member in members:
        yield (*path, name)
        yield from places(member, (*path, name))


def at(value, path):
    for name in path:
        value = value[name]
    return value


def changed(random, body):
    """The body with one place taken away, replaced or stretched, and what was done."""
    body = copy.deepcopy(body)
    path = random.choice(list(places(body)))
    holder, name = at(body, path[:-1]), path[-1]
    where = ".".join(map(str, path))
    old = holder[name]
    match random.choice(["remove", "replace", "replace", "stretch"]):
        case "remove":
            del holder[name]
            return f"without {where}", body
        case "stretch":
            holder[name] = stretched(random, old)
        case _:
            holder[name] = random.choice(VALUES)
    return f"{where} is {str(holder[name])[:60]!r}", body


def stretched(random, value):
    """Longer or larger than it was, often too much so."""
    match value:
        case str():
            return random.choice([value + random.choice(["\n", "\x00", " ", "é", "0"]), text(random, 129, 129),
                                  text(random, 65, 65), key(random, 256), key(random, 9), value[:-1], value + value])
        case bool() | None:
            return {"was": value}
        case int() | float():
            return random.choice([-value, value + 0.5, value * 1e6, 10**30, str(value)])
        case list():
            return random.choice([[], value + [None], value * 1001, value * 1000 if len(value) == 1 else value * 2])
        case _:
            return random.choice([nested(9), {"long": "x" * 16_384}, {**value, "more": 1}])


def order(random):
    kind, body = "good", good_order(random)
    if random.random() >= 0.35:
        kind, body = changed(random, body)
    # What is too large as a whole is turned away before anyone looks at it.
    return (kind, body) if len(json.dumps(body)) <= 256 * 1024 else order(random)


def cancellation(random):
    body = {} if random.random() < 0.2 else {"reason": text(random, 0, 1024)}
    if random.random() < 0.2:
        body["unknown"] = random.choice(VALUES)
    return ("good", body) if random.random() < 0.4 or not body else changed(random, body)
