"""Checks the contract's files by themselves: no server is needed."""

import copy
import json
import pathlib
import unittest
import warnings

import jsonschema
import openapi_spec_validator
from jsonschema import Draft202012Validator
from referencing import Registry, Resource

import bundle
import compatibility

with warnings.catch_warnings(action="ignore"):  # asyncapi3 has members named `schema`, as the standard has.
    from asyncapi3.models.asyncapi import AsyncAPI3

TOPOLOGY = bundle.ROOT / "topology"
SCHEMAS = {path.name: json.loads(path.read_text()) for path in (TOPOLOGY / "schemas").glob("*.json")}
REGISTRY = Registry().with_resources((name, Resource.from_contents(schema)) for name, schema in SCHEMAS.items())


def validator(name):
    return Draft202012Validator(
        SCHEMAS[name], registry=REGISTRY, format_checker=jsonschema.FormatChecker()
    )


class SchemaTests(unittest.TestCase):
    def test_schemas_are_schemas(self):
        for name, schema in SCHEMAS.items():
            with self.subTest(name):
                Draft202012Validator.check_schema(schema)

    def test_price_on_all_items_or_on_none(self):
        order = {
            "customerId": "c",
            "items": [{"sku": "a", "quantity": 1, "unitPrice": "1"}, {"sku": "b", "quantity": 1}],
            "totalAmount": {"currency": "USD", "value": "1"},
        }
        self.assertFalse(validator("order-create.json").is_valid(order))
        del order["items"][0]["unitPrice"]
        self.assertTrue(validator("order-create.json").is_valid(order))


class OpenAPITests(unittest.TestCase):
    document = bundle.document()

    def test_document_is_openapi(self):
        openapi_spec_validator.validate(self.document)

    def test_binary_serves_this_document(self):
        self.assertEqual(bundle.TARGET.read_text(), bundle.swift(), "run Tests/Outsider/http/bundle.py")

    def test_every_response_has_an_example_that_its_schema_allows(self):
        source = bundle.read_yaml(TOPOLOGY / "openapi.yaml")
        seen = 0
        for path, item in source["paths"].items():
            for method in ("get", "post"):
                for status, response in item.get(method, {}).get("responses", {}).items():
                    if "$ref" in response:
                        response = source["components"]["responses"][response["$ref"].rsplit("/", 1)[1]]
                    for media in response.get("content", {}).values():
                        with self.subTest(f"{method} {path} {status}"):
                            self.assertTrue(media["examples"])
                            for example in media["examples"].values():
                                self.check(media["schema"], example["value"])
                                seen += 1
        self.assertGreater(seen, 50)

    def check(self, schema, value):
        if "$ref" in schema:
            validator(pathlib.PurePosixPath(schema["$ref"]).name).validate(value)
        else:
            jsonschema.validate(value, schema)


class AsyncAPITests(unittest.TestCase):
    document = bundle.read_yaml(TOPOLOGY / "asyncapi.yaml")

    def test_document_is_asyncapi(self):
        AsyncAPI3.model_validate(self.document)

    def test_what_is_no_asyncapi_is_refused(self):
        """The judge is not of this project; that it judges at all is shown here."""
        for what, change in {
            "another version": lambda d: d.update(asyncapi="2.6.0"),
            "no title": lambda d: d["info"].pop("title"),
            "a server without its host": lambda d: d["servers"]["broker"].pop("host"),
            "a channel with a member of another name": lambda d: d["channels"]["createOrder"].update(adress="x"),
            "an action of version 2": lambda d: d["operations"]["createOrder"].update(action="publish"),
            "an operation without channel": lambda d: d["operations"]["createOrder"].pop("channel"),
            "a message with a member of another name":
                lambda d: d["components"]["messages"]["createOrder"].update(paylod={}),
            "an exchange of no known kind":
                lambda d: d["channels"]["createOrder"]["bindings"]["amqp"]["exchange"].update(type="topics"),
        }.items():
            with self.subTest(what):
                document = copy.deepcopy(self.document)
                change(document)
                with self.assertRaises(ValueError):
                    AsyncAPI3.model_validate(document)

    def test_references_lead_somewhere(self):
        def walk(node):
            if isinstance(node, list):
                for element in node:
                    walk(element)
            elif isinstance(node, dict):
                reference = node.get("$ref")
                if isinstance(reference, str) and reference.startswith("#/"):
                    at = self.document
                    for part in reference[2:].split("/"):
                        at = at[part]
                elif isinstance(reference, str):
                    self.assertIn(pathlib.PurePosixPath(reference).name, SCHEMAS)
                for value in node.values():
                    walk(value)

        walk(self.document)

    def test_every_message_has_an_example_that_its_schema_allows(self):
        for name, message in self.document["components"]["messages"].items():
            with self.subTest(name):
                for example in message["examples"]:
                    file = pathlib.PurePosixPath(message["payload"]["$ref"]).name
                    validator(file).validate(example["payload"])

    def test_addresses_are_the_topologys(self):
        definitions = json.loads((TOPOLOGY / "definitions.json").read_text())
        exchanges = {exchange["name"] for exchange in definitions["exchanges"]}
        for channel in self.document["channels"].values():
            if "bindings" in channel:
                self.assertIn(channel["bindings"]["amqp"]["exchange"]["name"], exchanges)


class CompatibilityTests(unittest.TestCase):
    def test_nothing_that_was_released_is_broken(self):
        self.assertEqual(compatibility.breaks(compatibility.released(), compatibility.current()), [])

    def test_breaking_changes_are_found(self):
        current = compatibility.current()
        for what, change in {
            "a path taken away": lambda d: d["openapi"]["paths"].pop("/v1/orders"),
            "an answer taken away": lambda d: d["openapi"]["paths"]["/v1/orders"]["post"]["responses"].pop("201"),
            "a member of a result taken away": lambda d: d["schemas"]["order.json"]["properties"].pop("version"),
            "a promise taken back": lambda d: d["schemas"]["order.json"]["required"].remove("version"),
            "a new demand": lambda d: d["schemas"]["order-create.json"]["required"].append("metadata"),
            "a limit drawn closer": lambda d: d["schemas"]["order-create.json"]["properties"]["customerId"].update(
                maxLength=64
            ),
            "another type": lambda d: d["schemas"]["order.json"]["properties"]["version"].update(type="string"),
            "a channel taken away": lambda d: d["asyncapi"]["channels"].pop("getOrder"),
        }.items():
            with self.subTest(what):
                changed = copy.deepcopy(current)
                change(changed)
                self.assertTrue(compatibility.breaks(current, changed))

    def test_additions_are_fine(self):
        changed = copy.deepcopy(compatibility.current())
        changed["schemas"]["order.json"]["properties"]["note"] = {"type": "string"}
        changed["schemas"]["order-create.json"]["properties"]["customerId"]["maxLength"] = 256
        self.assertEqual(compatibility.breaks(compatibility.current(), changed), [])


if __name__ == "__main__":
    unittest.main()
