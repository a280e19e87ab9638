"""A PostgreSQL of our own in a folder, as fast as tests like it: what it holds can be made again."""

import os
import pwd
import shutil
import socket
import subprocess
import time
from pathlib import Path

SETTINGS = """
listen_addresses = '127.0.0.1'
unix_socket_directories = ''
port = {port}
max_connections = 200
shared_buffers = {shared_buffers}
work_mem = 16MB
maintenance_work_mem = 512MB
jit = off
# Nothing here has to outlive a crash, and nothing may run beside what is measured.
fsync = off
synchronous_commit = off
full_page_writes = off
wal_level = minimal
max_wal_senders = 0
max_wal_size = 2GB
autovacuum = off
"""


def programs():
    """The folder of PostgreSQL's programs: what PATH has, else Debian's newest."""
    found = [Path(initdb).resolve().parent for initdb in [shutil.which("initdb")] if initdb]
    found += sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda bin: -int(bin.parent.name))
    for folder in found:
        if (folder / "postgres").exists() and (folder / "pgbench").exists():
            return folder
    raise SystemExit("bench: no PostgreSQL here: initdb, postgres and pgbench are needed (Debian: apt-get install postgresql)")


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


class Cluster:
    """A cluster in `folder`/pg. Whoever finds it running leaves it running."""

    def __init__(self, folder, shared_buffers="4GB"):
        self.folder = Path(folder).resolve() / "pg"
        self.bin = programs()
        self.shared_buffers = shared_buffers
        self.process = None
        self.user = {}
        if os.geteuid() == 0:
            # PostgreSQL refuses to run as root.
            try:
                self.user = {"user": "postgres", "group": pwd.getpwnam("postgres").pw_gid, "extra_groups": []}
            except KeyError:
                raise SystemExit("bench: PostgreSQL does not run as root, and there is no user postgres; run this as somebody else") from None
        self.port = None

    def start(self):
        running = self._running()
        if running:
            self.pid, self.port = running
            return
        if not (self.folder / "PG_VERSION").exists():
            self.folder.mkdir(parents=True, exist_ok=True)
            if self.user:
                shutil.chown(self.folder, "postgres")
            self._run("initdb", "-D", str(self.folder), "-U", "postgres", "-A", "trust", "--locale=C", "--encoding=UTF8", "--no-sync")
        self.port = free_port()
        (self.folder / "postgresql.auto.conf").write_text(SETTINGS.format(port=self.port, shared_buffers=self.shared_buffers))
        if self.user:
            shutil.chown(self.folder / "postgresql.auto.conf", "postgres")
        log = open(self.folder.parent / "postgres.log", "ab")
        self.process = subprocess.Popen(
            [self.bin / "postgres", "-D", self.folder], stdout=log, stderr=log, cwd="/", start_new_session=True, **self.user)
        self.pid = self.process.pid
        for _ in range(300):
            if self.process.poll() is not None:
                break
            if subprocess.run([self.bin / "pg_isready", "-q", "-h", "127.0.0.1", "-p", str(self.port)]).returncode == 0:
                return
            time.sleep(0.1)
        raise SystemExit(f"bench: PostgreSQL did not start; {self.folder.parent}/postgres.log says why")

    def stop(self):
        """Stops it, if it was started here."""
        if self.process:
            self.process.send_signal(2)
            self.process.wait()

    def url(self, database):
        return f"postgres://postgres@127.0.0.1:{self.port}/{database}"

    def psql(self, database, *arguments, input=None):
        """What psql prints, unaligned and without headings; an error in SQL ends the benchmark."""
        command = [self.bin / "psql", "-qAtX", "-v", "ON_ERROR_STOP=1", "-d", self.url(database), *arguments]
        done = subprocess.run(command, input=input, text=True, capture_output=True)
        if done.returncode:
            raise SystemExit(f"bench: psql {' '.join(arguments)}: {done.stderr.strip()}")
        return done.stdout

    def _running(self):
        try:
            lines = (self.folder / "postmaster.pid").read_text().splitlines()
            pid, port = int(lines[0]), int(lines[3])
        except (OSError, ValueError, IndexError):
            return None
        answers = subprocess.run([self.bin / "pg_isready", "-q", "-h", "127.0.0.1", "-p", str(port)]).returncode == 0
        return (pid, port) if answers else None

    def _run(self, program, *arguments):
        done = subprocess.run([self.bin / program, *arguments], capture_output=True, text=True, cwd="/", **self.user)
        if done.returncode:
            raise SystemExit(f"bench: {program}: {done.stderr.strip()}")
