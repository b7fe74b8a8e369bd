"""Helps schemathesis over what a schema cannot say: sums that must agree, and one key in one place."""

import decimal
import json
import uuid

import schemathesis


def mended(body):
    """The same order with the total that its prices demand, where the body is one that can be mended."""
    try:
        items = body["items"]
        if not all("unitPrice" in item for item in items):
            return body
        total = sum(decimal.Decimal(item["unitPrice"]) * int(item["quantity"]) for item in items)
        if total >= 10**15:
            for item in items:
                item["unitPrice"], item["quantity"] = "1", 1
            total = decimal.Decimal(len(items))
        body["totalAmount"]["value"] = f"{total:.2f}"
    except (KeyError, TypeError, ArithmeticError, AttributeError):
        pass
    return body


@schemathesis.hook
def before_call(context, case, kwargs):
    if case.operation.label != "POST /v1/orders" or not isinstance(case.body, dict):
        return
    # The key may stand in either place, and a schema cannot say that it must stand in one.
    if not case.headers or "Idempotency-Key" not in case.headers:
        case.body.pop("idempotencyKey", None)
    if case.meta is not None and not case.meta.generation.mode.is_positive:
        return
    case.body.pop("idempotencyKey", None)
    mended(case.body)
    if len(json.dumps(case.body.get("metadata", {}))) > 16 * 1024:
        case.body["metadata"] = {}
    # Each generated order is an intention of its own.
    case.headers = {**(case.headers or {}), "Idempotency-Key": f"fuzz-{uuid.uuid4()}"}
