"""Every draw beside what the journal holds of it: the list, who stands behind each code, the result, who was invited."""

from collections.abc import Iterable, Iterator, Mapping

from doithoai.journal.queries import Line
from doithoai.roster.models import Draw, Invitation, Pool
from doithoai.rules import draw as lots
from doithoai.rules.chain import Fact, Fault

Facts = Mapping[str, Fact]
NOTHING: Facts = {}


def draw_faults(frozen: Iterable[Line], drawn: Iterable[Line]) -> Iterator[Fault]:
    """What does not fit, at most one thing for each sitting; `frozen` and `drawn` are the journal's entries of both acts."""
    committed = {str(line.facts["sitting"]): line.facts for line in frozen}
    results = {str(line.facts["sitting"]): line.facts for line in drawn}
    pools = {pool.sitting.code: pool for pool in Pool.objects.select_related("sitting", "drawing").order_by("pk")}
    for code in [*pools, *(code for code in committed if code not in pools)]:
        told, result = committed.get(code, NOTHING), results.get(code, NOTHING)
        wrong = _of_pool(pools[code], told, result) if code in pools else iter(["thiếu danh sách đã chốt"])
        yield from (Fault(f"bốc thăm {code}", what) for what in list(wrong)[:1])


def _of_pool(pool: Pool, told: Facts, result: Facts) -> Iterator[str]:
    if pool.commitment != told.get("commitment") or lots.digest_of(pool.canonical) != pool.commitment:
        yield "danh sách, quy tắc đã chốt không khớp mã đối chiếu ghi trong nhật ký"
        return  # nothing that stands in it can be trusted
    rows, rules = lots.thaw(pool.canonical)
    members = list(pool.members.select_related("person"))
    behind = [lots.Behind(row.code, row.person.code, row.file_code, row.done_on) for row in members]
    if lots.mapping_digest(pool.salt, behind) != told.get("mapping") or rules.mapping != told.get("mapping"):
        yield "người đứng sau các mã không còn như lúc chốt danh sách"
    if {(row.code, row.stratum) for row in members} != {(row.code, row.stratum) for row in rows}:
        yield "các mã không phải các mã của danh sách đã chốt"
    if (pool.event_name, pool.event_on.isoformat()) != (rules.event, rules.event_on):
        yield "sự kiện công khai không phải sự kiện đã chốt"
    yield from _of_draw(pool, getattr(pool, "drawing", None), result)


def _of_draw(pool: Pool, drawing: Draw | None, told: Facts) -> Iterator[str]:
    if drawing is None:
        yield from ["thiếu kết quả bốc thăm đã ghi trong nhật ký"] if told else []
        return
    document = drawing.published
    if lots.document_digest(document) != told.get("published"):
        yield "kết quả đã công bố không khớp mã ghi trong nhật ký"
        return
    event = document["event"]
    if (drawing.seed, drawing.event_value, drawing.source) != (document["seed"], event["value"], event["source"]):
        yield "số ngẫu nhiên hoặc nơi tra lại không phải như đã công bố"
    yield from (found.sentence.removesuffix(".") for found in lots.verify_published(document, pool.commitment))
    yield from _of_invitations(pool, document["result"])


def _of_invitations(pool: Pool, result: Mapping[str, Mapping[str, list[str]]]) -> Iterator[str]:
    routes = {Invitation.Route.DRAWN: "chosen", Invitation.Route.RESERVE: "reserves"}
    expected = [
        (code, route.value, rank)
        for route, groups in routes.items()
        for codes in result[groups].values()
        for rank, code in enumerate(codes, start=1)
    ]
    rows = Invitation.objects.filter(sitting_id=pool.sitting_id).select_related("member")
    drawn = [row for row in rows if row.member or row.route in routes]
    for row in drawn:
        if row.member is None or row.member.pool_id != pool.pk or row.person_id != row.member.person_id:
            yield f"{row.code} không mời đúng người đứng sau mã đã bốc"
    if sorted((row.member.code if row.member else "", row.route, row.rank or 0) for row in drawn) != sorted(expected):
        yield "danh sách mời không phải những mã đã bốc, theo đúng thứ tự"
