"""Whether all targets answer the same."""

import json
import re

from . import queries


KINDS = {"id": "uuid", "province": "smallint", "from": "date", "until": "date", "day": "date", "read": "bigint"}


def rows(cluster, database, text, given):
    """What a statement of ours returns for these parameters."""
    value = lambda name: "'" + str(given[name]).replace("'", "''") + f"'::{KINDS.get(name, 'text')}"
    text = re.sub(r"(?<!:):([a-z]+)\b", lambda match: value(match.group(1)), text)
    return [json.loads(line) for line in cluster.psql(database, "-c", f"SELECT to_json(answer) FROM ({text}) AS answer").splitlines()]


def page(query, data):
    """The rows of the page that a query asks for."""
    for step in query.rows[0].split("."):
        data = data[step]
    return data["nodes"]


def some(pool, count):
    """So many of a pool, spread over it."""
    return pool[:: max(1, len(pool) // count)][:count]


def compare(query, targets, cluster, database, pool):
    """Asks all targets the same and ends the benchmark where one differs. `targets` has the servers by their names."""
    for given in pool:
        answers = {}
        for name, server in targets.items():
            if name not in query.targets:
                continue
            data = server.ask(query.text(name), query.variables(name, given))
            if query.rows and name == "hoinghi" and len(page(query, data)) != query.rows[1]:
                raise SystemExit(f"bench: {query.name} is meant to have {query.rows[1]} rows, not {len(page(query, data))}: {given}")
            answers[name] = queries.unwrapped(data)
        for name, made in [("floor", queries.of_floor), ("expected", queries.of_rows)]:
            if query.has(name):
                answers[name] = made(query, rows(cluster, database, query.text(name), query.variables(name, given)))
        first, *others = answers.items()
        for name, answer in others:
            if answer != first[1]:
                raise SystemExit(f"bench: {query.name} {given}: {name} answers otherwise than {first[0]}\n"
                                 f"{first[0]}: {json.dumps(first[1], ensure_ascii=False)}\n{name}: {json.dumps(answer, ensure_ascii=False)}")
    return f"{query.name}: {len(pool)} answers of " + (f"{', '.join(answers)} are the same" if others else "hoinghi are whole")
