"""Kiểm tra một lần bốc thăm, chỉ cần Python: python draw_verifier.py TỆP [MÃ ĐỐI CHIẾU trong thông báo]."""

import hashlib
import json
import sys


def sha256(*lines: str) -> str:
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def shares(total: int, people: dict[str, int]) -> dict[str, int]:
    parts = {s: divmod(total * n, sum(people.values())) for s, n in people.items()}
    by_rest = sorted(people, key=lambda s: (-parts[s][1], -people[s], s))
    return {s: p + (s in by_rest[: total - sum(q for q, _ in parts.values())]) for s, (p, _) in parts.items()}


def check(content: str, notice: str) -> str:
    doc = json.loads(content)
    pool, rules, chosen = sorted(doc["pool"]), doc["rules"], doc["result"]["chosen"]
    frozen = json.dumps([pool, rules], ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    commit, seed = sha256(frozen), sha256(sha256(frozen), doc["event"]["value"])
    groups, homes = [row[1] for row in pool], dict[str, str]()
    seats = dict(rules["quotas"] or shares(rules["total"], {s: groups.count(s) for s in set(groups)}))
    lots: dict[str, list[str]] = {s: [] for s in sorted(seats)}
    for code, s, home in sorted(pool, key=lambda row: sha256(seed, row[1], row[0])):
        if homes.setdefault((rules["one_per_household"] and home) or f"\n{code}", code) == code:
            lots[s].append(code)
    facts: list[tuple[str, object, object]] = [("Mã đối chiếu", doc["commitment"], commit)]
    facts += [("Mã trong thông báo", notice or commit, commit), ("Hạt giống", doc["seed"], seed)]
    facts += [("Sự kiện", doc["event"]["name"], rules["event"]), ("Nhóm", sorted(chosen), list(lots))]
    facts += [("Cách bốc", rules["method"], "doithoai-draw-1"), ("Số mã", len(pool), len({r[0] for r in pool}))]
    facts += [("Số hộ", len({r[2] for r in pool if r[2]}), len({(r[1], r[2]) for r in pool if r[2]}))]
    for s, mine in lots.items():
        told = chosen[s] + doc["result"]["reserves"][s]
        facts += [(f"Được chọn, {s}", len(chosen[s]), seats[s]), (f"Lá thăm, {s}", len(told), len(mine))]
        facts += [(f"{s}, thứ {i}", a, b) for i, (a, b) in enumerate(zip(told, mine, strict=False), 1)]
    wrong = (f"{what}: tệp ghi {a}, tính lại được {b}." for what, a, b in facts if a != b)
    return next(wrong, f"Khớp hoàn toàn. Được chọn: khớp {sum(seats.values())}/{sum(seats.values())}.")


if __name__ == "__main__":
    try:
        with open(sys.argv[1], encoding="utf-8") as file:
            answer = check(file.read(), "".join(" ".join(sys.argv[2:]).split()))
    except (OSError, LookupError, TypeError, ValueError, ArithmeticError) as problem:
        answer = f"Không đọc được tệp như một bản công bố bốc thăm ({type(problem).__name__})."
    sys.stdout.buffer.write(f"{answer}\n".encode())
    sys.exit(not answer.startswith("Khớp"))
