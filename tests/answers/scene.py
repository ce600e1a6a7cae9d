"""Answers of the Đông Hòa stage in the state a test starts from."""

from datetime import datetime
from typing import Any

from doithoai.answers import actions as answers
from doithoai.answers.models import Answer
from doithoai.intake import actions as intake
from doithoai.intake.models import Opinion
from tests.cast import Stage
from tests.intake import scene
from tests.intake.scene import NOW

TEXT = "Hồ sơ nộp trực tuyến hợp lệ thì không phải nộp lại bản giấy."
BASIS = "Nghị định số 45/2020/NĐ-CP"
STEP = "Mang giấy tờ tùy thân đến Bộ phận Một cửa nhận kết quả vào ngày hẹn"


def assigned(stage: Stage, opinion: Opinion | None = None, **fields: Any) -> Answer:
    """An answer given to the lead office of the first sitting."""
    row = opinion or scene.accepted(stage, **fields)
    return answers.assign(row, lead=scene.sitting_of(stage).lead, actor=stage.cast.hoa.as_actor(), now=NOW)


def write(stage: Stage, answer: Answer, text: str = TEXT, *, now: datetime = NOW, **fields: Any) -> Answer:
    """The lead's officer writes it, from the revision that stands unless said otherwise."""
    answer.refresh_from_db()
    whole: dict[str, Any] = {
        "basis": BASIS, "next_step": STEP, "uptake": "full", "revision": answer.revision,
        "actor": scene.officer(stage), **fields,
    }  # fmt: skip
    return answers.draft(answer, text=text, now=now, **whole)


def submitted(stage: Stage, opinion: Opinion | None = None, **fields: Any) -> Answer:
    """An answer that waits for its approval."""
    answer = write(stage, assigned(stage, opinion), **fields)
    return answers.submit_answer(answer, actor=scene.officer(stage), now=NOW)


def approved(stage: Stage, opinion: Opinion | None = None, **fields: Any) -> Answer:
    """An approved answer."""
    answer = submitted(stage, opinion, **fields)
    return answers.approve_answer(answer, actor=stage.cast.leader.as_actor(), now=NOW)


def with_twin(stage: Stage) -> tuple[Opinion, Opinion]:
    """An accepted opinion of bà Mẫu and one of ông Thử that was merged into it."""
    root = scene.accepted(stage, "Nộp mạng rồi còn nộp giấy")
    twin = scene.accepted(stage, "Tôi cũng bị vậy", who=scene.person(stage, "Lê Văn Thử", "nam", "0900000009"))
    intake.merge(twin, root, reason="Trùng", actor=scene.officer(stage), now=NOW)
    return root, twin
