"""Invents events and what papers write of them. Everything follows from the seed and the event's number."""

import datetime
import os
import random
import unicodedata

import words as w

TABLE = os.path.join(os.path.dirname(__file__), "../../src/domain/provinces.tsv")
PROVINCES = [r.split("\t")[3] for r in open(TABLE, encoding="utf-8") if r.startswith("2004") and "\tPROVINCE\t" in r]
FIRST = datetime.date(2015, 1, 5)
DAYS = 3650


def name(of):
    """A person's name; the same for whoever asks with the same generator's state."""
    middle, given = (w.MEN, w.MEN_GIVEN) if of.random() < 0.65 else (w.WOMEN, w.WOMEN_GIVEN)
    return f"{of.choice(w.SURNAMES)} {of.choice(middle)} {of.choice(given)}"


def holder(seed, office, place, year):
    """Who holds an office: the same person in every report of a term of five years."""
    return name(random.Random(f"{seed} {office} {place} {year // 5}"))


def plain(text):
    """The slug's form of a text."""
    marks = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    kept = "".join(c for c in marks if not unicodedata.combining(c)).lower()
    return "-".join("".join(c if c.isalnum() else " " for c in kept).split())


def heads(body, province):
    """Offices at the head of a body, first the highest, as a report of its own meeting writes them."""
    if body == "UBND tỉnh":
        return ["Chủ tịch UBND tỉnh", "Phó Chủ tịch UBND tỉnh", "Chánh Văn phòng UBND tỉnh"]
    if body.startswith("UBND huyện"):
        unit = body.removeprefix("UBND ")
        return [f"Chủ tịch UBND {unit}", f"Phó Chủ tịch UBND {unit}"]
    if body.startswith("Sở"):
        return [f"Giám đốc {body}", f"Phó Giám đốc {body}"]
    if body.startswith("Bộ"):
        return [f"Bộ trưởng {body}", f"Thứ trưởng {body}"]
    return [f"Trưởng {body}", f"Phó Trưởng {body}"]


class Event:
    """Something that took place, as it was: what every report of it is true to."""

    def __init__(self, seed, number):
        of = random.Random(f"{seed} event {number}")
        self.number = number
        self.date = FIRST + datetime.timedelta(days=of.randrange(DAYS))
        self.level = of.choices(["PROVINCIAL", "DISTRICT", "NATIONAL"], [70, 18, 12])[0]
        self.province = of.choice(PROVINCES) if self.level != "NATIONAL" else "Hà Nội"
        place = f" {of.choice(w.DISTRICTS)}" if self.level == "DISTRICT" else ""
        self.body = {"NATIONAL": of.choice(w.CENTRAL), "PROVINCIAL": of.choice(w.PROVINCIAL),
                     "DISTRICT": f"UBND huyện{place}"}[self.level]
        self.field = of.choice(w.FIELDS) + of.choice(w.SCOPES)
        self.part = of.choice([None, "MORNING", "AFTERNOON"])
        self.year = self.date.year if self.date.month > 2 else self.date.year - 1
        self.plan = self.year + 1 if of.random() < 0.6 else None
        self.hybrid = self.level == "NATIONAL" and of.random() < 0.5
        self.kind, self.head = of.choices([("CONFERENCE", "Hội nghị tổng kết"), ("CONFERENCE", "Hội nghị sơ kết"),
                                           ("TRAINING", "Hội nghị tập huấn"), ("SEMINAR", "Hội thảo"),
                                           ("CEREMONY", "Lễ tổng kết")], [50, 15, 12, 10, 13])[0]
        self.reviews = self.head.endswith("kết")
        offices = heads(self.body, self.province)
        if self.level == "PROVINCIAL":
            offices = [of.choice(["Phó Bí thư Thường trực Tỉnh ủy", "Trưởng Ban Tuyên giáo Tỉnh ủy",
                                  "Phó Chủ tịch HĐND tỉnh", "Phó Chủ tịch UBND tỉnh"]), *offices]
        where = f"{self.province}{place}" if self.level != "NATIONAL" else ""
        people = {}
        for office in dict.fromkeys(offices):
            people.setdefault(holder(seed, office, where, self.date.year), office)
        more = of.randrange(1, 4)
        while len(people) < len(set(offices)) + more and len(people) < 7:
            unit = of.choice([body for body in w.PROVINCIAL if body.startswith("Sở")])
            office = of.choice([f"Giám đốc {unit}", f"Phó Giám đốc {unit}"])
            people.setdefault(holder(seed, office, where, self.date.year), office)
        self.people = list(people.items())
        self.tasks = []
        for _ in range(of.randrange(3, 9)):
            task = f"{of.choice(w.TASK_VERBS)} {of.choice(w.TASK_OBJECTS)}{of.choice(w.TASK_ENDS)}"
            if task not in self.tasks:
                self.tasks.append(task)
        self.award = (of.choice(["Bằng khen", "Giấy khen"]), of.randrange(2, 60), of.randrange(3, 90)) \
            if self.reviews and of.random() < 0.7 else None
        self.act = None
        if of.random() < 0.4:
            form, word, issuer = of.choice(w.ISSUERS)
            day = datetime.date(self.date.year - of.randrange(1, 4), of.randrange(1, 13), of.randrange(1, 28))
            number = of.randrange(1, 90)
            code = f"{number}-{form}" if form.endswith("TW") else f"{number}/{form}"
            self.act = (code, word, issuer, day)

    def title(self, long):
        """Its name, with the plan for the next year or without."""
        if not self.reviews:
            return f"{self.head} về công tác {self.field}"
        plan = f", triển khai nhiệm vụ năm {self.plan}" if self.plan and long else ""
        return f"{self.head} công tác {self.field} năm {self.year}{plan}"


def number(of, low, high):
    value = of.randrange(low, high)
    return f"{value:,}".replace(",", "."), value


def results(of, facts, least):
    """Paragraphs of what was done, with figures, until there are `least` bytes."""
    paragraphs, size, told = [], 0, []
    while size < least:
        sentences = []
        for _ in range(of.randrange(3, 6)):
            if of.random() < 0.4:
                form = of.choice(w.COUNTED)
                n, p, m = number(of, 2, 9000), of.randrange(101, 999), of.randrange(11, 999)
                sentences.append(form.format(n=n[0], p=f"{p // 10},{p % 10}", m=f"{m // 10},{m % 10}"))
                unit = next((unit for words, unit in w.UNITS.items() if "{n} " + words in form), None)
                value, unit = (n[1], unit) if unit else (p / 10, "%") if "{p}" in form else (m * 100_000_000, "đồng")
                facts["figures"].append([f"{value:g}" if isinstance(value, float) else str(value), unit])
            else:
                told = told or of.sample(w.PLAIN, len(w.PLAIN))
                sentences.append(told.pop())
        paragraph = " ".join(sentences)
        size += len(paragraph.encode()) + 2
        paragraphs.append(paragraph)
    return paragraphs


def report(seed, event, copy):
    """The `copy`th report of an event: its slug, its text, and what it states."""
    of = random.Random(f"{seed} report {event.number} {copy}")
    say = of.choice
    facts = {"event": event.number, "kind": "MEETING_REPORT", "meetings": [], "participants": [], "tasks": [],
             "awards": [], "directives": [], "figures": []}
    slug = f"{event.date}-{plain(event.field)[:40].strip('-')}-{event.number}-{copy}"
    people = event.people if copy == 0 else event.people[:max(2, len(event.people) - of.randrange(0, 3))]
    title = event.title(long=of.random() < 0.8)
    on = f"{event.date.day}/{event.date.month}/{event.date.year}"
    part = {None: "", "MORNING": "sáng ", "AFTERNOON": "chiều "}[event.part] if of.random() < 0.85 else ""
    part_told = event.part if part else None
    body = event.body if event.level != "PROVINCIAL" else f"{event.body} {event.province}" \
        if event.body == "UBND tỉnh" or event.body.startswith("Sở") else event.body + f" {event.province}"
    place = {"NATIONAL": "Tại Hà Nội, ", "PROVINCIAL": "", "DISTRICT": ""}[event.level]
    mode = " theo hình thức trực tiếp kết hợp trực tuyến" if event.hybrid else ""
    day = say([f"{part}ngày {on}", f"{part}{on}" if part else f"ngày {on}"])
    first = say([
        f"{place}{day}, {body} tổ chức {title}{mode}." if place else f"{day[0].upper()}{day[1:]}, {body} tổ chức {title}{mode}.",
        f"{title} được {body} tổ chức {day}{mode}.",
        f"{body} vừa tổ chức {title} vào {day}{mode}.",
    ])
    if event.level == "DISTRICT":
        first = first.replace(body, f"{body}, tỉnh {event.province}", 1) if of.random() < 0.5 else \
            first.replace(body, f"{body} (tỉnh {event.province})", 1)
    facts["meetings"].append({"title": title, "date": str(event.date), "kind": event.kind, "partOfDay": part_told,
                              "level": "INSTITUTIONAL" if event.body.startswith("Bộ") else event.level, "reviewYear": event.year if event.reviews else None})

    roles = {}
    (chair, chair_office), *others = people
    address = say(["đồng chí", "ông", "đồng chí"])
    call = lambda person: ("bà" if "Thị" in person and address == "ông" else address)
    opening = say([f"Chủ trì hội nghị là {call(chair)} {chair}, {chair_office}.",
                   f"{call(chair)[0].upper()}{call(chair)[1:]} {chair}, {chair_office} chủ trì hội nghị."])
    roles[chair] = {"CHAIR"}
    present = others[:-1] if len(others) > 2 else others
    if present:
        listed = "; ".join(f"{call(p)} {p}, {o}" for p, o in present)
        opening += say([f" Tham dự có {listed}.", f" Cùng dự có {listed}.", f" Dự hội nghị có {listed}."])
        for person, _ in present:
            roles[person] = {"ATTENDEE"}
    paragraphs = [first, opening]

    if event.act:
        code, word, issuer, issued = event.act
        paragraphs.append(say(["Hội nghị gắn với việc thực hiện", "Trọng tâm là việc đưa vào cuộc sống"])
                          + f" {word} số {code} ngày {issued.day}/{issued.month}/{issued.year} của {issuer}.")
        facts["directives"].append(code)
    presenter = others[-1] if len(others) > 2 else None
    if presenter:
        person, office = presenter
        paragraphs.append(f"{call(person)[0].upper()}{call(person)[1:]} {person}, {office} trình bày báo cáo kết quả công tác {event.field}.")
        roles[person] = {"PRESENTER"}
    paragraphs += results(of, facts, of.randrange(1500, 3300))

    year = event.plan or event.year + 1
    by = chair if of.random() < 0.75 else None
    lead = f"Phát biểu kết luận hội nghị, {call(chair)} {chair} yêu cầu trong năm {year}, các đơn vị thực hiện tốt các nhiệm vụ sau:" \
        if by else f"Trong năm {year}, ngành xác định những nhiệm vụ sau:"
    if by:
        roles[chair].add("SPEAKER")
    paragraphs.append(lead)
    marks = say([["- "] * 9, ["Một là, ", "Hai là, ", "Ba là, ", "Bốn là, ", "Năm là, ", "Sáu là, ", "Bảy là, ", "Tám là, "],
                 ["Thứ nhất, ", "Thứ hai, ", "Thứ ba, ", "Thứ tư, ", "Thứ năm, ", "Thứ sáu, ", "Thứ bảy, ", "Thứ tám, "]])
    for mark, task in zip(marks, event.tasks):
        task = task[0].upper() + task[1:] if mark == "- " else task
        paragraphs.append(f"{mark}{task}.")
        facts["tasks"].append({"text": task + ".", "year": year, "assignedBy": by})
    if event.award:
        award, collectives, individuals = event.award
        grantor = event.body if not event.body.startswith("UBND") else "Chủ tịch " + event.body
        wording = say([f"Nhân dịp này, {grantor} tặng {award} cho {collectives} tập thể, {individuals} cá nhân có thành tích trong công tác {event.field} năm {event.year}.",
                               f"Tại hội nghị, {grantor} đã trao {award} cho {collectives} tập thể và {individuals} cá nhân có thành tích xuất sắc năm {event.year}."])
        paragraphs.append(wording)
        facts["figures"] += [[str(collectives), "tập thể"], [str(individuals), "cá nhân"]]
        for person, office in people:
            if office == grantor and person in roles and "đã trao" in wording:
                roles[person] = roles[person] - {"ATTENDEE"} | {"AWARD_PRESENTER"}
        facts["awards"].append({"name": award, "grantedBy": grantor, "collectiveCount": collectives,
                                "individualCount": individuals, "year": event.year})
    offices = dict(people)
    facts["participants"] = [{"name": p, "roles": sorted(r), "positions": [offices[p]]} for p, r in roles.items()]
    # Now and then a name is spelled the other way, or the text is decomposed, as it comes from elsewhere.
    headline = f"{say(['Tổng kết', 'Nhìn lại', 'Bàn về', 'Thêm sức cho'])} công tác {event.field}"
    text = "\n\n".join([headline, *paragraphs]) + "\n"
    if of.random() < 0.03:
        text = unicodedata.normalize("NFD", text)
    front = f"---\ntitle: \"{headline}\"\npublisher: Báo Bịa {say(PROVINCES)}\npublished_on: {event.date}\n---\n"
    return slug, front + text, facts
