"""Table 2: what is reachable."""

from django.urls import URLPattern, URLResolver, include, path

from doithoai.documents import views as papers
from doithoai.intake import citizen as own_opinions
from doithoai.oversight import views as oversight
from doithoai.people import views as people
from doithoai.planning import views as planning
from doithoai.portal import public as portal

urlpatterns: list[URLPattern | URLResolver] = [
    # staff come in and go out
    path("vao/", people.enter, name="sign-in"),
    path("vao/<slug:token>/", people.enter_by_link, name="sign-in-link"),
    path("ra/", people.leave, name="sign-out"),
    # staff at work
    path("", oversight.desk, name="desk"),
    path("cuoc/", planning.dialogues, name="dialogues"),
    path("cuoc/<slug:code>/", oversight.dialogue, name="dialogue"),
    path("cuoc/<slug:code>/nhat-ky/", oversight.story, name="story"),
    path("nhiem-vu/<slug:code>/<slug:slug>/", planning.act_on_duty, name="duty-act"),
    path("van-ban/<slug:code>/", papers.paper, name="paper"),
    path("van-ban/<slug:code>/<slug:slug>/", papers.act, name="paper-act"),
    # files, through a right
    path("tep/<slug:code>.<slug:kind>", papers.file, name="file"),
    path("tep/<slug:code>/<int:ordinal>.<slug:kind>", papers.file, name="copy-file"),
    # anyone
    path("", include(portal.routes)),
]
