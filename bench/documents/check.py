#!/usr/bin/env python3
"""Compares what a database holds with what the generator knows, and prints precision and recall of each kind.

    bench/documents/check.py ANSWERS DATABASE_URL

ANSWERS is the file that generate.py has written. Documents that are not stored count as missed. Needs psql.
"""

import collections
import json
import re
import subprocess
import sys
import unicodedata

# One query a kind: the document's slug, and the values, of which each row is one fact.
QUERIES = {
    "meeting: title": "SELECT d.slug, r.title FROM meeting_reports r",
    "meeting: day": "SELECT d.slug, r.date::text FROM meeting_reports r",
    "meeting: part of day": "SELECT d.slug, r.part_of_day FROM meeting_reports r",
    "meeting: kind": "SELECT d.slug, r.kind FROM meeting_reports r",
    "meeting: level": "SELECT d.slug, r.level FROM meeting_reports r",
    "meeting: year reviewed": "SELECT d.slug, r.review_year::text FROM meeting_reports r",
    "participant: name": "SELECT d.slug, r.name FROM participant_reports r",
    "participant: role": "SELECT d.slug, r.name, unnest(r.roles) FROM participant_reports r",
    "participant: position": "SELECT d.slug, r.name, p.title FROM participant_reports r "
                             "JOIN report_positions p ON p.participant_report_id = r.id",
    "task: text": "SELECT d.slug, r.text FROM tasks r",
    "task: year": "SELECT d.slug, r.text, r.year::text FROM tasks r",
    "task: set by": "SELECT d.slug, r.text, r.assigned_by_name FROM tasks r",
    "award: name and counts": "SELECT d.slug, r.name, r.collective_count::text, r.individual_count::text FROM award_reports r",
    "award: granted by": "SELECT d.slug, r.name, r.granted_by_name FROM award_reports r",
    "award: year": "SELECT d.slug, r.name, r.year::text FROM award_reports r",
    "directive: code": "SELECT d.slug, r.code FROM directives r",
    "figure: value and unit": "SELECT d.slug, trim_scale(r.value)::text, r.unit FROM figures r",
}
PERSONS_ONLY = "r.kind = 'PERSON'"


def known(answer):
    """What a report states, by the same kinds."""
    meetings, people, tasks, awards = (answer[kind] for kind in ("meetings", "participants", "tasks", "awards"))
    return {
        "meeting: title": [(m["title"],) for m in meetings],
        "meeting: day": [(m["date"],) for m in meetings],
        "meeting: part of day": [(m["partOfDay"],) for m in meetings],
        "meeting: kind": [(m["kind"],) for m in meetings],
        "meeting: level": [(m["level"],) for m in meetings],
        "meeting: year reviewed": [(m["reviewYear"],) for m in meetings],
        "participant: name": [(p["name"],) for p in people],
        "participant: role": [(p["name"], role) for p in people for role in p["roles"]],
        "participant: position": [(p["name"], title) for p in people for title in p["positions"]],
        "task: text": [(t["text"],) for t in tasks],
        "task: year": [(t["text"], t["year"]) for t in tasks],
        "task: set by": [(t["text"], t["assignedBy"]) for t in tasks],
        "award: name and counts": [(a["name"], a["collectiveCount"], a["individualCount"]) for a in awards],
        "award: granted by": [(a["name"], a["grantedBy"]) for a in awards],
        "award: year": [(a["name"], a["year"]) for a in awards],
        "directive: code": [(code,) for code in answer["directives"]],
        "figure: value and unit": [tuple(figure) for figure in answer["figures"]],
    }


def key(values):
    """Values without case and punctuation; None if one that makes the fact is absent."""
    if values[-1] in (None, ""):
        return None
    plain = unicodedata.normalize("NFC", "\x1f".join("" if v is None else str(v) for v in values)).lower()
    plain = re.sub(r"[^\w\x1f%,/-]+", " ", plain)
    return re.sub(r" *(\x1f|$)", r"\1", plain)


def rows(url, query):
    told = subprocess.run(["psql", url, "-qAtX", "-c", f"COPY ({query}) TO STDOUT"], check=True, capture_output=True, text=True)
    for line in told.stdout.splitlines():
        yield [None if value == "\\N" else value.replace("\\\\", "\\") for value in line.split("\t")]


def pairs(groups):
    """How many pairs there are within groups of these sizes."""
    return sum(n * (n - 1) // 2 for n in groups)


def main():
    answers = {}
    with open(sys.argv[1], encoding="utf-8") as file:
        for line in file:
            answer = json.loads(line)
            answers[answer["slug"]] = answer
    url = sys.argv[2]
    tally = collections.defaultdict(lambda: [0, 0, 0])
    misses = collections.defaultdict(list)
    expected = {slug: known(answer) for slug, answer in answers.items()}
    for kind, query in QUERIES.items():
        where = " WHERE " + PERSONS_ONLY if kind.startswith("participant") else ""
        found = collections.defaultdict(collections.Counter)
        for slug, *values in rows(url, f"{query} JOIN facts f ON f.id = r.id JOIN documents d ON d.id = f.document_id{where}"):
            if (one := key(values)) is not None:
                found[slug][one] += 1
        for slug, facts in expected.items():
            there = collections.Counter(one for one in map(key, facts[kind]) if one is not None)
            right = sum((there & found[slug]).values())
            for place, count in enumerate((right, found[slug].total(), there.total())):
                tally[kind][place] += count
            misses[kind] += [(slug, "missed", one) for one in there - found[slug]][:1]
            misses[kind] += [(slug, "wrong", one) for one in found[slug] - there][:1]
    together = collections.Counter()
    alone, real = collections.Counter(), collections.Counter(answer["event"] for answer in answers.values())
    for slug, meeting in rows(url, "SELECT d.slug, r.meeting_id FROM meeting_reports r JOIN facts f ON f.id = r.id "
                                   "JOIN documents d ON d.id = f.document_id"):
        if slug in answers:
            together[meeting, answers[slug]["event"]] += 1
            alone[meeting] += 1
    tally["pairs of reports of one event"] = [pairs(together.values()), pairs(alone.values()), pairs(real.values())]
    print(f"{'kind':<32}{'right':>9}{'found':>9}{'there':>9}{'precision':>11}{'recall':>9}")
    for kind, (right, found, there) in tally.items():
        print(f"{kind:<32}{right:>9}{found:>9}{there:>9}{right / max(found, 1):>11.4f}{right / max(there, 1):>9.4f}")
    if "--misses" in sys.argv:
        for kind, all_of_it in misses.items():
            for slug, what, one in all_of_it[:6]:
                print(f"{kind}: {what} in {slug}: {one.replace(chr(31), ' | ')}")


if __name__ == "__main__":
    main()
