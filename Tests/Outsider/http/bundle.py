#!/usr/bin/env python3
"""Makes Sources/OrderHTTP/Generated/OpenAPIDocument.swift from topology/openapi.yaml and its schemas.

Usage: bundle.py [--check]

With --check nothing is written; exit code 1 says that the file is out of date.
"""
import json
import pathlib
import sys

import yaml

ROOT = pathlib.Path(__file__).resolve().parents[3]
TARGET = ROOT / "Sources/OrderHTTP/Generated/OpenAPIDocument.swift"


def read_yaml(path):
    return yaml.load(path.read_text(), Loader=yaml.CSafeLoader)


def schema_name(reference):
    """The component that a file becomes: ./schemas/order-created.json is OrderCreated."""
    return "".join(part.capitalize() for part in pathlib.PurePosixPath(reference).stem.split("-"))


def bundled(node, schemas):
    """Replaces references to files by references to components, which are collected."""
    if isinstance(node, list):
        return [bundled(element, schemas) for element in node]
    if not isinstance(node, dict):
        return node
    reference = node.get("$ref", "")
    if reference.endswith(".json"):
        name = schema_name(reference)
        if name not in schemas:
            schemas[name] = None
            content = json.loads((ROOT / "topology/schemas" / pathlib.PurePosixPath(reference).name).read_text())
            content.pop("$schema")
            schemas[name] = bundled(content, schemas)
        return {"$ref": f"#/components/schemas/{name}"}
    return {key: bundled(value, schemas) for key, value in node.items()}


def document():
    schemas = {}
    result = bundled(read_yaml(ROOT / "topology/openapi.yaml"), schemas)
    result["components"]["schemas"] = dict(sorted(schemas.items()))
    return result


def swift():
    text = json.dumps(document(), ensure_ascii=False, separators=(",", ":"))
    return (
        "// swift-format-ignore-file\n// Made from topology/openapi.yaml by Tests/Outsider/http/bundle.py; change that file and run this one.\n\n"
        "/// The description of the interface, with its schemas in it.\n"
        "enum OpenAPIDocument {\n"
        f'    static let json: StaticString = ##"{text}"##\n'
        "}\n"
    )


def main():
    made = swift()
    if sys.argv[1:] == ["--check"]:
        if TARGET.read_text() != made:
            sys.exit(f"{TARGET.relative_to(ROOT)} is out of date: run {pathlib.Path(__file__).relative_to(ROOT)}")
    else:
        TARGET.write_text(made)


if __name__ == "__main__":
    main()
