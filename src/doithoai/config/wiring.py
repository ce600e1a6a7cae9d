"""Table 1: what is plugged in."""

from collections.abc import Callable, Mapping

from doithoai.adapters.delivery_http import GatewayError
from doithoai.adapters.delivery_mail import MailDelivery
from doithoai.adapters.delivery_sms import SmsDelivery
from doithoai.adapters.delivery_zalo import ZaloDelivery
from doithoai.adapters.files_folder import FolderFiles
from doithoai.answers.queries import redated
from doithoai.config import env, follows
from doithoai.journal.actions import lock
from doithoai.kernel import plugs, verbs
from doithoai.live.queries import figures_of, speakers_of
from doithoai.ports import Delivery

GATEWAYS: Mapping[str, Callable[[str], Delivery]] = {
    "smtp": lambda address: MailDelivery.at(address, env.smtp_password()),
    "smtps": lambda address: MailDelivery.at(address, env.smtp_password()),
    "sms": lambda address: SmsDelivery.at(address.partition(":")[2]),
    "zalo": lambda address: ZaloDelivery.at(address.partition(":")[2]),
}
BY_HAND = "calls"


def connect() -> None:
    """Plug the adapters into the ports, and the journal and the tables into the verbs."""
    plugs.plugged.files = FolderFiles(env.files())
    plugs.plugged.delivery = gateways()
    plugs.plugged.fonts = env.font_folder()
    plugs.plugged.address = env.address()
    plugs.plugged.speakers = speakers_of
    plugs.plugged.figures = figures_of
    plugs.plugged.redated = redated
    verbs.connect(lock_chain=lock, gates=follows.GATES, follows=follows.FOLLOWS)


def gateways() -> tuple[Delivery, ...]:
    """The gateways that `DOITHOAI_DELIVERY` names, in its order. Raises BadSetting for one that cannot be used."""
    return tuple(_gateway(address) for address in env.delivery() if address.partition(":")[0] != BY_HAND)


def _gateway(address: str) -> Delivery:
    scheme = address.partition(":")[0]
    make = GATEWAYS.get(scheme)
    if make is None:
        known = ", ".join((BY_HAND, *GATEWAYS))
        raise env.BadSetting(f"DOITHOAI_DELIVERY: không biết kiểu “{scheme}”; cần một trong {known}.")
    try:
        return make(address)
    except GatewayError as wrong:
        raise env.BadSetting(f"DOITHOAI_DELIVERY: {wrong}") from wrong
