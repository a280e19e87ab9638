"""A PostgreSQL of one's own for as long as a measurement takes, and what its processes have computed."""

import glob
import os
import pwd
import shutil
import subprocess
import tempfile

HERTZ = os.sysconf("SC_CLK_TCK")


def programs():
    """The folder with PostgreSQL's programs, the server's and the clients' alike."""
    needed = ["initdb", "pg_ctl", "pg_dump", "psql"]
    folders = os.environ.get("PATH", "").split(":") + sorted(glob.glob("/usr/lib/postgresql/*/bin"), reverse=True)
    for folder in folders:
        if all(os.access(os.path.join(folder, program), os.X_OK) for program in needed):
            return folder
    raise SystemExit(f"no folder with {', '.join(needed)}: install PostgreSQL, or put its programs into PATH")


class Cluster:
    """Settings are PostgreSQL's own, as in the program's private server, unless told otherwise."""

    def __init__(self, settings=()):
        self.bin = programs()
        self.folder = tempfile.mkdtemp(prefix="hoinghi-load-")
        self.user = {}
        if os.geteuid() == 0:
            owner = pwd.getpwnam("postgres")
            os.chown(self.folder, owner.pw_uid, owner.pw_gid)
            self.user = {"user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": []}
        self.data = os.path.join(self.folder, "data")
        self.run("initdb", "-D", self.data, "-U", "hoinghi", "-A", "trust", "-E", "UTF8", "--locale=C", "-N")
        options = " ".join([f"-k {self.folder} -h ''", *(f"-c {setting}" for setting in settings)])
        self.run("pg_ctl", "-D", self.data, "-l", os.path.join(self.folder, "log"), "-o", options, "-w", "start")

    def run(self, program, *arguments):
        subprocess.run([os.path.join(self.bin, program), *arguments], check=True, cwd=self.folder,
                       stdout=subprocess.DEVNULL, **self.user)

    def url(self, database):
        return f"postgres://hoinghi@localhost/{database}?host={self.folder}"

    def sql(self, database, text):
        """What psql prints for the statements, one row a line."""
        told = subprocess.run([os.path.join(self.bin, "psql"), self.url(database), "-qAtX", "-v", "ON_ERROR_STOP=1", "-f", "-"],
                              input=text, check=True, capture_output=True, text=True)
        return told.stdout.splitlines()

    def computed(self):
        """Seconds of CPU that the server and all processes it ever had have used."""
        with open(os.path.join(self.data, "postmaster.pid"), encoding="utf-8") as file:
            postmaster = int(file.readline())
        total = 0
        for path in glob.glob("/proc/[0-9]*/stat"):
            try:
                with open(path, encoding="utf-8") as file:
                    number, rest = file.read().split(" (", 1)
            except OSError:
                continue
            fields = rest.rsplit(")", 1)[1].split()
            if int(number) == postmaster:
                total += sum(map(int, fields[11:15]))
            elif int(fields[1]) == postmaster:
                total += int(fields[11]) + int(fields[12])
        return total / HERTZ

    def stop(self):
        self.run("pg_ctl", "-D", self.data, "-m", "fast", "-w", "stop")
        shutil.rmtree(self.folder, ignore_errors=True)
