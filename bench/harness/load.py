"""Puts load on one target for a while and tells what it cost."""

import json
import math
import os
import re
import resource
import subprocess
import tempfile
import time
from pathlib import Path

TOP = Path(__file__).resolve().parent.parent
HERTZ = os.sysconf("SC_CLK_TCK")


def _stat(pid):
    try:
        text = Path(f"/proc/{pid}/stat").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return None
    fields = text[text.rindex(")") + 2:].split()
    # parent, own time, that of children that have ended and been waited for
    return int(fields[1]), int(fields[11]) + int(fields[12]), int(fields[13]) + int(fields[14])


def cpu(root):
    """Seconds of CPU that a process and all below it have used."""
    known = {int(entry): stat for entry in os.listdir("/proc") if entry.isdigit() and (stat := _stat(entry))}
    total, todo = 0, [root]
    while todo:
        pid = todo.pop()
        if pid in known:
            total += known[pid][1] + known[pid][2]
            todo += [child for child, stat in known.items() if stat[0] == pid]
    return total / HERTZ


def resident(pid):
    """Megabytes of a process in memory."""
    return int(re.search(r"VmRSS:\s+(\d+)", Path(f"/proc/{pid}/status").read_text()).group(1)) / 1024


def machine():
    """Seconds of CPU that all of the machine has used."""
    fields = [int(field) for field in Path("/proc/stat").read_text().splitlines()[0].split()[1:9]]
    return (sum(fields) - fields[3] - fields[4]) / HERTZ


class Meter:
    """CPU of a server, of PostgreSQL, of the load generator and of the machine; and what time it is."""

    def __init__(self, server, postmaster):
        self.server, self.postmaster = server, postmaster

    def read(self):
        client = resource.getrusage(resource.RUSAGE_CHILDREN)
        return (cpu(self.server) if self.server else 0.0, cpu(self.postmaster), client.ru_utime + client.ru_stime, machine(), time.monotonic())


def _told(measured, before, after):
    server, postgres, client, all_of_it, passed = (b - a for a, b in zip(before, after))
    requests, seconds = measured["requests"], measured["seconds"]
    measured.update(
        rps=requests / seconds, server=server * 1000 / requests, postgres=postgres * 1000 / requests,
        # how much of the machine others used: figures with much of it are worth little
        others=max(0.0, (all_of_it - server - postgres - client) / passed))
    return measured


def http(server, postmaster, lines, connections, seconds, warm=0):
    """wrk with random ones of these requests."""
    meter = Meter(server.process.pid, postmaster)
    with tempfile.NamedTemporaryFile("w", suffix=".requests") as file:
        file.write("\n".join(lines) + "\n")
        file.flush()
        if warm:
            _wrk(server, file.name, connections, warm)
        before = meter.read()
        measured = _wrk(server, file.name, connections, seconds)
        return {**_told(measured, before, meter.read()), "memory": resident(server.process.pid)}


def _wrk(server, requests, connections, seconds):
    # A machine that is busy with something else may not get one answer out in a second.
    for duration in (seconds, seconds + 20):
        command = ["wrk", "-t1", f"-c{connections}", f"-d{duration}s", "--timeout", "30s", "-s", TOP / "load.lua", server.url, "--", requests]
        done = subprocess.run(command, capture_output=True, text=True)
        found = re.search(r"^JSON (.*)$", done.stdout, re.M)
        measured = json.loads(found.group(1)) if found else {"requests": 0}
        if measured["requests"]:
            return measured
    raise SystemExit(f"bench: wrk failed on {server.name}: {done.stdout}{done.stderr}")


def floor_script(text, pool):
    """A pgbench script that runs this statement with random ones of these parameters."""
    def values(match):
        name = match.group(1)
        kind = {"id": "uuid", "province": "smallint"}.get(name, "date")
        return "('{" + ",".join(str(given[name]) for given in pool) + "}'::" + kind + "[])[:k]"
    return f"\\set k random(1, {len(pool)})\n" + re.sub(r"(?<!:):(id|province|from|until)\b", values, text) + ";\n"


def floor(cluster, database, script, connections, seconds, warm=1):
    """pgbench, prepared. What it does in its first seconds (connecting, planning) is left out."""
    meter = Meter(None, cluster.pid)
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "q.sql").write_text(script)
        command = [cluster.bin / "pgbench", "-n", "-M", "prepared", "-c", str(connections), "-j", "1", "-T", str(math.ceil(warm + seconds + 0.5)),
                   "-l", "--log-prefix", f"{folder}/log", "-f", f"{folder}/q.sql", "-h", "127.0.0.1", "-p", str(cluster.port), "-U", "postgres", database]
        running = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        time.sleep(warm)
        began, before = time.time(), meter.read()
        time.sleep(seconds)
        ended, after = time.time(), meter.read()
        _, told = running.communicate()
        # the postmaster's children go over to its own account before the next one begins
        time.sleep(0.3)
        done = [line.split() for log in Path(folder).glob("log*") for line in log.read_text().splitlines()]
    times = sorted(int(line[2]) for line in done if began <= int(line[4]) + int(line[5]) / 1e6 <= ended)
    if running.returncode or not times:
        raise SystemExit(f"bench: pgbench failed: {told}")
    at = lambda part: times[min(len(times) - 1, int(len(times) * part))] / 1000
    measured = {"requests": len(times), "seconds": ended - began, "p50": at(0.5), "p99": at(0.99), "bad": 0, "bytes": 0}
    return _told(measured, before, after)
