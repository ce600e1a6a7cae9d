"""The pages of staff: coming in and going out, one's own password, and the lists that an administrator keeps."""

from doithoai.people.views.entering import PER_ACCOUNT, PER_ADDRESS, WITHIN, enter, enter_by_link, leave
from doithoai.people.views.lists import lists, recipients
from doithoai.people.views.offices import office, offices
from doithoai.people.views.own import password
from doithoai.people.views.sectors import sector, sectors
from doithoai.people.views.staff import member, staff
from doithoai.people.views.territory import territory

__all__ = [
    "PER_ACCOUNT", "PER_ADDRESS", "WITHIN", "enter", "enter_by_link", "leave", "lists", "member", "office", "offices",
    "password", "recipients", "sector", "sectors", "staff", "territory",
]  # fmt: skip
