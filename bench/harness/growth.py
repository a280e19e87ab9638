"""Cost by size: our server on several databases at once, in turn, round after round."""

import json
import statistics

from . import answers, data, load, plot, queries, report, servers


def run(asked, chosen, postgres, program, say):
    """Prints a table of the cost of each query at each size, and draws it."""
    sizes = sorted(int(size) for size in asked.sizes.split(","))
    ours, plan = {}, []
    try:
        for size in sizes:
            database = data.ensure(postgres, size, program, say)
            ours[size] = servers.hoinghi(program, postgres.url(database), asked.work, name=f"hoinghi-{size}", more=servers.READING)
        for query in chosen:
            for size in sizes:
                server, database = ours[size], data.name(size)
                pool = queries.ask_first(query, server.ask, query.pool(postgres, database, size, sizes[0]))
                say(f"{size:,}: " + answers.compare(query, {"hoinghi": server}, postgres, database, answers.some(pool, asked.compared)))
                text = query.text("hoinghi")
                plan.append((query, size, [servers.request_line(text, query.variables("hoinghi", given)) for given in pool]))
        rows = _measure(asked, plan, ours, postgres, say)
    finally:
        for server in ours.values():
            server.stop()
    print(report.heading(asked, sizes, postgres, program, ours[sizes[-1]].ready))
    print(_table(rows, chosen, sizes))
    costs = {query.name: [statistics.median(_cost(row) for row in rows if (row["query"], row["size"]) == (query.name, size)) for size in sizes]
             for query in chosen}
    drawn = asked.svg or asked.work / "growth.svg"
    drawn.write_text(plot.growth(sizes, costs, {query.name for query in chosen if query.grows}))
    say(f"drawn: {drawn}")


def _measure(asked, plan, ours, postgres, say):
    rows = []
    for number in range(asked.rounds):
        for query, size, lines in plan:
            # Sizes share what PostgreSQL keeps in memory, so each is warmed every time.
            warm = 5 if number == 0 else 1
            measured = load.http(ours[size], postgres.pid, lines, asked.connections, asked.seconds, warm)
            measured.update(round=number, query=query.name, size=size)
            rows.append(measured)
            if asked.out:
                with open(asked.out, "a") as file:
                    file.write(json.dumps(measured) + "\n")
            say("round {round} {query:<16} {size:>9,} {rps:9.0f}/s  p50 {p50:8.2f}  p99 {p99:8.2f}  server {server:7.3f}  "
                "PostgreSQL {postgres:7.3f} ms  others {others:.2f}  bad {bad}".format(**measured))
            if measured["bad"]:
                raise SystemExit(f"bench: {measured['bad']} answers to {query.name} at {size} meetings were errors")
    return rows


def _cost(row):
    return row["server"] + row["postgres"]


def _table(rows, chosen, sizes):
    lines = ["| query | " + " | ".join(f"{size:,}" for size in sizes) + " | last to first | |", "|---" * (len(sizes) + 3) + "|"]
    for query in chosen:
        of = {(row["round"], row["size"]): _cost(row) for row in rows if row["query"] == query.name}
        rounds = sorted({number for number, _ in of})
        medians = [statistics.median(of[number, size] for number in rounds) for size in sizes]
        ratios = sorted(of[number, sizes[-1]] / of[number, sizes[0]] for number in rounds)
        verdict = f"grows: {query.grows}" if query.grows else "" if statistics.median(ratios) <= 1.3 else "more than 1.3"
        lines.append(f"| {query.name}: {query.title} | " + " | ".join(f"{each:.3f}" for each in medians)
                     + f" | {report.quartiles(ratios)} | {verdict} |")
    return "CPU milliseconds of server and PostgreSQL per request, by the number of meetings:\n\n" + "\n".join(lines)
