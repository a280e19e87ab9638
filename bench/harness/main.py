"""The modes of bench/run."""

import fcntl
import shutil
import sys

from . import answers, cluster, data, explain, growth, queries, report, servers, table


def say(text):
    print(text, file=sys.stderr, flush=True)


def run(asked):
    chosen = [query for query in queries.QUERIES if not asked.queries or query.name in asked.queries]
    unknown = set(asked.queries) - {query.name for query in chosen}
    if unknown:
        raise SystemExit(f"bench: no such query: {', '.join(sorted(unknown))}; there are {', '.join(q.name for q in queries.QUERIES)}")
    if not (asked.verify or asked.explain or asked.prepare) and not shutil.which("wrk"):
        if not asked.small:
            raise SystemExit("bench: wrk is needed, which puts on the load (Debian: apt-get install wrk)")
        say("no wrk here: answers are compared, no load is put on")
        asked.verify = True
    if asked.small:
        # Enough for provinces and years with full pages.
        asked.meetings, asked.rounds, asked.seconds, asked.connections, asked.compared = 4000, 1, 1, 2, 3
    program = asked.program.resolve() if asked.program else servers.build(release=not (asked.small or asked.verify))
    asked.work.mkdir(parents=True, exist_ok=True)
    asked.work = asked.work.resolve()
    alone = _alone(asked.work)
    postgres = cluster.Cluster(asked.work, "256MB" if asked.small else "4GB")
    postgres.start()
    try:
        if asked.prepare:
            for size in asked.sizes.split(","):
                data.ensure(postgres, int(size), program, say)
        elif asked.growth:
            growth.run(asked, chosen, postgres, program, say)
        else:
            _one_size(asked, chosen, postgres, program)
    finally:
        postgres.stop()
        alone.close()


def _alone(work):
    """Holds the folder until it is closed: what PostgreSQL does for somebody else would be counted here."""
    lock = open(work / "lock", "w")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        say(f"somebody else runs in {work}; waiting")
        fcntl.flock(lock, fcntl.LOCK_EX)
    return lock


def _one_size(asked, chosen, postgres, program):
    database = data.ensure(postgres, asked.meetings, program, say)
    ours = servers.hoinghi(program, postgres.url(database), asked.work, more=servers.READING)
    targets = {"hoinghi": ours}
    try:
        if asked.explain:
            explain.run(asked, chosen, postgres, database, ours)
            return
        peer = servers.postgraphile(postgres, database, asked.work, say)
        if peer:
            targets["postgraphile"] = peer
        pools = {}
        for query in chosen:
            pools[query.name] = queries.ask_first(query, ours.ask, query.pool(postgres, database, asked.meetings))
            say(answers.compare(query, targets, postgres, database, answers.some(pools[query.name], asked.compared)))
        if not asked.verify:
            rows = table.measure(asked, chosen, pools, targets, postgres, database, program, say)
            print("A check that it runs, no measurement.\n" if asked.small else report.heading(asked, [asked.meetings], postgres, program, ours.ready))
            print(report.table(rows, chosen))
    finally:
        for server in targets.values():
            server.stop()
