"""What PostgreSQL looks at for what our server returns: every statement's plan, as auto_explain logs it."""

import json
import os
import re
import time
import urllib.parse
from pathlib import Path

from . import answers, queries, servers

SETTINGS = {
    "session_preload_libraries": "auto_explain",
    "auto_explain.log_min_duration": "0",
    "auto_explain.log_analyze": "on",
    "auto_explain.log_buffers": "on",
    "auto_explain.log_format": "json",
}
# A statement that looks at more rows than this, and at so many times what it returns, is pointed at.
MANY, TIMES = 500, 10


def _log(postgres):
    """The file that PostgreSQL writes its log to."""
    return Path(os.readlink(f"/proc/{postgres.pid}/fd/2"))


def _nodes(plan):
    yield plan
    for below in plan.get("Plans", []):
        yield from _nodes(below)


def _looked_at(plan):
    """Rows that scans gave or threw away."""
    total = 0
    for node in _nodes(plan):
        if "Scan" in node["Node Type"]:
            removed = sum(value for key, value in node.items() if key.startswith("Rows Removed by"))
            total += (node["Actual Rows"] + removed) * node["Actual Loops"]
    return total


def _statements(logged):
    """(statement, ms, plan) of each plan in a piece of the log."""
    for found in re.finditer(r"duration: ([\d.]+) ms  plan:\n((?:\t.*\n)+)", logged):
        told = json.loads(re.sub(r"^\t", "", found.group(2), flags=re.M))
        yield re.sub(r"\s+", " ", told["Query Text"]).strip(), float(found.group(1)), told["Plan"]


def run(asked, chosen, postgres, database, plain):
    """Prints a table of all statements of these queries, and keeps the plan of each that looks at much."""
    options = "&".join(f"options[{name}]={urllib.parse.quote(value)}" for name, value in SETTINGS.items())
    explained = servers.hoinghi(plain.process.args[0], f"{postgres.url(database)}?{options}", asked.work, name="explained",
                                more=[*servers.READING, "--pool-size", "1"])
    kept = asked.work / "plans"
    kept.mkdir(exist_ok=True)
    print("| query | statement | times | ms | rows returned | rows looked at | pages | |\n|---|---|---|---|---|---|---|---|")
    try:
        for query in chosen:
            pool = answers.some(queries.ask_first(query, plain.ask, query.pool(postgres, database, asked.meetings)), asked.compared)
            # The plan of a prepared statement is settled after five times on a connection; what is asked later has it.
            for given in (pool * 8)[:8] + pool:
                explained.ask(query.text("hoinghi"), query.variables("hoinghi", given))
            time.sleep(0.5)
            at = _log(postgres).stat().st_size
            for given in pool:
                explained.ask(query.text("hoinghi"), query.variables("hoinghi", given))
            time.sleep(0.5)
            with open(_log(postgres), errors="replace") as log:
                log.seek(at)
                _print(query, list(_statements(log.read())), len(pool), kept)
    finally:
        explained.stop()


def _print(query, found, asked, kept):
    by_statement = {}
    for statement, ms, plan in found:
        by_statement.setdefault(statement, []).append((ms, plan))
    for number, (statement, runs) in enumerate(sorted(by_statement.items(), key=lambda each: -sum(ms for ms, _ in each[1])), 1):
        mean = lambda value: sum(value(ms, plan) for ms, plan in runs) / len(runs)
        returned = mean(lambda _, plan: plan["Actual Rows"])
        looked = mean(lambda _, plan: _looked_at(plan))
        pages = mean(lambda _, plan: plan["Shared Hit Blocks"] + plan["Shared Read Blocks"])
        much = looked > MANY and looked > TIMES * max(returned, 1)
        if much:
            ms, plan = max(runs, key=lambda each: each[0])
            name = f"{query.name}-{number}.json"
            (kept / name).write_text(json.dumps({"statement": statement, "ms": ms, "plan": plan}, indent=1, ensure_ascii=False))
        shown = statement if len(statement) <= 110 else statement[:107] + "..."
        print(f"| {query.name} | `{shown.replace('|', '¦')}` | {len(runs) / asked:.1f} | {mean(lambda ms, _: ms):.3f} | {returned:.0f} | "
              f"{looked:.0f} | {pages:.0f} | {'looks at much: ' + name if much else ''} |", flush=True)
