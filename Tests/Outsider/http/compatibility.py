#!/usr/bin/env python3
"""Finds what would break a caller of the last release: compares the contract's files with topology/schemas/released/contract.json.

Usage: compatibility.py [--release]

With --release the contract as it stands becomes the one to be kept. Exit code 1 if something would break.
"""

import json
import sys

import bundle

RELEASED = bundle.ROOT / "topology/schemas/released/contract.json"
# What callers send, which must not become stricter; all else is what they get, which must not become looser.
SENT = {"order-create.json", "order-cancel.json", "order-cancellation.json", "order-get.json", "order-list.json"}
UPPER = ("maxLength", "maxItems", "maximum")
LOWER = ("minLength", "minItems", "minimum")


def current():
    topology = bundle.ROOT / "topology"
    return {
        "openapi": bundle.read_yaml(topology / "openapi.yaml"),
        "asyncapi": bundle.read_yaml(topology / "asyncapi.yaml"),
        "schemas": {path.name: json.loads(path.read_text()) for path in sorted((topology / "schemas").glob("*.json"))},
    }


def released():
    return json.loads(RELEASED.read_text())


def schema_breaks(old, new, is_sent, at):
    """What in a schema a caller would notice; `at` is where it stands."""
    for key in ("type", "const", "pattern", "format"):
        if old.get(key) != new.get(key) and (key in old or is_sent):
            yield f"{at}: {key} was {old.get(key)} and is {new.get(key)}"
    lost = set(old.get("enum", [])) - set(new.get("enum", []))
    if lost and is_sent:
        yield f"{at}: {sorted(lost)} no longer taken"
    if "enum" in new and not is_sent and set(new["enum"]) - set(old.get("enum", new["enum"])):
        yield f"{at}: new values {new['enum']}"
    required_old, required_new = set(old.get("required", [])), set(new.get("required", []))
    if is_sent and required_new - required_old:
        yield f"{at}: now required: {sorted(required_new - required_old)}"
    if not is_sent and required_old - required_new:
        yield f"{at}: no longer promised: {sorted(required_old - required_new)}"
    for keys, closer in ((UPPER, lambda a, b: b < a), (LOWER, lambda a, b: b > a)):
        for key in keys:
            a, b = old.get(key), new.get(key)
            if is_sent and b is not None and (a is None or closer(a, b)):
                yield f"{at}: {key} was {a} and is {b}"
    for name, child in old.get("properties", {}).items():
        if name in new.get("properties", {}):
            yield from schema_breaks(child, new["properties"][name], is_sent, f"{at}.{name}")
        elif not is_sent:
            yield f"{at}.{name}: taken away"
    if isinstance(old.get("items"), dict) and isinstance(new.get("items"), dict):
        yield from schema_breaks(old["items"], new["items"], is_sent, f"{at}[]")


def operation_breaks(old, new, at):
    for status in old.get("responses", {}):
        if status.startswith("2") and status not in new.get("responses", {}):
            yield f"{at}: {status} taken away"
    known = {json.dumps(parameter, sort_keys=True) for parameter in old.get("parameters", [])}
    for parameter in new.get("parameters", []):
        if parameter.get("required") and json.dumps(parameter, sort_keys=True) not in known:
            yield f"{at}: now required: {parameter['name']}"


def breaks(old, new):
    found = []
    for name, schema in old["schemas"].items():
        if name not in new["schemas"]:
            found.append(f"{name}: taken away")
        else:
            found += schema_breaks(schema, new["schemas"][name], name in SENT, name)
    for path, item in old["openapi"]["paths"].items():
        for method in ("get", "post", "put", "patch", "delete"):
            if method not in item:
                continue
            other = new["openapi"]["paths"].get(path, {}).get(method)
            at = f"{method.upper()} {path}"
            found += [f"{at}: taken away"] if other is None else operation_breaks(item[method], other, at)
    for name, channel in old["asyncapi"]["channels"].items():
        other = new["asyncapi"]["channels"].get(name)
        if other is None or other.get("address") != channel.get("address"):
            found.append(f"channel {name}: taken away or moved")
    return found


def main():
    if sys.argv[1:] == ["--release"]:
        RELEASED.parent.mkdir(exist_ok=True)
        RELEASED.write_text(json.dumps(current(), indent=1, ensure_ascii=False, sort_keys=True) + "\n")
        return
    found = breaks(released(), current())
    for line in found:
        print(line)
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main()
