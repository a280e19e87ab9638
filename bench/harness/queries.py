"""What is asked, with which parameters, and what the same answer looks like from each target."""

import base64
import json
import re
from pathlib import Path

TOP = Path(__file__).resolve().parent.parent / "queries"
# As many different parameters as a benchmark takes at random.
POOL = 5000

MEETINGS = f"SELECT json_build_object('id', bench.id('meeting', 1 + bench.h(k, 1001, $n))) FROM generate_series(1, {POOL}) AS k"
OFFICIALS = f"SELECT json_build_object('id', bench.id('person', 11 + bench.h(k, 1002, $n / 10 - 10))) FROM generate_series(1, {POOL}) AS k"
BUSIEST = "SELECT json_build_object('id', bench.id('person', k)) FROM generate_series(1, 10) AS k"
# Provinces and years with full pages: at ten thousand meetings not all have twenty. Where sizes are compared, the same ones
# at all of them.
CELLS = """
    SELECT json_build_object('province', v.code, 'province_id', v.id, 'from', make_date(year, 1, 1), 'until', make_date(year + 1, 1, 1))
    FROM (SELECT province_id, extract(year FROM date)::int AS year FROM meetings WHERE date IS NOT NULL GROUP BY 1, 2 HAVING count(*) > $least) AS cells
        JOIN provinces v ON v.id = province_id ORDER BY v.id, year"""
PROVINCES = "SELECT json_build_object('province', v.code) FROM (SELECT DISTINCT province_id AS id FROM meetings) AS m JOIN provinces v USING (id) ORDER BY v.id"
# A body's words as somebody types them who has no marks at hand; pages are full at every size.
TITLES = """
    SELECT json_build_object('words', o.name_folded) FROM meeting_organizers x JOIN organizations o ON o.id = x.organization_id
    WHERE x.role = 'ORGANIZER' AND o.province_id IN (1, 79) GROUP BY o.id HAVING count(*) > $least ORDER BY o.name_key"""
NAMES = """
    SELECT json_build_object('words', family || ' ' || middle) FROM unnest(ARRAY['nguyen', 'tran', 'le']) AS family,
        unnest(ARRAY['van', 'thi', 'huu', 'duc', 'minh', 'quang', 'xuan', 'thanh', 'ngoc', 'dinh', 'cong', 'hong']) AS middle"""
BODIES = """
    SELECT json_build_object('name', o.name) FROM participant_positions h JOIN organizations o ON o.id = h.organization_id
    WHERE o.province_id IN (1, 79, 48, 31) AND o.scope = '' GROUP BY o.id HAVING count(*) > 2 * $least ORDER BY o.name_key"""
NOTHING = "SELECT '{}'"
DAYS = """SELECT json_build_object('day', d::date) FROM generate_series(timestamp '2011-01-01', '2024-12-01', '9 days') AS d"""


class Query:
    """One benchmark. `rows` is where its page is in the answer and how many rows a full one has."""

    def __init__(self, name, title, parameters, file=None, rows=None, targets=("hoinghi",), grows=None, via=None):
        self.name, self.title, self.parameters, self.rows, self.targets, self.via = name, title, parameters, rows, targets, via
        self.file = file or name
        # Why its cost goes with the data, if it may.
        self.grows = grows
        self.texts = {}

    def text(self, target):
        if target not in self.texts:
            kind = "sql" if target in ("floor", "expected") else "graphql"
            text = re.sub(r"^#.*\n", "", (TOP / target / f"{self.file}.{kind}").read_text(), flags=re.M)
            self.texts[target] = re.sub(r"\s+", " ", text).strip()
        return self.texts[target]

    def has(self, target):
        return (TOP / target / f"{self.file}.sql").exists()

    def pool(self, cluster, database, meetings, smallest=None):
        """Its parameters, always the same for the same data; such that pages are also full at the smallest size."""
        values = {"$n": str(meetings), "$least": str(20 * meetings // (smallest or meetings))}
        found = cluster.psql(database, "-c", re.sub(r"\$(n|least)\b", lambda match: values[match.group()], self.parameters))
        return [json.loads(line) for line in found.splitlines()]

    def variables(self, target, given):
        """These parameters as the target has them."""
        if target == "hoinghi":
            kind = {"q1": "Meeting", "q3": "Person"}.get(self.file)
            asked = {**given, "id": f"{kind}:{given.get('id')}"}
            return {key: value for key, value in asked.items() if f"${key}:" in self.text(target)}
        return {**given, "province": given["province_id"]} if "province_id" in given else given


ALL = ("hoinghi", "postgraphile", "floor")
QUERIES = [
    Query("q1", "one meeting, its 10 participants", MEETINGS, targets=ALL),
    Query("q2", "20 meetings of a province and year, 10 participants, 5 tasks, awards each", CELLS, targets=ALL, rows=("meetings", 20)),
    Query("q3", "one person's 20 latest participations", OFFICIALS, targets=ALL, rows=("person.participations", 20)),
    Query("q3-busiest", "the same of somebody who is at one meeting in two hundred", BUSIEST, file="q3", targets=ALL, rows=("person.participations", 20)),
    Query("list", "20 meetings, the latest", NOTHING, rows=("meetings", 20)),
    Query("deep", "20 meetings, deep in the list", DAYS, rows=("meetings", 20), via="meetings"),
    Query("related-tasks", "tasks set at meetings of a province and year", CELLS, rows=("tasks", 20)),
    Query("related-meetings", "meetings where somebody is from a body", BODIES, rows=("meetings", 20)),
    Query("related-people", "people who took part in a province and year", CELLS, rows=("people", 20)),
    Query("contains", "meetings by part of the title, without marks", TITLES, rows=("meetings", 20)),
    Query("names", "people by the beginning of the name, without marks", NAMES, rows=("people", 20)),
    Query("search", "search everywhere, without marks", TITLES, rows=("search", 20), grows="ranks all that it finds"),
    Query("changes", "20 changes since some time", NOTHING, rows=("changes", 20), via="changes"),
    Query("count", "totalCount of a province and year", CELLS, grows="counts exactly"),
    Query("groups", "meetings of a province by year and level", PROVINCES, grows="reads all that it counts"),
    Query("groups-all", "all meetings by year and level", NOTHING, grows="reads all that it counts"),
]


def ask_first(query, ask, pool):
    """Parameters that only the server knows: cursors."""
    if query.via == "meetings":
        asked = "query($day: Date!) { meetings(first: 1, filter: { date: { lt: $day } }) { edges { cursor } } }"
        return [{**given, "after": ask(asked, given)["meetings"]["edges"][0]["cursor"]} for given in pool[:300]]
    if query.via == "changes":
        last = ask("{ changes(first: 1) { pageInfo { endCursor } } }", {})["changes"]["pageInfo"]["endCursor"]
        name, database, _, _, newest, kinds = json.loads(base64.urlsafe_b64decode(last + "=" * (-len(last) % 4)))
        # The place of somebody who had read everything when that was the newest change.
        since = lambda at: base64.urlsafe_b64encode(json.dumps([name, database, at, at, at, kinds], separators=(",", ":")).encode())
        read = [newest * k // 1000 for k in range(1, 900)]
        return [{"read": at, "since": since(at).decode().rstrip("=")} for at in read]
    return pool


def unwrapped(answer):
    """A GraphQL answer with its connections as lists and PostGraphile's names as ours."""
    if isinstance(answer, list):
        return [unwrapped(each) for each in answer]
    if not isinstance(answer, dict):
        return answer
    if "nodes" in answer and set(answer) <= {"nodes", "pageInfo"}:
        return unwrapped(answer["nodes"])
    found = {}
    for key, value in answer.items():
        if key == "groups":
            # Those of one size may stand in any order.
            found[key] = sorted(unwrapped(value), key=json.dumps)
        elif key == "siteName":
            found["site"] = value and {"name": value}
        else:
            found[{"participantPositions": "positions"}.get(key, key)] = unwrapped(value)
    return found


def _roles(text):
    return text.strip("{}").split(",")


def _held(rows, positions, rest):
    """Rows of (key, ..., position's columns) put together by key."""
    found = {}
    for row in rows:
        one = found.setdefault(row[0], {**rest(row), "positions": []})
        one["positions"] += positions(row)
    return list(found.values())


def of_rows(query, rows):
    """The rows of queries/expected as the answer that they stand for: those of the page, or the one with all of it."""
    if not query.rows:
        return unwrapped(rows[0])
    return {query.rows[0]: rows}


def of_floor(query, rows):
    """The floor's rows as the answer that they stand for."""
    name = query.file
    titled = lambda at: lambda row: [{"title": row[at]}] if row[at] else []
    named = lambda name: name and {"name": name}
    if name == "q1":
        [row] = rows
        people = _held(row["participants"], lambda r: [{"title": r[4], "organization": named(r[5])}] if r[4] else [],
                       lambda r: {"name": r[1], "roles": _roles(r[2]), "site": named(r[3])})
        plain = {key: row[key] for key in ["title", "kind", "date", "level", "venue"]}
        return {"meeting": {**plain, "reviewYear": row["review_year"], "province": named(row["province"]), "participants": people}}
    if name == "q2":
        number = lambda text: None if text is None else int(text)
        return {"meetings": [{
            **{key: row[key] for key in ["title", "date", "venue"]},
            "participants": _held(row["participants"], titled(3), lambda r: {"name": r[1], "roles": _roles(r[2])}),
            "tasks": [{"ordinal": int(r[0]), "text": r[1]} for r in row["tasks"]],
            "awards": [{"name": r[0], "grantedBy": named(r[1]), "collectiveCount": number(r[2]), "individualCount": number(r[3])}
                       for r in row["awards"]],
        } for row in rows]}
    [row] = rows
    return {"person": {"name": row["name"], "participations": _held(row["participations"], titled(2), lambda r: {
        "roles": _roles(r[1]), "meeting": {"title": r[3], "date": r[4], "province": named(r[5])}})}}
