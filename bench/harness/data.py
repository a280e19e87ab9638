"""The databases: the schema as our migrations make it, filled by data/*.sql, those with the same number at once."""

import hashlib
import itertools
import json
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

TOP = Path(__file__).resolve().parent.parent
MIGRATIONS = TOP.parent / "migrations"
# What single reports say of participants, and sentences, are there for one document in ten of a million.
SHARES = [(1_000_000, 10)]


def name(meetings):
    return "bench" if meetings == 100_000 else f"bench_{meetings}"


def _digest(*files, more=""):
    return hashlib.sha256(b"".join(file.read_bytes() for file in files) + more.encode()).hexdigest()


def _migrate(cluster, database, program):
    # Any command of the program migrates.
    done = subprocess.run([program, "keys", "list", "--database-url", cluster.url(database)], capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(f"bench: {done.stderr.strip()}")


def _fill(cluster, database, file, meetings, share):
    cluster.psql(database, "-v", f"n={meetings}", "-v", f"share={share}", "-f", str(file))
    return file.name


def ensure(cluster, meetings, program, say):
    """The name of a database with so many meetings, made anew if there is none as these files
    would make it. One that only lacks new migrations is migrated."""
    database, share = name(meetings), max([1] + [share for size, share in SHARES if meetings >= size])
    files = sorted((TOP / "data").glob("*.sql"))
    made_from = {"data": _digest(*files, more=f"{meetings} {share}"), "migrations": [_digest(file) for file in sorted(MIGRATIONS.glob("*.sql"))]}
    told = f"COMMENT ON DATABASE {database} IS '{json.dumps(made_from)}'"
    known = cluster.psql("postgres", "-c", f"SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = '{database}'")
    known = json.loads(known.strip() or "null")
    if known == made_from:
        return database
    if known and known["data"] == made_from["data"] and made_from["migrations"][: len(known["migrations"])] == known["migrations"]:
        say(f"{database} is migrated, as a user's would be")
        _migrate(cluster, database, program)
        cluster.psql(database, "-c", "VACUUM (ANALYZE)")
        cluster.psql("postgres", "-c", told)
        return database
    say(f"making {database}: {meetings:,} meetings")
    cluster.psql("postgres", "-c", f"DROP DATABASE IF EXISTS {database}", "-c", f"CREATE DATABASE {database}")
    _migrate(cluster, database, program)
    for _, together in itertools.groupby(files, key=lambda file: file.name[0]):
        began = time.monotonic()
        with ThreadPoolExecutor() as at_once:
            names = list(at_once.map(lambda file: _fill(cluster, database, file, meetings, share), together))
        say(f"  {', '.join(names)}: {time.monotonic() - began:.0f} s")
    # As long as this is missing, the database is not finished.
    cluster.psql("postgres", "-c", told)
    return database


def size(cluster, database):
    return cluster.psql(database, "-c", "SELECT pg_size_pretty(pg_database_size(current_database()))").strip()
