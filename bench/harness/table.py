"""The measurement: every target in turn, round after round, so that all are measured under the same noise."""

import json

from . import load, servers


def _lines(query, server, pool):
    text = query.text(server.kind)
    return [servers.request_line(text, query.variables(server.kind, given)) for given in pool]


def measure(asked, chosen, pools, targets, postgres, database, program, say):
    """Measurements of all rounds."""
    hot = servers.hoinghi(program, postgres.url(database), asked.work, name="hot")
    plan = []
    for query in chosen:
        for name, server in targets.items():
            if name in query.targets:
                plan.append((query.name, name, _http(server, postgres, _lines(query, server, pools[query.name]), asked)))
        if "floor" in query.targets:
            script = load.floor_script(query.text("floor"), [query.variables("floor", given) for given in pools[query.name]])
            plan.append((query.name, "floor", _floor(postgres, database, script, asked)))
        if query.name == "q2":
            text, given = query.text("hoinghi"), query.variables("hoinghi", pools["q2"][0])
            plan.append(("hot", "hoinghi", _http(hot, postgres, [servers.request_line(text, given)], asked)))
            plan.append(("etag", "hoinghi", _http(hot, postgres, [servers.get_line(hot, text, given)], asked)))
    rows = []
    try:
        for number in range(asked.rounds):
            # Whoever comes first in one round comes last in another.
            for query, target, one in _turned(plan, number):
                measured = one(number == 0)
                measured.update(round=number, query=query, target=target)
                rows.append(measured)
                if asked.out:
                    with open(asked.out, "a") as file:
                        file.write(json.dumps(measured) + "\n")
                say("round {round} {query:<16} {target:<12} {rps:9.0f}/s  p50 {p50:8.2f}  p99 {p99:8.2f}  server {server:7.3f}  "
                    "PostgreSQL {postgres:7.3f} ms  others {others:.2f}  bad {bad}".format(**measured))
                if measured["bad"]:
                    raise SystemExit(f"bench: {measured['bad']} answers of {target} to {query} were errors")
    finally:
        hot.stop()
    return rows


def _turned(plan, number):
    """The plan with the targets of each query turned round."""
    names = list(dict.fromkeys(query for query, _, _ in plan))
    for name in names:
        targets = [each for each in plan if each[0] == name]
        turn = number % len(targets)
        yield from targets[turn:] + targets[:turn]


def _http(server, postgres, lines, asked):
    warm = 0 if asked.small else 3
    return lambda first: load.http(server, postgres.pid, lines, asked.connections, asked.seconds, warm if first else 0)


def _floor(postgres, database, script, asked):
    return lambda first: load.floor(postgres, database, script, asked.connections, asked.seconds)
