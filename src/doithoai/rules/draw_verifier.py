"""Kiểm tra một lần bốc thăm, chỉ cần Python: python draw_verifier.py TỆP [MÃ ĐỐI CHIẾU trong thông báo]."""

import hashlib
import json
import sys
from typing import Any

Lots = dict[str, list[str]]
Fact = tuple[str, object, object]


def sha256(*lines: str) -> str:
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def shares(total: int, people: dict[str, int]) -> dict[str, int]:
    """Chia số chỗ theo số người, phần dư lớn trước."""
    parts = {s: divmod(total * n, sum(people.values())) for s, n in people.items()}
    by_rest = sorted(people, key=lambda s: (-parts[s][1], -people[s], s))
    return {s: p + (s in by_rest[: total - sum(q for q, _ in parts.values())]) for s, (p, _) in parts.items()}


class Draw:
    """Danh sách và quy tắc đã chốt. `homes` là hộ của từng người; người không ghi hộ là một hộ riêng."""

    def __init__(self, pool: list[Any], rules: dict[str, Any]) -> None:
        self.pool, self.rules = pool, rules
        self.homes = {code: (rules["one_per_household"] and home) or f"\n{code}" for code, _, home in pool}

    def facts(self) -> list[Fact]:
        """Danh sách có đúng khuôn của cách bốc hay không."""
        homes = [row for row in self.pool if row[2]]
        found: list[Fact] = [("Số mã", len(self.pool), len(self.homes))]
        one_group = (len({row[2] for row in homes}), len({(row[1], row[2]) for row in homes}))
        return [*found, ("Cách bốc", self.rules["method"], "doithoai-draw-1"), ("Số hộ", *one_group)]

    def outcome(self, seed: str) -> tuple[dict[str, object], Lots, Lots]:
        """Trong mỗi nhóm xếp theo lá thăm, mỗi hộ một người; những người đầu được chọn, còn lại là dự bị."""
        groups = [row[1] for row in self.pool]
        seats = dict(self.rules["quotas"] or shares(self.rules["total"], {s: groups.count(s) for s in set(groups)}))
        lots, first = {s: list[str]() for s in sorted(seats)}, dict[str, str]()
        for code, s, _ in self.ordered(seed):
            if first.setdefault(self.homes[code], code) == code:
                lots[s].append(code)
        return {}, {s: c[: seats[s]] for s, c in lots.items()}, {s: c[seats[s] :] for s, c in lots.items()}

    def ordered(self, seed: str) -> list[Any]:
        return sorted(self.pool, key=lambda row: sha256(seed, row[1], row[0]))

    def chances(self) -> str:
        return ""


class Lottery(Draw):
    """Nhiều hạn ngạch cùng lúc: bảng vé gồm các phương án đủ người; một vé trúng định ra phương án."""

    def __init__(self, pool: list[Any], rules: dict[str, Any]) -> None:
        super().__init__(pool, rules)
        self.table, members = rules["lottery"], dict[str, list[str]]()
        for code, s, _ in pool:
            members.setdefault(self.homes[code], []).append(s)
        made_up = {home: "+".join(sorted(strata)) for home, strata in members.items()}
        inside = {code: made_up[self.homes[code]] for code, _, _ in pool}
        self.kind = {code: s if inside[code] == s else f"{s} @ {inside[code]}" for code, s, _ in pool}
        self.kinds, kinds = sorted(set(self.kind.values())), list(self.kind.values())
        self.people = [kinds.count(kind) for kind in self.kinds]
        values = [kind.split(" @ ")[0].split("|") for kind in self.kinds]
        every, homes = range(len(self.kinds)), list(made_up.values())
        self.limits: list[tuple[str, int, int, list[int]]] = [("Tổng số người", *2 * (rules["total"],), list(every))]
        for at, (name, bounds) in enumerate(rules["features"]):
            for value, least, most in bounds:
                self.limits.append((f"{name} {value}", least, most, [k for k in every if values[k][at] == value]))
        for home in sorted(set(homes)):
            own = [k for k in every if self.kinds[k] == home or self.kinds[k].endswith(f" @ {home}")]
            self.limits.append((f"Hộ {home}", 0, homes.count(home), own))

    def facts(self) -> list[Fact]:
        """Mỗi phương án giữ đủ mọi hạn ngạch, mỗi hộ một người; số vé cộng lại đúng."""
        found: list[Fact] = [
            ("Số mã", len(self.pool), len(self.homes)),
            ("Loại người", self.table["kinds"], self.kinds),
        ]
        known = [{value for value, _, _ in bounds} for _, bounds in self.rules["features"]]
        counted = [pair for row in self.pool for pair in zip(row[1].split("|"), known, strict=True)]
        found += [("Nhóm", value, "một nhóm có hạn ngạch") for value, values in counted if value not in values]
        found += [("Nhóm", s, "tên nhóm không có dấu + hay @") for _, s, _ in self.pool if "+" in s or "@" in s]
        for at, (tickets, counts) in enumerate(self.table["panels"], 1):
            panel = dict(counts)
            sums = [(limit, sum(panel.get(k, 0) for k in limit[3])) for limit in self.limits]
            wrong = [f"{x[0]} {n} (từ {x[1]} đến {x[2]})" for x, n in sums if not x[1] <= n <= x[2]]
            odd = tickets <= 0 or min(panel.values(), default=0) < 0 or len(panel) < len(counts)
            if odd or not set(panel) <= set(self.limits[0][3]):
                wrong.append("số không hợp lệ")
            found.append((f"Phương án {at}", "; ".join(wrong) or "đủ hạn ngạch", "đủ hạn ngạch"))
        return [*found, ("Số vé", sum(tickets for tickets, _ in self.table["panels"]), self.table["tickets"])]

    def outcome(self, seed: str) -> tuple[dict[str, object], Lots, Lots]:
        """Vé trúng định ra phương án; trong mỗi loại người lá thăm nhỏ nhất được chọn, mỗi hộ một người."""
        ticket = at = int(sha256(seed, "vé"), 16) % self.table["tickets"]
        place = 0
        while at >= self.table["panels"][place][0]:
            at -= self.table["panels"][place][0]
            place += 1
        wanted = {self.kinds[k]: n for k, n in self.table["panels"][place][1]}
        chosen, reserves = ({s: list[str]() for s in sorted({row[1] for row in self.pool})} for _ in "12")
        first, left = dict[str, str](), []
        for code, s, _ in self.ordered(seed):
            if wanted.get(self.kind[code], 0) and self.homes[code] not in first:
                wanted[self.kind[code]] -= 1
                first[self.homes[code]] = code
                chosen[s].append(code)
            else:
                left.append((code, s))
        for code, s in left:
            if first.setdefault(self.homes[code], code) == code:
                reserves[s].append(code)
        return {"ticket": ticket, "panel": place + 1}, chosen, reserves

    def chances(self) -> str:
        """Khả năng nhỏ nhất của một người, và mức mà không bảng vé nào vượt được."""
        places = [0] * len(self.kinds)
        for tickets, counts in self.table["panels"]:
            for kind, n in counts:
                places[kind] += tickets * n
        least = min(n / (self.table["tickets"] * people) for n, people in zip(places, self.people, strict=True))
        weights, most = [0] * len(self.kinds), 0
        for at, times in self.table["bound"]:
            most += times * self.limits[at][2 if times > 0 else 1]
            for kind in self.limits[at][3]:
                weights[kind] += times
        told = f" Mỗi người có ít nhất {percent(least)} khả năng được chọn"
        if min(weights) < 0 or not any(weights):
            return f"{told}."
        bound = most / sum(w * people for w, people in zip(weights, self.people, strict=True))
        return f"{told}; không bảng vé nào cho mọi người hơn {percent(bound)}."


def percent(share: float) -> str:
    return f"{100 * share:.3f} %".replace(".", ",")


def check(content: str, notice: str) -> str:
    doc = json.loads(content)
    pool, rules, result = sorted(doc["pool"]), doc["rules"], doc.get("result")
    frozen = json.dumps([pool, rules], ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    commit = sha256(frozen)
    facts: list[Fact] = [("Mã đối chiếu", doc["commitment"], commit), ("Mã trong thông báo", notice or commit, commit)]
    if not (wrong := differences(facts)):
        draw = (Lottery if rules["method"] == "doithoai-draw-2" else Draw)(pool, rules)
        facts += draw.facts()
        if not (wrong := differences(facts)) and result is not None:
            seed = sha256(commit, doc["event"]["value"])
            facts += [("Hạt giống", doc["seed"], seed), ("Sự kiện", doc["event"]["name"], rules["event"])]
            facts += compared(result, *draw.outcome(seed))
            wrong = differences(facts)
    if wrong:
        return wrong[0]
    if result is None:
        return "Kết quả: tệp ghi chưa có, tính lại được một lần bốc thăm."
    count = sum(map(len, result["chosen"].values()))
    return f"Khớp hoàn toàn. Được chọn: khớp {count}/{count}.{draw.chances()}"


def compared(result: dict[str, Any], table: dict[str, object], chosen: Lots, reserves: Lots) -> list[Fact]:
    """Kết quả trong tệp bên cạnh kết quả tính lại, từng người một."""
    facts: list[Fact] = [("Vé trúng", result.get("ticket"), table.get("ticket"))]
    facts += [("Phương án", result.get("panel"), table.get("panel"))]
    facts += [("Nhóm", sorted(result["chosen"]), list(chosen))]
    for s in chosen if sorted(result["chosen"]) == list(chosen) else ():
        told, mine = result["chosen"][s] + result["reserves"][s], chosen[s] + reserves[s]
        facts += [
            (f"Được chọn, {s}", len(result["chosen"][s]), len(chosen[s])),
            (f"Lá thăm, {s}", len(told), len(mine)),
        ]
        facts += [(f"{s}, thứ {i}", a, b) for i, (a, b) in enumerate(zip(told, mine, strict=False), 1)]
    return facts


def differences(facts: list[Fact]) -> list[str]:
    return [f"{what}: tệp ghi {a}, tính lại được {b}." for what, a, b in facts if a != b]


if __name__ == "__main__":
    try:
        with open(sys.argv[1], encoding="utf-8") as file:
            answer = check(file.read(), "".join(" ".join(sys.argv[2:]).split()))
    except (OSError, LookupError, TypeError, ValueError, ArithmeticError) as problem:
        answer = f"Không đọc được tệp như một bản công bố bốc thăm ({type(problem).__name__})."
    sys.stdout.buffer.write(f"{answer}\n".encode())
    sys.exit(not answer.startswith("Khớp"))
