"""Messages by e-mail, handed to the agency's own mail server."""

import smtplib
import ssl
from dataclasses import dataclass
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from urllib.parse import parse_qs, unquote, urlsplit

from doithoai.adapters.delivery_http import LOOPBACK, PATIENCE, GatewayError
from doithoai.ports import Parcel, TryLater, Uncertain, Unreachable

PORTS = {"smtp": 587, "smtps": 465}


@dataclass(frozen=True, slots=True)
class MailDelivery:
    """A mail server: `smtp` turns to TLS before it says anything, `smtps` speaks TLS from the first byte.

    Only a server on this machine is spoken to in the open.
    """

    host: str
    port: int
    sender: Address
    user: str = ""
    password: str = ""
    is_tls_first: bool = False

    @classmethod
    def at(cls, url: str, password: str = "") -> "MailDelivery":
        """From `smtp://user@host:587?from=van-phong@xa.gov.vn&ten=UBND xã`. Raises GatewayError."""
        parts = urlsplit(url)
        said = parse_qs(parts.query)
        address = said.get("from", [""])[0]
        if not parts.hostname or "@" not in address:
            raise GatewayError("Thư điện tử: cần dạng smtp://tài-khoản@máy:587?from=dia-chi@co-quan.gov.vn.")
        try:
            sender = Address(said.get("ten", [""])[0], addr_spec=address)
            port = parts.port or PORTS[parts.scheme]
        except (ValueError, IndexError, MessageError) as problem:
            raise GatewayError("Thư điện tử: địa chỉ gửi hoặc cổng không đọc được.") from problem
        user = unquote(parts.username or "")
        return cls(parts.hostname, port, sender, user, password, is_tls_first=parts.scheme == "smtps")

    @property
    def channel(self) -> str:
        """E-mail."""
        return "mail"

    def send(self, parcel: Parcel) -> str:
        """Hand one letter to the server, which answers for it from then on. Raises Undelivered."""
        letter = self._letter(parcel)
        server = self._connected()
        try:
            server.send_message(letter)
        except smtplib.SMTPRecipientsRefused as refused:
            code = next(iter(refused.recipients.values()))[0]
            raise _refusal(code) from refused
        except (smtplib.SMTPSenderRefused, smtplib.SMTPDataError) as refused:
            raise _refusal(refused.smtp_code) from refused
        except (smtplib.SMTPException, OSError) as lost:
            raise Uncertain("Mất kết nối với máy chủ thư, không rõ thư đã đi chưa.") from lost
        finally:
            server.close()  # once the letter is taken, how we part no longer matters
        return str(letter["Message-ID"])

    def _letter(self, parcel: Parcel) -> EmailMessage:
        letter = EmailMessage()
        try:
            letter["To"] = Address(addr_spec=parcel.to)
        except (ValueError, IndexError, MessageError) as wrong:
            raise Unreachable("Địa chỉ thư điện tử không đúng.") from wrong
        letter["From"] = self.sender
        letter["Subject"] = parcel.subject
        letter["Message-ID"] = f"<{parcel.key}@{self.sender.domain}>"
        letter["Auto-Submitted"] = "auto-generated"  # RFC 3834: no out-of-office answers, please
        letter.set_content(parcel.body)
        return letter

    def _connected(self) -> smtplib.SMTP:
        """A server that knows us. What fails here has sent nothing."""
        try:
            return self._greeted()
        except (
            smtplib.SMTPAuthenticationError,
            UnicodeEncodeError,
        ) as refused:  # a password beyond ASCII cannot be said
            raise TryLater("Máy chủ thư không nhận tài khoản hoặc mật khẩu.") from refused
        except (smtplib.SMTPException, OSError) as problem:
            raise TryLater("Không nối được tới máy chủ thư.") from problem

    def _greeted(self) -> smtplib.SMTP:
        context = ssl.create_default_context()
        if self.is_tls_first:
            server: smtplib.SMTP = smtplib.SMTP_SSL(self.host, self.port, timeout=PATIENCE, context=context)
        else:
            server = smtplib.SMTP(self.host, self.port, timeout=PATIENCE)
        try:
            server.ehlo()
            if not self.is_tls_first and self.host not in LOOPBACK:
                server.starttls(context=context)
            if self.user:
                server.login(self.user, self.password)
        except BaseException:
            server.close()
            raise
        return server


def _refusal(code: int) -> TryLater | Unreachable:
    """4xx is for now, 5xx for good (RFC 5321, section 4.2.1)."""
    if code < 500:
        return TryLater(f"Máy chủ thư tạm thời chưa nhận (mã {code}).")
    return Unreachable(f"Máy chủ thư không nhận địa chỉ hoặc thư này (mã {code}).")
