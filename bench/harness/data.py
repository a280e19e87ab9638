"""The databases: the schema as our migrations make it, filled by data/*.sql."""

import hashlib
import subprocess
import time
from pathlib import Path

TOP = Path(__file__).resolve().parent.parent
# What single reports say of participants, and sentences, are there for one document in ten of a million.
SHARES = [(1_000_000, 10)]


def name(meetings):
    return "bench" if meetings == 100_000 else f"bench_{meetings}"


def ensure(cluster, meetings, program, say):
    """The name of a database with so many meetings, made anew if there is none as these files would make it."""
    database, share = name(meetings), max([1] + [share for size, share in SHARES if meetings >= size])
    files = sorted((TOP / "data").glob("*.sql"))
    migrations = sorted((TOP.parent / "migrations").glob("*.sql"))
    made_from = hashlib.sha256(b"".join(file.read_bytes() for file in migrations + files) + f"{meetings} {share}".encode()).hexdigest()
    known = cluster.psql("postgres", "-c", f"SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = '{database}'")
    if known.strip() == made_from:
        return database
    say(f"making {database}: {meetings:,} meetings")
    cluster.psql("postgres", "-c", f"DROP DATABASE IF EXISTS {database}", "-c", f"CREATE DATABASE {database}")
    # Any command of the program migrates.
    migrate = subprocess.run([program, "keys", "list", "--database-url", cluster.url(database)], capture_output=True, text=True)
    if migrate.returncode:
        raise SystemExit(f"bench: {migrate.stderr.strip()}")
    for file in files:
        began = time.monotonic()
        cluster.psql(database, "-v", f"n={meetings}", "-v", f"share={share}", "-f", str(file))
        say(f"  {file.name}: {time.monotonic() - began:.0f} s")
    cluster.psql(database, "-f", str(TOP / "postgraphile/functions.sql"))
    # As long as this is missing, the database is not finished.
    cluster.psql("postgres", "-c", f"COMMENT ON DATABASE {database} IS '{made_from}'")
    return database


def size(cluster, database):
    return cluster.psql(database, "-c", "SELECT pg_size_pretty(pg_database_size(current_database()))").strip()
