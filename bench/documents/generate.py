#!/usr/bin/env python3
"""Writes invented reports, and beside them what each states.

    bench/documents/generate.py COUNT FOLDER [SEED]

FOLDER/documents/YEAR/SLUG.txt are the reports, 3 to 6 KB each, one to four of each event; FOLDER/answers.jsonl has one
line a report: its slug and what it states. The same count and seed give the same bytes everywhere.
"""

import json
import os
import random
import sys

import reports


def main():
    count, folder = int(sys.argv[1]), sys.argv[2]
    seed = sys.argv[3] if len(sys.argv) > 3 else "1"
    documents = os.path.join(folder, "documents")
    os.makedirs(documents, exist_ok=True)
    made, folders = 0, set()
    with open(os.path.join(folder, "answers.jsonl"), "w", encoding="utf-8") as answers:
        for number in range(count):
            event = reports.Event(seed, number)
            copies = random.Random(f"{seed} copies {number}").choices([1, 2, 3, 4], [60, 24, 11, 5])[0]
            for copy in range(min(copies, count - made)):
                slug, text, facts = reports.report(seed, event, copy)
                year = os.path.join(documents, slug[:4])
                if year not in folders:
                    os.makedirs(year, exist_ok=True)
                    folders.add(year)
                with open(os.path.join(year, slug + ".txt"), "w", encoding="utf-8") as file:
                    file.write(text)
                answers.write(json.dumps({"slug": slug, **facts}, ensure_ascii=False) + "\n")
                made += 1
            if made == count:
                break


if __name__ == "__main__":
    main()
