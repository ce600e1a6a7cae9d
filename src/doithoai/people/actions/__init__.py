"""Acts on people: staff and their accounts, words kept with their salt, personal links."""

from doithoai.people.actions.hamlets import keep_head, may_keep_heads
from doithoai.people.actions.keeping import (
    CONTACT_ROLES,
    E_MAIL,
    contact,
    enter_people,
    enter_person,
    keep_text,
    may_note_contact,
    note_contact,
)
from doithoai.people.actions.links import (
    caller,
    clear_attempts,
    extend_links,
    give_link,
    knock,
    open_link,
    use_link,
    void_links,
    void_token,
)
from doithoai.people.actions.newcomers import Newcomer, enter_newcomer
from doithoai.people.actions.staffing import (
    LINK_LASTS,
    SIGN_IN,
    SIGN_IN_DOOR,
    StaffSpec,
    account_key,
    close,
    describe,
    let_in,
    reassign,
    reopen,
    set_password,
    sign_in,
    take_on,
)

__all__ = [
    "CONTACT_ROLES", "E_MAIL", "LINK_LASTS", "SIGN_IN", "SIGN_IN_DOOR", "Newcomer", "StaffSpec", "account_key",
    "caller", "clear_attempts", "close", "contact", "describe", "enter_newcomer", "enter_people", "enter_person",
    "extend_links", "give_link",
    "keep_head", "keep_text", "knock", "let_in", "may_keep_heads", "may_note_contact", "note_contact",
    "open_link", "reassign", "reopen", "set_password", "sign_in", "take_on", "use_link", "void_links",
    "void_token",
]  # fmt: skip
