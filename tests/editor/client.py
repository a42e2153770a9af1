"""A client of a language server: requests and answers over the server's standard streams, and what it tells unasked."""

from __future__ import annotations

import json
import subprocess
from collections import defaultdict
from pathlib import Path
from queue import Empty, Queue
from threading import Thread
from typing import Any

PATIENCE = 60
"""Seconds: the first start of the server on a busy machine."""


class LanguageServer:
    """Starts `command`, makes itself known for the project `root`, and speaks until `close`."""

    def __init__(self, command: list[str], root: Path) -> None:
        self._process = subprocess.Popen(command, cwd=root, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self._heard: Queue[dict[str, Any]] = Queue()
        self._asked = 0
        self._told: dict[str, list[dict[str, Any]]] = defaultdict(list)
        self._listener = Thread(target=self._listen, daemon=True)
        self._listener.start()
        abilities = {"textDocument": {"completion": {}, "hover": {"contentFormat": ["plaintext"]}}}
        self.ask("initialize", {"processId": None, "rootUri": root.as_uri(), "capabilities": abilities})
        self._say({"method": "initialized", "params": {}})
        # No store of schemas from the network, only the comment in a file's first line.
        settings = {"yaml": {"schemaStore": {"enable": False}, "validate": True, "completion": True, "hover": True}}
        self._say({"method": "workspace/didChangeConfiguration", "params": {"settings": settings}})

    def open(self, file: Path, text: str) -> str:
        """Show the server a file with this text, whatever the disk holds; returns its address."""
        document = {"uri": file.as_uri(), "languageId": "yaml", "version": 1, "text": text}
        self._say({"method": "textDocument/didOpen", "params": {"textDocument": document}})
        return document["uri"]

    def ask(self, method: str, params: dict[str, Any]) -> Any:
        """Ask and wait for the answer."""
        self._asked += 1
        asked = self._asked
        self._say({"id": asked, "method": method, "params": params})
        while True:
            message = self._next()
            if message.get("id") == asked and "method" not in message:
                assert "error" not in message, message["error"]
                return message["result"]

    def at(self, method: str, uri: str, line: int, character: int) -> Any:
        """Ask about a spot; both count from 0."""
        place = {"line": line, "character": character}
        return self.ask(f"textDocument/{method}", {"textDocument": {"uri": uri}, "position": place})

    def diagnostics(self, uri: str) -> list[dict[str, Any]]:
        """What the server finds wrong in the file; waits for its first word about it."""
        while uri not in self._told:
            self._next()
        return self._told[uri]

    def close(self) -> None:
        """End the server."""
        self._process.kill()
        self._listener.join()
        with self._process:
            """Its streams are closed."""

    def _next(self) -> dict[str, Any]:
        """The next message; what the server tells is kept, what it asks (settings, registrations) gets an empty answer."""
        try:
            message = self._heard.get(timeout=PATIENCE)
        except Empty:
            raise AssertionError("the language server says nothing") from None
        if message.get("method") == "textDocument/publishDiagnostics":
            self._told[message["params"]["uri"]] = message["params"]["diagnostics"]
        elif "method" in message and "id" in message:
            items = message.get("params", {}).get("items", []) if isinstance(message.get("params"), dict) else []
            self._say({"id": message["id"], "result": [None] * len(items) or None})
        return message

    def _say(self, message: dict[str, Any]) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self._process.stdin
        self._process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        self._process.stdin.flush()

    def _listen(self) -> None:
        stream = self._process.stdout
        assert stream
        while header := stream.readline():
            size = int(header.partition(b":")[2])
            while stream.readline().strip():
                pass
            self._heard.put(json.loads(stream.read(size)))
