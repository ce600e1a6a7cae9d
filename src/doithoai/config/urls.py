"""Table 2: what is reachable."""

from django.urls import URLPattern, URLResolver, include, path

from doithoai.adapters.records_spreadsheet import read_table
from doithoai.answers import views as answering
from doithoai.documents import views as papers
from doithoai.intake import citizen as own_opinions
from doithoai.intake import public as anyones_opinions
from doithoai.intake import views as intake
from doithoai.oversight import views as oversight
from doithoai.people import views as people
from doithoai.planning import views as planning
from doithoai.portal import public as portal
from doithoai.portal import views as publishing
from doithoai.roster import citizen as invitee
from doithoai.roster import public as registering
from doithoai.roster import views as roster
from doithoai.web import commands as web_commands
from doithoai.web import views as web

urlpatterns: list[URLPattern | URLResolver] = [
    # staff come in and go out
    path("vao/", people.enter, name="sign-in"),
    path("vao/<slug:token>/", people.enter_by_link, name="sign-in-link"),
    path("ra/", people.leave, name="sign-out"),
    path("ngon-ngu/", web.language, name="language"),
    # staff at work
    path("", oversight.desk, name="desk"),
    path("cuoc/", planning.dialogues, name="dialogues"),
    path("cuoc/<slug:code>/", oversight.dialogue, name="dialogue"),
    path("cuoc/<slug:code>/nhat-ky/", oversight.story, name="story"),
    path("cuoc/<slug:code>/cong-khai/", publishing.lines, name="publishing"),
    path("cuoc/<slug:code>/cong-khai/<int:number>/", publishing.line, name="public-line"),
    path("cuoc/<slug:code>/cong-khai/<slug:slug>/", publishing.act_on_lines, name="publishing-act"),
    path("cuoc/<slug:code>/tai-lieu/", planning.materials, name="materials"),
    path("cuoc/<slug:code>/tai-lieu/<int:ordinal>/", planning.material, name="material"),
    path("cuoc/<slug:code>/minh-chung/", oversight.evidence, name="evidence"),
    path("cuoc/<slug:code>/minh-chung.zip", oversight.evidence_bundle, name="evidence-bundle"),
    path("nhiem-vu/<slug:code>/<slug:slug>/", planning.act_on_duty, name="duty-act"),
    # planning
    path("ke-hoach/moi/", planning.new_plan, name="new-plan"),
    path("ke-hoach/doc/<slug:code>/", planning.reading, name="plan-reading"),
    path("ke-hoach/soan/", planning.start_writing, name="plan-start"),
    path("ke-hoach/soan/<slug:code>/<slug:step>/", planning.write_step, name="plan-writing"),
    path("ke-hoach/soan/<slug:code>/<slug:step>/xem/", planning.preview_step, name="plan-preview"),
    path("cuoc/<slug:code>/ke-hoach/", planning.plan, name="plan"),
    path("cuoc/<slug:code>/ke-hoach/cau-chu/", planning.wording, name="plan-wording"),
    path("cuoc/<slug:code>/ke-hoach/sua/", planning.correct, name="plan-correct"),
    path("cuoc/<slug:code>/gop-y/", planning.remarks, name="plan-remarks"),
    path("cuoc/<slug:code>/thay-doi/", planning.decide, name="decide"),
    path("cuoc/<slug:code>/nhiem-vu/", planning.duties, name="duties"),
    path("nhiem-vu/<slug:code>/", planning.duty, name="duty"),
    path("minh-chung/<slug:code>/<int:ordinal>/", planning.evidence_file, name="duty-evidence"),
    path("cuoc/<slug:code>/nhan-ban/", planning.again, name="plan-again"),
    path("cuoc/<slug:code>/kho-khan/", planning.obstacles, name="obstacles"),
    path("cuoc/<slug:code>/diem-cau/", planning.venues, name="venues"),
    path("cuoc/<slug:code>/diem-cau/dia-chi/", planning.addresses, name="venue-addresses"),
    path("buoi/<slug:code>/doi-gio/", planning.move_sitting, name="move-sitting"),
    path("dia-danh/", planning.places, name="places"),
    path("lich/", planning.calendar, name="calendar"),
    path("lich/<slug:token>.ics", planning.calendar_feed, name="calendar-feed"),
    # the lists of the agency
    path("mat-khau/", people.password, name="password"),
    path("danh-muc/", people.lists, name="lists"),
    path("danh-muc/don-vi/", people.offices, name="offices"),
    path("danh-muc/don-vi/<slug:code>/", people.office, name="office"),
    path("danh-muc/can-bo/", people.staff, name="staff"),
    path("danh-muc/can-bo/<slug:code>/", people.member, name="member"),
    path("danh-muc/linh-vuc/", people.sectors, name="sectors"),
    path("danh-muc/linh-vuc/<slug:code>/", people.sector, name="sector"),
    path("danh-muc/dia-ban/", people.territory, name="territory"),
    path("danh-muc/noi-nhan/", people.recipients, name="recipients"),
    path("danh-muc/quy-dinh/", planning.rules, name="rules"),
    path("danh-muc/quy-dinh/<slug:kind>/<slug:slug>/", planning.rule, name="rule"),
    path("danh-muc/ngay-nghi/", planning.rest_days, name="rest-days"),
    # papers
    path("van-ban/<slug:code>/", papers.paper, {"can_publish": publishing.can_publish}, name="paper"),
    path("van-ban/<slug:code>/cong-khai/", publishing.publish, name="paper-publish"),
    path("van-ban/<slug:code>/dua-ve/", papers.came_back, name="came-back"),
    path("van-ban/<slug:code>/dua-ve/<int:ordinal>/", papers.one_that_came, name="brought"),
    path("van-ban/<slug:code>/<slug:slug>/", papers.act, name="paper-act"),
    # files, through a right
    path("tep/<slug:code>.<slug:kind>", papers.file, name="file"),
    path("tep/<slug:code>/<int:ordinal>.<slug:kind>", papers.file, name="copy-file"),
    path("tep/<slug:code>/du-thao.<slug:kind>", papers.draft_file, name="draft-file"),
    path("tep/<slug:code>/dua-ve/<int:ordinal>/", papers.brought_file, name="brought-file"),
    # intake
    path("moi/<slug:token>/y-kien/", own_opinions.opinions, name="own-opinions"),
    path("moi/<slug:token>/y-kien/thu-tuc/", own_opinions.procedures, name="own-procedures"),
    path("moi/<slug:token>/y-kien/<slug:code>/rut/", own_opinions.withdraw, name="own-opinion-withdraw"),
    path("moi/<slug:token>/y-kien/<slug:code>/giay/", own_opinions.attach, name="own-opinion-attach"),
    path("cong-khai/<slug:code>/gui-y-kien/", anyones_opinions.send, name="public-send"),
    path("cong-khai/<slug:code>/gui-y-kien/thu-tuc/", anyones_opinions.procedures, name="public-procedures"),
    path("cong-khai/<slug:code>/cung-gap/", anyones_opinions.matters, name="public-matters"),
    path("cong-khai/<slug:code>/cung-gap/<slug:opinion>/", anyones_opinions.support, name="public-support"),
    path("y-kien-cua-toi/", own_opinions.look_up, name="look-up"),
    path("y-kien-cua-toi/<slug:token>/", own_opinions.own_opinion, name="own-opinion"),
    path("y-kien-cua-toi/<slug:token>/rut/", own_opinions.withdraw_own, name="own-withdraw"),
    path("y-kien-cua-toi/<slug:token>/giay/", own_opinions.attach_own, name="own-attach"),
    path("cuoc/<slug:code>/y-kien/", intake.board, name="opinions"),
    path("cuoc/<slug:code>/y-kien/ghi/", intake.write_down, name="opinion-write"),
    path("cuoc/<slug:code>/y-kien/cong-khai/", intake.public_wordings, name="public-wordings"),
    path("cuoc/<slug:code>/y-kien/nhom/", intake.groups, name="opinion-groups"),
    path("cuoc/<slug:code>/y-kien/nhom/gop/", intake.merge_group, name="opinion-groups-merge"),
    path("cuoc/<slug:code>/y-kien/nhom/tien-do/", intake.progress, name="opinion-groups-progress"),
    path("cuoc/<slug:code>/y-kien/thu-tuc/", intake.procedures_found, name="opinion-procedures"),
    path("y-kien/<slug:code>/", answering.opinion, name="opinion"),
    path("y-kien/<slug:code>/giao/", answering.assign, name="opinion-assign"),
    path("y-kien/<slug:code>/phieu-huong-dan/", intake.guidance_slip, name="guidance-slip"),
    path("y-kien/<slug:code>/phieu-tiep-nhan/", intake.receipt_slip, name="receipt-slip"),
    path("y-kien/<slug:code>/cong-khai/", intake.public_words, name="opinion-public"),
    path("y-kien/<slug:code>/giay/", intake.attach, name="opinion-attach"),
    path("y-kien/<slug:code>/giay/<int:ordinal>/", intake.photo, name="opinion-photo"),
    path("y-kien/<slug:code>/<slug:slug>/", intake.act, name="opinion-act"),
    path("tra-loi/<slug:code>/", answering.answer, name="answer"),
    path("tra-loi/<slug:code>/<slug:slug>/", answering.act_on_answer, name="answer-act"),
    path("cuoc/<slug:code>/kien-nghi/", answering.proposals, name="proposals"),
    path(
        "cuoc/<slug:code>/kien-nghi/<slug:opinion>/<int:ordinal>/<slug:slug>/",
        answering.act_on_proposal,
        name="proposal-act",
    ),
    path("cuoc/<slug:code>/tong-hop/<slug:sitting>/", answering.dossier, name="dossier"),
    path("cuoc/<slug:code>/tong-hop/<slug:sitting>/<slug:slug>/", answering.act_on_dossier, name="dossier-act"),
    # roster
    path("moi/<slug:token>/", invitee.reply, name="reply"),
    path("cuoc/<slug:code>/moi/", roster.choosing_page, name="choosing-first"),
    path("cuoc/<slug:code>/moi/<int:ordinal>/", roster.choosing_page, name="choosing"),
    path("cuoc/<slug:code>/moi/<int:ordinal>/danh-sach/", roster.invited, name="invited"),
    path("cuoc/<slug:code>/moi/<int:ordinal>/goi/", roster.calls, name="calls"),
    path("cuoc/<slug:code>/moi/<int:ordinal>/goi/thon/", roster.calls_by_head, name="calls-by-head"),
    path("cuoc/<slug:code>/moi/<int:ordinal>/dang-ky/", roster.registrations, name="registrations"),
    path(
        "cuoc/<slug:code>/moi/<int:ordinal>/dang-ky/<slug:slug>/", roster.act_on_registrations, name="registration-act"
    ),
    path("cong-khai/<slug:code>/dang-ky/<int:ordinal>/", registering.send, name="public-register"),
    path("dang-ky-cua-toi/<slug:token>/", registering.own_registration, name="own-registration"),
    path("cuoc/<slug:code>/ho-so/", roster.records, {"read": read_table}, name="records"),
    path("cuoc/<slug:code>/ho-so/tien-do.json", roster.records_progress, name="records-progress"),
    path("cuoc/<slug:code>/ho-so/tung-dong.csv", roster.record_lines, name="record-lines"),
    path("cuoc/<slug:code>/ho-so/<int:batch>.csv", roster.taken_lines, name="taken-lines"),
    path("cuoc/<slug:code>/diem-cau/<slug:venue>/", roster.check_in, name="check-in"),
    path("cuoc/<slug:code>/diem-cau/<slug:venue>/<int:ordinal>/", roster.check_in, name="check-in-at"),
    path("cuoc/<slug:code>/diem-cau/<slug:venue>/ngoai-tuyen.js", roster.worker, name="check-in-worker"),
    path("cuoc/<slug:code>/diem-cau/<slug:venue>/<int:ordinal>/ghi/", roster.note, name="check-in-note"),
    path("cuoc/<slug:code>/diem-cau/<slug:venue>/<int:ordinal>/lenh/", roster.commands, name="check-in-commands"),
    path("cuoc/<slug:code>/diem-cau/<slug:venue>/<int:ordinal>/tinh-hinh.json", roster.state, name="check-in-state"),
    path("cuoc/<slug:code>/co-mat/", roster.presence, name="presence"),
    path("cuoc/<slug:code>/co-mat/<int:ordinal>/", roster.presence, name="presence-at"),
    path("cuoc/<slug:code>/co-mat/<int:ordinal>/tinh-hinh.json", roster.presence_state, name="presence-state"),
    path("cuoc/<slug:code>/co-mat/<int:ordinal>/vang/", roster.absent, name="presence-absent"),
    path("lenh/", web_commands.entrance, name="command-entrance"),
    path("buoi/<slug:code>/moi/tinh-thu/", roster.try_rules, name="try-rules"),
    path("buoi/<slug:code>/moi/tinh-thu/tien-do.json", roster.try_progress, name="try-progress"),
    path("buoi/<slug:code>/moi/<slug:slug>/", roster.act_on_sitting, name="sitting-act"),
    path("buoi/<slug:code>/giay-moi/<slug:who>.pdf", roster.letters, name="letters"),
    path("buoi/<slug:code>/ky-nhan/", roster.receipts, name="receipts"),
    path("buoi/<slug:code>/ky-nhan/<int:ordinal>/", roster.scan, name="receipt-scan"),
    path("giay-moi/<slug:code>/", roster.invitation, name="invitation"),
    path("giay-moi/<slug:code>/<slug:slug>/", roster.act_on_invitation, name="invitation-act"),
    # anyone
    path("", include(portal.routes)),
]
