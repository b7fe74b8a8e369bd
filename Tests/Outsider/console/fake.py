"""A console that only answers: what the page needs, from memory, with hostile contents.

Usage: fake.py PORT ASSETS
"""

import base64
import json
import pathlib
import re
import sys
import threading
import time
import urllib.parse
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
)
TYPES = {".html": "text/html; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".css": "text/css", ".svg": "image/svg+xml"}
HOSTILE = "<script>window.stolen=1</script><img src=x onerror=window.stolen=1> \u202egnp.exe\u202c \u0000\u001b[31m"
SCOPES = [f"orders:dead:{verb}" for verb in ("read", "replay", "edit", "discard")]


def stamp(ago):
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() - ago))


class Memory:
    def __init__(self):
        self.lock = threading.Lock()
        self.jobs, self.requests, self.audit = {}, [], []
        self.groups = [self.group(n) for n in range(7)]
        self.letters = {}
        for group in self.groups:
            for number in range(min(group["count"], 30)):
                letter = self.letter(group, number)
                self.letters[letter["id"]] = letter
        self.bodies = {}

    @staticmethod
    def group(n):
        codes = ["VALIDATION_FAILED", "DELIVERY_LIMIT", "ORDER_NOT_FOUND", "INVALID_TOKEN", "EXPIRED", "INTERNAL_ERROR", "<b>X</b>"]
        messages = ["items[0].unitPrice must have at most 2 decimals", "It crashed its workers", "There is no such order",
                    "The token has expired", "It outlived its time", "deadlock detected", HOSTILE]
        count = [1240, 3, 57, 12, 8, 2, 4][n]
        return {
            "id": "dg_" + f"{n}".rjust(26, "0"), "tenant": ["acme", "acme", "umbrella", None, "acme", "acme", "acme"][n],
            "command": ["order.create.v1", "order.create.v1", "order.cancel.v1", "order.get.v1"][n % 4], "code": codes[n],
            "message": messages[n], "count": count, "kept": count - n // 3, "replaying": 0, "replayed": n // 3, "discarded": 0,
            "repeatFailures": n // 2, "firstSeen": stamp(90000 + n * 4000), "lastSeen": stamp(40 + n * 700),
            "inflow": [(hour * (n + 3) * 7) % (20 + n) if hour % (n + 2) else 0 for hour in range(24)],
            "note": {"text": "Release 1.4.2 refuses good prices; fixed in 1.4.3", "owner": "Kim", "ticketUrl": "https://tickets.example/7",
                     "isOnHold": False, "updatedBy": "kim", "updatedAt": stamp(3000)} if n == 0 else
                    {"text": "", "owner": "", "ticketUrl": "", "isOnHold": n == 3, "updatedBy": "", "updatedAt": stamp(1)},
        }

    @staticmethod
    def letter(group, number):
        return {
            "id": "dl_" + f"{group['id'][-2:]}{number}".rjust(26, "0"), "groupId": group["id"], "state": "kept", "command": group["command"],
            "code": group["code"], "message": group["message"], "attempts": 4, "firstFailureAt": stamp(7200 + number * 60),
            "lastFailureAt": stamp(7000 + number * 60), "keptAt": stamp(6999 + number * 60), "tenant": group["tenant"],
            "clientId": HOSTILE if group["code"].startswith("<") else "shop-17", "subject": None, "customerId": f"cust-{number}",
            "orderId": None, "bodyBytes": 412, "revision": 0, "repeatFailures": number % 3,
        }

    def full(self, letter):
        hostile = letter["code"].startswith("<")
        return letter | {
            "properties": {"contentType": "application/json", "messageId": "m-1", "deliveryMode": 2, "userId": "producer"},
            "headers": [{"name": "x-request-id", "type": "string", "value": HOSTILE if hostile else "req-1"},
                        {"name": "x-orderbus-attempts", "type": "int", "value": 4}],
            "claims": {"tenant": letter["tenant"], "clientId": letter["clientId"], "scopes": ["orders:write"]} if letter["tenant"] else None,
            "revisions": [{"revision": n + 1, "reason": "price mended", "madeBy": "kim", "madeAt": stamp(60),
                           "difference": {"body": {"offset": 44, "removedBytes": 6, "insertedBytes": 5}, "headers": []}}
                          for n in range(letter["revision"])],
            "replays": [], "timeline": [
                {"at": stamp(7300), "what": "sent", "text": "by shop-17"},
                {"at": letter["firstFailureAt"], "what": "failed", "text": letter["message"]},
                {"at": letter["lastFailureAt"], "what": "died", "text": "after 4 attempts"},
                {"at": letter["keptAt"], "what": "kept", "text": ""}],
            "body": None, "bodyMasked": '{"customerId":"…","items":[{"sku":"…","quantity":0,"unitPrice":0}]}',
        }

    def body(self, letter):
        if letter["id"].endswith("1") and letter["code"].startswith("<"):
            return b"\x00\xff\xfe<script>window.stolen=1</script>"
        if letter["id"].endswith("2") and letter["code"].startswith("<"):
            return b'{"a":"' + b"<script>" * 650000 + b'"}'
        if letter["code"].startswith("<"):
            return json.dumps({"note": HOSTILE}, ensure_ascii=False).encode()
        return b'{"customerId":"cust-1","items":[{"sku":"A-1","quantity":2,"unitPrice":19.990}]}'

    def chosen(self, selection):
        if "ids" in selection:
            return [self.letters[name] for name in selection["ids"]]
        wanted = selection.get("group") or selection.get("filter", {}).get("group")
        return [letter for letter in self.letters.values() if not wanted or letter["groupId"] == wanted]

    def advance(self, job):
        counts, chosen = job["counts"], job["chosen"]
        while counts["waiting"] and job["state"] not in ("cancelled", "finished"):
            time.sleep(0.25)
            with self.lock:
                if job["state"] != "running":
                    continue
                some = min(counts["waiting"], [1, 5, 25, 125][min(job["step"], 3)])
                counts["waiting"] -= some
                counts["succeeded"] += some
                for letter in chosen[counts["succeeded"] - some:counts["succeeded"]]:
                    letter["state"] = "replayed"
                job["step"] += 1
                if not counts["waiting"]:
                    job["state"] = "finished"


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    memory, assets, sessions = Memory(), None, set()

    def log_message(self, *_):
        pass

    def answer(self, status, value=None, kind="application/json", headers=()):
        data = value if isinstance(value, bytes) else b"" if value is None else json.dumps(value).encode()
        self.send_response(status)
        for name, text in (("content-type", kind), ("content-length", str(len(data))), ("content-security-policy", POLICY),
                           ("x-content-type-options", "nosniff"), ("cache-control", "no-store"), *headers):
            self.send_header(name, text)
        self.end_headers()
        self.wfile.write(data)

    def refuse(self, status, code, message):
        self.answer(status, {"error": {"code": code, "message": message, "details": [], "requestId": "r-1"}})

    def asset(self, name):
        path = self.assets / name
        self.answer(200, path.read_bytes(), TYPES[path.suffix])

    def do_GET(self):
        url = urllib.parse.urlsplit(self.path)
        wanted = dict(urllib.parse.parse_qsl(url.query))
        if url.path.startswith("/assets/"):
            return self.asset(pathlib.Path(url.path).name)
        if not url.path.startswith(("/v1/", "/session")):
            return self.asset("index.html")
        if not self.is_signed_in():
            return self.refuse(401, "UNAUTHORIZED", "Sign in")
        if url.path == "/v1/events":
            return self.events()
        self.answer(200, self.get(url.path, wanted))

    def is_signed_in(self):
        if self.headers.get("authorization") == "Bearer good":
            return True
        return any(part.strip().partition("=")[2] in self.sessions for part in self.headers.get("cookie", "").split(";"))

    def get(self, path, wanted):
        memory = self.memory
        if path == "/session":
            return {"clientId": "ops", "subject": "kim", "tenant": "acme", "scopes": SCOPES, "expiresAt": stamp(-3600)}
        if path == "/v1/dead/statistics":
            return {"total": 1326, "kept": 1305, "replaying": 0, "replayed": 21, "discarded": 0, "oldestAgeSeconds": 114000,
                    "reasons": [], "inflow": [n * 5 % 17 for n in range(24)]}
        if path == "/v1/dead/groups":
            groups = [group for group in memory.groups if all(group.get(name) == wanted[name] for name in ("command", "code") if name in wanted)]
            return {"groups": groups, "nextCursor": None}
        if path == "/v1/dead/letters" and wanted.get("text") == "zq" and "cursor" not in wanted:
            return {"letters": [], "nextCursor": "c2", "searchedTo": stamp(3600)}
        if path == "/v1/dead/letters":
            letters = [letter for letter in memory.letters.values()
                       if wanted.get("group") in (None, letter["groupId"]) and wanted.get("state") in (None, letter["state"])]
            return {"letters": letters[:50], "nextCursor": "c2" if len(letters) > 50 else None}
        if path == "/v1/dead/replays":
            return {"replays": [self.shown(job) for job in memory.jobs.values()], "nextCursor": None}
        if path == "/v1/audit":
            return {"records": memory.audit, "nextCursor": None}
        if path == "/v1/audit/verify":
            return {"count": len(memory.audit), "breach": None}
        if match := re.fullmatch("/v1/dead/groups/(.+)", path):
            return next(group for group in memory.groups if group["id"] == match[1])
        if match := re.fullmatch("/v1/dead/letters/(.+)", path):
            return memory.full(memory.letters[match[1]])
        if match := re.fullmatch("/v1/dead/replays/(.+)/messages", path):
            return {"messages": [{"letterId": letter["id"], "state": "succeeded", "outcome": "succeeded", "text": "done, status 201", "step": 1, "endedAt": stamp(1)}
                                 for letter in memory.jobs[match[1]]["chosen"] if letter["state"] == "replayed"][:50], "nextCursor": None}
        if match := re.fullmatch("/v1/dead/replays/([^/]+)", path):
            return self.shown(memory.jobs[match[1]])
        raise KeyError(path)

    @staticmethod
    def shown(job):
        return {name: value for name, value in job.items() if name != "chosen"}

    def events(self):
        self.send_response(200)
        self.send_header("content-type", "text/event-stream")
        self.send_header("connection", "close")
        self.end_headers()
        try:
            while True:
                for job in list(self.memory.jobs):
                    self.wfile.write(f'event: job\ndata: {{"id":"{job}"}}\n\n'.encode())
                self.wfile.write(b"event: letters\ndata: {}\n\n")
                self.wfile.flush()
                time.sleep(2)
        except OSError:
            self.close_connection = True

    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers.get("content-length", 0))) or b"{}")
        path, memory = self.path, self.memory
        if path == "/session":
            if body.get("token") != "good":
                return self.refuse(401, "INVALID_TOKEN", "The token has expired.")
            self.sessions.add("s1")
            cookie = "__Host-orderbus-session=s1; Path=/; HttpOnly; Secure; SameSite=Strict"
            return self.answer(204, headers=[("set-cookie", cookie)])
        if not self.is_signed_in():
            return self.refuse(401, "UNAUTHORIZED", "Sign in")
        memory.audit.insert(0, {"at": stamp(0), "clientId": "ops", "subject": "kim", "action": path.rsplit("/", 1)[1], "outcome": "allowed",
                                "target": path.split("/")[4] if path.count("/") > 4 else None, "reason": body.get("reason"), "address": "127.0.0.1",
                                "details": [{"name": "count", "value": "1"}]})
        if path == "/v1/dead/replays":
            return self.order(body)
        if match := re.fullmatch("/v1/dead/(discard|restore)", path):
            chosen = memory.chosen(body["selection"])
            for letter in chosen if not body["dryRun"] else []:
                letter["state"] = "discarded" if match[1] == "discard" else "kept"
            return self.answer(200, {"count": len(chosen)})
        if path == "/v1/dead/migrate":
            # In two answers, as the console does it with thousands.
            everything = memory.chosen(body["selection"])
            half = len(everything) // 2
            chosen = everything[half:] if body.get("cursor") else everything[:half]
            refused = [{"id": letter["id"], "reason": f"items must be there {HOSTILE}"} for letter in chosen[:1]]
            shapes = {"before": '{\n  "customer": text of 6\n}', "after": '{\n  "customerId": text of 6\n}'}
            return self.answer(200, {"count": len(chosen) - 1, "unchanged": 0, "skipped": 0, "refusedCount": len(refused),
                                     "refused": refused, "sample": [{"id": letter["id"], **shapes} for letter in chosen[1:3]],
                                     "nextCursor": None if body.get("cursor") else "half"})
        if match := re.fullmatch("/v1/dead/letters/(.+)/reveal", path):
            data = memory.body(memory.letters[match[1]])
            try:
                text = data.decode()
            except UnicodeDecodeError:
                text = None
            return self.answer(200, {"body": text, "bodyBase64": base64.b64encode(data).decode(), "isText": text is not None, "isTruncated": False})
        if match := re.fullmatch("/v1/dead/letters/(.+)/revisions", path):
            letter = memory.letters[match[1]]
            if body["basedOn"] != letter["revision"]:
                return self.refuse(409, "CONFLICT", "There is a newer revision.")
            if "19.999" in body["body"]:
                return self.refuse(422, "VALIDATION_FAILED", "The worker would refuse it.")
            letter["revision"] += 1
            return self.answer(201, {"number": letter["revision"]})
        if match := re.fullmatch("/v1/dead/replays/(.+)/(pause|resume|cancel)", path):
            memory.jobs[match[1]]["state"] = {"pause": "paused", "resume": "running", "cancel": "cancelled"}[match[2]]
            return self.answer(200, self.shown(memory.jobs[match[1]]))
        self.refuse(404, "NOT_FOUND", "There is no such thing.")

    def order(self, body):
        memory = self.memory
        chosen = [letter for letter in memory.chosen(body["selection"]) if letter["state"] == "kept"]
        if body["dryRun"]:
            return self.answer(200, {"count": len(chosen), "skipped": 2, "withoutCaller": 1, "sample": chosen[:5]})
        job = memory.jobs.get(body["id"])
        if not job:
            job = memory.jobs[body["id"]] = {
                "id": body["id"], "state": "running", "reason": body["reason"], "createdBy": "kim", "createdAt": stamp(0),
                "ratePerSecond": body["ratePerSecond"], "step": 0, "steps": 4, "stepCounts": {}, "remark": None, "chosen": chosen,
                "counts": {"waiting": len(chosen), "sent": 0, "succeeded": 0, "failed": 0, "skipped": 2, "unknown": 0}}
            threading.Thread(target=memory.advance, args=(job,), daemon=True).start()
        self.answer(201, self.shown(job))

    def do_PUT(self):
        body = json.loads(self.rfile.read(int(self.headers["content-length"])))
        group = next(group for group in self.memory.groups if group["id"] in self.path)
        group["note"] = (group["note"] or {}) | body | {"updatedBy": "kim", "updatedAt": stamp(0)}
        self.answer(200, group)

    def do_DELETE(self):
        self.sessions.clear()
        self.answer(204)


def serve(port, assets):
    Handler.assets = pathlib.Path(assets)
    server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
    server.daemon_threads = True
    return server


if __name__ == "__main__":
    serve(int(sys.argv[1]), sys.argv[2]).serve_forever()
