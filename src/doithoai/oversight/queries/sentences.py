"""The journal as a story: each act in one Vietnamese sentence. What the table does not know keeps its name."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as later

from doithoai.journal.queries import Line
from doithoai.kernel import clock
from doithoai.rules.chain import Fact
from doithoai.rules.vietnamese import page_time
from doithoai.web.acts import JournalLine
from doithoai.web.retold import retold

SENTENCES: Final[Mapping[str, str]] = {
    "agency.set_up": later("Thiết lập cơ quan: %(offices)s đơn vị, %(sectors)s lĩnh vực"),
    "calendar.subscribe": later("Tạo địa chỉ lịch riêng"),
    "place.locate": later("Ghi mã địa danh %(unit)s cho %(place)s"),
    "records.remember": later("Nhớ cách đọc tệp hồ sơ: %(columns)s cột, %(wards)s địa danh"),
    "rules.amend": later("Thay quy định %(key)s, bản %(version)s"),
    "agency.describe": later("Sửa thông tin cơ quan in trên văn bản"),
    "recipients.amend": later("Ghi nơi nhận thường dùng: %(recipients)s dòng"),
    "office.add": later("Thêm đơn vị “%(name)s”"),
    "office.rename": later("Đổi tên đơn vị “%(was)s” thành “%(name)s” từ ngày %(since)s, theo %(basis)s"),
    "office.describe": later("Sửa thông tin đơn vị %(office)s"),
    "office.close": later("Đóng đơn vị “%(name)s”, hoạt động đến hết %(last)s, theo %(basis)s"),
    "sector.add": later("Thêm lĩnh vực “%(name)s”"),
    "sector.rename": later("Đổi tên lĩnh vực “%(was)s” thành “%(name)s”"),
    "procedure.add": later("Thêm %(procedures)s thủ tục vào lĩnh vực %(sector)s"),
    "procedure.name": later("Sửa thủ tục %(was)s thành %(procedure)s “%(name)s”"),
    "place.add": later("Thêm %(count)s địa danh, đầu tiên là %(name)s"),
    "staff.take_on": later("Thêm cán bộ %(staff)s"),
    "staff.describe": later("Sửa thông tin cán bộ %(staff)s"),
    "staff.reassign": later("Đổi vai, đơn vị của cán bộ %(staff)s"),
    "staff.link": later("Tạo đường dẫn đăng nhập cho cán bộ %(staff)s"),
    "staff.close": later("Đóng tài khoản cán bộ %(staff)s"),
    "staff.reopen": later("Mở lại tài khoản cán bộ %(staff)s"),
    "staff.set_password": later("Đặt mật khẩu"),
    "staff.sign_in": later("Đăng nhập"),
    "message.deliver": later("Ghi kết quả báo tin"),
    "message.send": later("Đã gửi tin qua %(channel)s"),
    "message.give_up": later("Không tự gửi được tin, chuyển sang gọi điện"),
    "person.note_contact": later("Sửa số điện thoại, thư điện tử của người dân"),
    # papers
    "document.draft": later("Lập dự thảo %(document)s"),
    "document.revise": later("Sửa %(document)s, bản %(revision)s"),
    "document.submit": later("Trình %(document)s"),
    "document.tick_content": later("Xác nhận nội dung %(document)s"),
    "document.tick_form": later("Xác nhận thể thức %(document)s"),
    "document.approve": later("Duyệt %(document)s"),
    "document.return": later("Trả lại %(document)s để sửa"),
    "document.sign": later("Ký %(document)s"),
    "document.issue": later("Ban hành văn bản số %(number)s"),
    "document.print": later("Tạo bản in %(document)s"),
    "document.seal": later("Lưu tệp của %(document)s kèm mã"),
    "document.recall": later("Thu hồi văn bản số %(number)s bằng văn bản số %(by)s"),
    "document.bring_back": later("Đưa về một tệp của %(document)s, lần %(brought)s"),
    "document.note_concern": later("Tệp đưa về lần %(brought)s của %(document)s ghi khác lời đang giữ ở %(about)s"),
    "document.take_file": later("Nhận tệp đưa về lần %(brought)s làm bản ban hành của %(document)s"),
    "document.drop_file": later("Không dùng tệp đưa về lần %(brought)s của %(document)s"),
    "document.dispatch": later("Phát hành %(document)s"),
    "paper.publish": later("Công khai văn bản số %(number)s"),
    # planning
    "dialogue.create": later("Lập cuộc đối thoại: %(sittings)s buổi, %(venues)s điểm cầu, %(duties)s nhiệm vụ"),
    "dialogue.plan": later("Kế hoạch có hiệu lực, số %(plan)s"),
    "dialogue.open": later("Bắt đầu chuẩn bị"),
    "dialogue.begin": later("Bắt đầu đối thoại"),
    "dialogue.answer": later("Kết thúc các buổi, chuyển sang trả lời"),
    "dialogue.close": later("Kết thúc hồ sơ"),
    "plan.draft": later("Soạn kế hoạch"),
    "plan.deliver": later("Ghi nhận nơi nhận thứ %(recipient)s đã nhận kế hoạch"),
    "deadline.count": later("Tính các thời hạn theo lịch %(calendar)s"),
    "deadline.meet": later("Hoàn thành đúng việc có hạn: %(duty)s"),
    "duty.assign": later("Giao nhiệm vụ %(duty)s cho %(office)s"),
    "duty.accept": later("Nhận nhiệm vụ %(duty)s"),
    "duty.return": later("Trả lại nhiệm vụ %(duty)s, nêu lý do"),
    "duty.report": later("Báo cáo xong nhiệm vụ %(duty)s"),
    "duty.confirm": later("Xác nhận xong nhiệm vụ %(duty)s"),
    "venue.name_chair": later("Cử người chủ trì tại %(venue)s"),
    "venue.acknowledge": later("%(venue)s xác nhận đã biết thay đổi của %(sitting)s"),
    "readiness.switch": later("Đổi việc kiểm tra ở các điểm cầu, nêu lý do: %(kind)s"),
    "sitting.co_chair": later("Ghi người đồng chủ trì %(sitting)s: %(named)s người"),
    "venue.check": later("Kiểm tra %(venue)s: %(kind)s"),
    "obstacle.raise": later("%(office)s báo khó khăn số %(obstacle)s"),
    "obstacle.direct": later("Chỉ đạo khó khăn của %(office)s"),
    "obstacle.close": later("Giải quyết xong khó khăn của %(office)s"),
    "material.publish": later("Đăng tài liệu %(material)s cho người dân đọc trước"),
    "material.withdraw": later("Gỡ tài liệu %(material)s"),
    "sitting.reschedule": later("Đổi thời gian %(sitting)s"),
    "sitting.announce_change": later("Lập thông báo đổi thời gian %(sitting)s"),
    "sitting.postpone": later("Hoãn %(sitting)s"),
    "sitting.cancel": later("Hủy %(sitting)s"),
    "dialogue.postpone": later("Hoãn cuộc đối thoại, %(sittings)s buổi"),
    "dialogue.resume": later("Tiếp tục chuẩn bị sau khi hoãn"),
    "dialogue.cancel": later("Hủy cuộc đối thoại, %(sittings)s buổi"),
    "dialogue.turn_written": later("Chuyển sang đối thoại bằng văn bản, nhận ý kiến đến %(until)s"),
    "invitation.call_off": later("Báo %(told)s người được mời về việc hoãn hoặc không tổ chức, %(sitting)s"),
    "writing.start": later("Bắt đầu soạn kế hoạch %(writing)s"),
    "writing.save": later("Lưu bước %(step)s của kế hoạch đang soạn %(writing)s"),
    "writing.finish": later("Lập cuộc đối thoại %(dialogue)s từ kế hoạch đang soạn %(writing)s"),
    "writing.correct": later("Giữ các chỗ đã sửa của kế hoạch đang đọc %(writing)s"),
    "writing.drop": later("Bỏ kế hoạch soạn dở %(writing)s"),
    "writing.apply": later("Ghi các chỗ đã sửa %(writing)s vào cuộc đối thoại %(dialogue)s"),
    "writing.split": later("Lập %(count)s cuộc đối thoại từ kế hoạch đã đọc %(writing)s, cuộc đầu là %(dialogue)s"),
    "plan.correct": later("Sửa dữ liệu và câu chữ kế hoạch, %(count)s chỗ: %(changed)s"),
    "duty.bind": later("Chọn hạn có hiệu lực của nhiệm vụ %(duty)s"),
    "venue.locate": later("Ghi địa chỉ %(venue)s"),
    "dialogue.link": later("Ghi đường dẫn phòng họp trực tuyến"),
    "plan.word": later("Sửa câu chữ kế hoạch: %(sentences)s câu, %(bases)s căn cứ"),
    "plan.consult": later("Lấy góp ý của %(offices)s đơn vị về %(document)s, đến %(until)s"),
    "plan.agree": later("%(office)s nhất trí với dự thảo kế hoạch"),
    "plan.remark": later("%(office)s góp ý số %(remark)s"),
    "remark.answer": later("Trả lời góp ý số %(remark)s của %(office)s"),
    "plan.end_consultation": later("Kết thúc lấy góp ý, %(silent)s đơn vị không trả lời"),
    "announcement.draft": later("Soạn thông báo công khai %(document)s"),
    "broadcast.draft": later("Soạn bài phát thanh %(document)s"),
    "opening_report.draft": later("Soạn báo cáo khai mạc, %(sitting)s"),
    "script.draft": later("Soạn kịch bản điều hành, %(sitting)s"),
    "duty.progress": later("Ghi tiến độ nhiệm vụ %(duty)s"),
    "duty.attach": later("Đính kèm minh chứng %(evidence)s của nhiệm vụ %(duty)s"),
    # people chosen and invited
    "records.take": later("Nhận hồ sơ Một cửa: %(people)s người, %(records)s hồ sơ, không nhận %(refused)s dòng"),
    "pool.freeze": later("Chốt danh sách %(people)s người đủ điều kiện, %(sitting)s, mời %(seats)s"),
    "pool.exclude": later("Loại một người khỏi danh sách bốc thăm %(sitting)s, nêu lý do"),
    "pool.readmit": later("Đưa lại một người vào danh sách bốc thăm %(sitting)s"),
    "pool.draw": later("Bốc thăm %(sitting)s"),
    "reserve.call": later("Gọi dự bị %(reserve)s vào chỗ %(free)s"),
    "reserve.draft": later("Soạn giấy mời dự bị %(invitation)s"),
    "delegates.list": later("Lập danh sách %(delegates)s đại biểu, %(sitting)s"),
    "delegates.draft": later("Soạn %(copies)s giấy mời đại biểu, %(sitting)s"),
    "invitations.draft": later("Soạn %(copies)s giấy mời, %(sitting)s"),
    "invitation.register": later("Ghi người đăng ký dự %(invitation)s, nêu lý do"),
    "registration.open": later("Mở đăng ký tham dự %(sitting)s"),
    "registration.send": later("Đăng ký tham dự %(registration)s"),
    "registration.accept": later("Nhận đăng ký %(registration)s"),
    "registration.decline": later("Không nhận đăng ký %(registration)s, nêu lý do"),
    "registration.advance": later("Mời người đăng ký tiếp theo %(registration)s vào chỗ %(free)s"),
    "invitation.choose": later("Chọn mời %(invitation)s, nêu lý do"),
    "invitation.issue": later("Mời %(invitation)s"),
    "invitation.deliver": later("Giấy mời %(invitation)s đã đến tay"),
    "invitation.accept": later("Xác nhận tham dự, giấy mời %(invitation)s"),
    "invitation.decline": later("Báo không đến được, giấy mời %(invitation)s"),
    "call.note": later("Gọi điện lần %(tries)s, giấy mời %(invitation)s"),
    "invitation.remind": later("Nhắc %(reminded)s người chưa trả lời, %(sitting)s"),
    "reminder.set": later("Đặt ngày nhắc %(on)s, %(sitting)s"),
    "scan.keep": later("Lưu bản quét danh sách đã ký, %(sitting)s"),
    "invitation.lapse": later("Hết hạn trả lời giấy mời: %(lapsed)s"),
    "invitation.reconfirm": later("Hỏi lại %(asked)s người vì giờ thay đổi, %(sitting)s"),
    "invitation.strike": later("Đưa %(invitation)s ra khỏi danh sách, nêu lý do"),
    "invitation.withdraw": later("Thu lại giấy mời %(invitation)s, nêu lý do"),
    "list.attendance": later("Lập danh sách ký tên, %(venue)s, %(sitting)s"),
    "list.calls": later("Lập danh sách gọi báo theo trưởng thôn, tổ trưởng, %(sitting)s"),
    "call.through_head": later("Báo %(told)s hộ qua trưởng thôn, tổ trưởng, %(sitting)s"),
    "head.keep": later("Ghi trưởng thôn, tổ trưởng của %(group)s"),
    "list.delivery": later("Lập danh sách ký nhận giấy mời, %(sitting)s"),
    "attendance.arrive": later("Có mặt, giấy mời %(invitation)s"),
    "attendance.absent": later("Vắng mặt, giấy mời %(invitation)s"),
    "attendance.take_back": later("Rút lại việc ghi nhầm đã đến, %(invitation)s, nêu lý do"),
    "attendance.leave": later("Về trước khi buổi kết thúc, giấy mời %(invitation)s"),
    "attendance.come_back": later("Đã trở lại, giấy mời %(invitation)s"),
    "attendance.admit": later("Nhận người đến không có giấy mời, %(venue)s"),
    # opinions
    "opinion.receive": later("Nhận ý kiến %(opinion)s"),
    "opinion.accept": later("Tiếp nhận ý kiến %(opinion)s"),
    "opinion.hand_receipt": later("Đưa phiếu tiếp nhận ý kiến %(opinion)s"),
    "opinion.classify": later("Phân loại ý kiến %(opinion)s"),
    "opinion.undo_classify": later("Hoàn tác phân loại ý kiến %(opinion)s"),
    "opinion.attach": later("Thêm giấy tờ vào ý kiến %(opinion)s"),
    "opinion.read_back": later("Đã đọc lại ý kiến %(opinion)s cho người trình bày"),
    "opinions.compare": later("So %(opinions)s ý kiến để tìm ý kiến gần giống"),
    "opinion.summarise": later("Tóm tắt ý kiến %(opinion)s bên cạnh nguyên văn"),
    "opinion.merge": later("Gộp ý kiến %(opinion)s vào %(into)s"),
    "opinion.unmerge": later("Tách ý kiến %(opinion)s khỏi %(was)s"),
    "opinion.split": later("Tách ý kiến %(opinion)s thành %(parts)s ý kiến"),
    "opinion.guide": later("Hướng dẫn người gửi ý kiến %(opinion)s theo pháp luật khiếu nại, tố cáo"),
    "opinion.not_take": later("Không tiếp nhận ý kiến %(opinion)s, nêu lý do"),
    "opinion.transfer": later("Chuyển ý kiến %(opinion)s đến cơ quan có thẩm quyền"),
    "opinion.transfer_sent": later("Đã gửi phiếu chuyển ý kiến %(opinion)s"),
    "opinion.transfer_result": later("Nhận kết quả của cơ quan được chuyển, ý kiến %(opinion)s"),
    "opinion.take_back": later("Nhận lại ý kiến %(opinion)s"),
    "opinion.withdraw": later("Người gửi rút ý kiến %(opinion)s"),
    "opinion.close": later("Ý kiến %(opinion)s đã có kết quả"),
    "opinion.reopen": later("Mở lại ý kiến %(opinion)s"),
    "opinion.prepare_public": later("Xác nhận lời công khai của ý kiến %(opinion)s"),
    "opinion.show": later("Đăng ý kiến %(opinion)s để người dân cùng xác nhận"),
    "opinion.hide": later("Thôi đăng ý kiến %(opinion)s"),
    "opinion.support": later("Một người cùng gặp việc của ý kiến %(opinion)s"),
    # answers
    "answer.assign": later("Giao %(lead)s trả lời ý kiến %(opinion)s"),
    "answer.support": later("Cử đơn vị phối hợp trả lời ý kiến %(opinion)s"),
    "answer.offer": later("%(lead)s đề nghị %(to)s trả lời ý kiến %(opinion)s"),
    "answer.take_over": later("%(lead)s nhận trả lời ý kiến %(opinion)s"),
    "answer.hand_back": later("%(declined)s không nhận trả lời ý kiến %(opinion)s"),
    "answer.ask": later("Hỏi cơ quan khác về ý kiến %(opinion)s"),
    "answer.hear_back": later("Cơ quan được hỏi đã trả lời về ý kiến %(opinion)s"),
    "answer.draft": later("Soạn trả lời ý kiến %(opinion)s, bản %(revision)s"),
    "answer.set_aside": later("Giữ lại một bản thảo khác của trả lời ý kiến %(opinion)s"),
    "answer.submit": later("Trình trả lời ý kiến %(opinion)s"),
    "answer.approve": later("Duyệt trả lời ý kiến %(opinion)s"),
    "answer.return": later("Trả lại trả lời ý kiến %(opinion)s để sửa"),
    "answer.choose_form": later("Chọn cách trả lời ý kiến %(opinion)s: %(form)s"),
    "answer.letter": later("Lập văn bản trả lời riêng ý kiến %(opinion)s"),
    "answer.issue_letter": later("Trả lời ý kiến %(opinion)s bằng văn bản số %(number)s"),
    "answer.issue": later("Trả lời ý kiến %(opinion)s tại mục %(item)s của thông báo"),
    "answer.extend": later("Gia hạn trả lời ý kiến %(opinion)s đến %(to)s"),
    "answer.extension_letter": later("Soạn văn bản báo gia hạn trả lời ý kiến %(opinion)s"),
    "answer.remark": later("%(office)s góp ý về trả lời ý kiến %(opinion)s"),
    "answer.take_wording": later("Lấy lời văn trong tệp đưa về làm bản %(revision)s của trả lời ý kiến %(opinion)s"),
    "wording.save": later("%(office)s lưu mẫu lời số %(wording)s"),
    "wording.retire": later("%(office)s thôi dùng mẫu lời số %(wording)s"),
    "proposal.draft": later("Soạn kiến nghị sửa quy định từ ý kiến %(opinion)s"),
    "proposal.drop": later("Thôi không gửi kiến nghị %(proposal)s"),
    "proposal.send": later("Gửi kiến nghị %(proposal)s bằng văn bản số %(number)s"),
    "proposal.reply": later("Cơ quan nhận trả lời kiến nghị %(proposal)s"),
    "answer.on_the_spot": later("%(office)s trả lời ý kiến %(opinion)s ngay tại buổi"),
    "commitment.make": later("Giao %(office)s, hẹn trả lời đến %(due)s"),
    "commitment.keep": later("%(office)s đã làm xong việc đã hứa"),
    "programme.draft": later("Soạn chương trình, %(sitting)s"),
    "dossier.draft": later("Soạn tổng hợp %(opinions)s vướng mắc, %(sitting)s"),
    "dossier.draft_whole": later("Soạn tổng hợp %(opinions)s vướng mắc của cả cuộc đối thoại bằng văn bản"),
    "dossier.submit": later("Trình tổng hợp vướng mắc số %(number)s, %(sitting)s"),
    "dossier.send_back": later("Trả lại tổng hợp vướng mắc, yêu cầu ở %(items)s nội dung, %(sitting)s"),
    "dossier.settle_item": later("Đã sửa nội dung %(opinion)s của tổng hợp, %(sitting)s"),
    "dossier.approve": later("Duyệt tổng hợp vướng mắc số %(number)s, %(sitting)s"),
    # the sitting
    "sitting.begin": later("Khai mạc %(sitting)s"),
    "sitting.pause": later("Tạm dừng %(sitting)s"),
    "sitting.resume": later("Tiếp tục %(sitting)s"),
    "sitting.end": later("Kết thúc %(sitting)s"),
    "turn.add": later("Thêm lượt %(turn)s, %(venue)s"),
    "turn.call": later("Mời lượt %(turn)s, thứ tự %(order)s"),
    "turn.pause": later("Tạm dừng lượt %(turn)s"),
    "turn.resume": later("Tiếp tục lượt %(turn)s"),
    "turn.finish": later("Xong lượt %(turn)s"),
    "turn.skip": later("Lượt %(turn)s chưa đến"),
    "turn.requeue": later("Lượt %(turn)s trở lại hàng chờ"),
    "turn.withdraw": later("Lượt %(turn)s xin rút"),
    "turn.unheard": later("Hết giờ, lượt %(turn)s ghi bằng văn bản"),
    "turn.not_minuted": later("Nêu lý do không ghi biên bản lượt %(turn)s"),
    "minutes.note": later("Ghi khai mạc, kết luận, %(sitting)s"),
    "minutes.enter": later("Ghi mục %(entry)s của biên bản, %(sitting)s"),
    "minutes.revise": later("Sửa mục %(entry)s của biên bản, bản %(revision)s"),
    "minutes.read_back": later("Đọc lại mục %(entry)s cho người nói, %(sitting)s"),
    "minutes.read_out": later("Đọc biên bản %(entries)s mục cho mọi người nghe, %(sitting)s"),
    "minutes.reopen": later("Mở lại biên bản để sửa, %(sitting)s"),
    "minutes.draft": later("Lập biên bản, %(sitting)s"),
    "minutes.sign": later("Ký biên bản, %(sitting)s"),
    "minutes.file": later("Lưu hồ sơ biên bản, %(sitting)s"),
    "minutes.supplement": later("Bổ sung biên bản, %(sitting)s"),
    "incident.log": later("Ghi sự cố tại %(venue)s, %(sitting)s"),
    # afterwards
    "notice.draft": later("Soạn thông báo kết quả, %(lines)s mục"),
    "notice.freeze": later("Chốt kết quả %(lines)s mục của thông báo"),
    "line.shorten": later("Che thêm dòng %(line)s đã công khai, ý kiến %(opinion)s"),
    "lines.publish": later("Công khai %(lines)s ý kiến và trả lời, đã che thông tin cá nhân"),
    "head.announce": later("Công bố mã đầu nhật ký"),
    "survey.open": later("Mở khảo sát, phát %(tickets)s phiếu"),
    "survey.respond": later("Nhận một phiếu khảo sát"),
    "survey.report": later("Lập báo cáo khảo sát"),
}


DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class _Names(dict[str, str]):
    """Facts as a sentence shows them; one that an entry does not have leaves no hole."""

    def __missing__(self, name: str) -> str:
        return "…"


def _shown(value: str, names: Mapping[str, str]) -> str:
    """A code by its name, a day by its figures, anything else as it is."""
    if value in names:
        return names[value]
    return f"{value[8:10]}/{value[5:7]}/{value[:4]}" if DAY.fullmatch(value) else value


def sentence(verb: str, facts: Mapping[str, Fact], names: Mapping[str, str]) -> str:
    """What an entry says; `names` turns codes (of papers, venues, sittings, duties) into what people call them."""
    pattern = SENTENCES.get(verb)
    if pattern is None:
        return verb
    shown = {fact: _shown(str(value), names) for fact, value in facts.items()}
    if facts.get("hidden"):
        shown["opinion"] = _("được bảo mật")
    said = _(pattern) % _Names(shown)
    if facts.get("redated"):
        said += _("; %(redated)s trả lời đã giao đổi hạn theo") % shown
    return f"{said}. {retold(str(facts['missed']))}" if facts.get("missed") else said


def who(ref: str, staff: Mapping[str, str]) -> str:
    """Who acted, in words; empty for an act that was made without a name."""
    kind, _colon, rest = ref.partition(":")
    if kind == "staff":
        return staff.get(rest) or rest
    return {"": "", "system": _("hệ thống"), "public": _("người dân")}.get(kind, _("người giữ đường dẫn riêng"))


def when(line: Line, zone: str) -> str:
    """“15/12/2021 09:12”; the day alone for an act whose hour is nobody's business."""
    instant = line.instant
    if instant is None:
        return f"{date.fromisoformat(line.at):%d/%m/%Y}"
    shown = clock.local(instant, zone)
    return f"{shown:%d/%m/%Y} {page_time(shown.time())}"


def told(line: Line, names: Mapping[str, str], staff: Mapping[str, str], zone: str) -> JournalLine:
    """One entry as a page shows it."""
    return JournalLine(line.number, sentence(line.verb, line.facts, names), who(line.actor, staff), when(line, zone))
