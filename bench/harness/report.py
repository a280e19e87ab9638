"""What was measured, as Markdown."""

import datetime
import platform
import re
import statistics
import subprocess
from pathlib import Path

from . import data

TOP = Path(__file__).resolve().parent.parent


def _said(*command):
    try:
        return subprocess.run(command, cwd=TOP, capture_output=True, text=True).stdout.strip()
    except OSError:
        return ""


def heading(asked, sizes, postgres, program, ready):
    """When, where and what was measured; `ready` is how many seconds our server took to answer once started."""
    cpu = re.search(r"model name\s*: (.*)", Path("/proc/cpuinfo").read_text())
    memory = int(re.search(r"MemTotal:\s+(\d+)", Path("/proc/meminfo").read_text()).group(1)) / 1024 / 1024
    cores = Path("/proc/cpuinfo").read_text().count("processor\t:")
    commit = _said("git", "rev-parse", "--short", "HEAD") + (" with changes" if _said("git", "status", "--porcelain") else "")
    lines = [
        f"{', '.join(f'{size:,} meetings ({data.size(postgres, data.name(size))})' for size in sizes)}; {asked.connections} connections, {asked.rounds} rounds of {asked.seconds} s, "
        f"{datetime.date.today()}, commit {commit}",
        f"{cpu.group(1) if cpu else platform.processor()}, {cores} cores, {memory:.0f} GB; Linux {platform.release()}; "
        f"PostgreSQL {_said(str(postgres.bin / 'postgres'), '--version').split()[2]}; {_said('rustc', '--version')}; "
        f"our server {program.stat().st_size / 1e6:.0f} MB, ready after {ready:.2f} s",
    ]
    return "\n".join(f"- {line}" for line in lines) + "\n"


def _median(rows, value):
    return statistics.median(value(row) for row in rows)


def _cost(row):
    return row["server"] + row["postgres"]


def quartiles(values):
    values = sorted(values)
    return f"{statistics.median(values):.2f} ({values[len(values) // 4]:.2f}-{values[(3 * len(values)) // 4 if len(values) > 1 else 0]:.2f})"


def table(rows, chosen):
    """Medians over all rounds, and ratios of what stands beside each other in a round."""
    titles = {query.name: query.title for query in chosen}
    titles.update({"hot": "q2 with the same parameters again and again", "etag": "the same, and the client has the answer"})
    head = ["query", "target", "server ms", "PostgreSQL ms", "together", "to the floor", "PostGraphile to it", "requests/s", "p50 ms", "p99 ms", "MB", "others"]
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    of = lambda query, target: {row["round"]: row for row in rows if row["query"] == query and row["target"] == target}
    for query, target in dict.fromkeys((row["query"], row["target"]) for row in rows):
        mine = of(query, target)
        ratio = lambda other, turned: _ratio(mine, of(query, other), turned) if other != target else ""
        values = list(mine.values())
        lines.append("| " + " | ".join([
            query, target, *(f"{_median(values, each):.3f}" for each in (lambda r: r["server"], lambda r: r["postgres"], _cost)),
            ratio("floor", False), ratio("postgraphile", True), f"{_median(values, lambda r: r['rps']):.0f}",
            f"{_median(values, lambda r: r['p50']):.2f}", f"{_median(values, lambda r: r['p99']):.2f}",
            f"{max(r['memory'] for r in values):.0f}" if "memory" in values[0] else "", f"{_median(values, lambda r: r['others']):.2f}"]) + " |")
    lines += [""] + [f"- `{name}`: {title}" for name, title in titles.items() if any(row["query"] == name for row in rows)]
    return "\n".join(lines)


def _ratio(mine, other, turned):
    rounds = [number for number in mine if number in other]
    if not rounds:
        return ""
    ratios = [_cost(mine[number]) / max(_cost(other[number]), 1e-9) for number in rounds]
    return quartiles([1 / ratio for ratio in ratios] if turned else ratios)
