"""A mail server on this machine, as RFC 5321 describes one: enough to be spoken to by a real client."""

import base64
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage


@dataclass(slots=True)
class PostOffice:
    """What the server has seen, and how it treats people: `refusals` maps an address to the reply it gets."""

    port: int = 0
    letters: list[EmailMessage] = field(default_factory=list)
    recipients: list[str] = field(default_factory=list)
    logins: list[tuple[str, str]] = field(default_factory=list)
    refusals: dict[str, str] = field(default_factory=dict)
    password: str = ""
    hangs_up_after_data: bool = False


class _Clerk(socketserver.StreamRequestHandler):
    """One conversation."""

    def handle(self) -> None:
        """Answer command by command until QUIT or a hang-up."""
        self.say("220 thu.localhost san sang")
        while line := self.rfile.readline():
            command, _space, rest = line.decode().strip().partition(" ")
            if not getattr(self, f"on_{command.lower()}", self.on_unknown)(rest):
                return

    @property
    def office(self) -> PostOffice:
        """The office this clerk works for."""
        return self.server.office  # type: ignore[attr-defined]

    def say(self, words: str) -> bool:
        """One reply; the conversation goes on."""
        self.wfile.write(f"{words}\r\n".encode())
        return True

    def on_ehlo(self, _rest: str) -> bool:
        """What we can do."""
        self.say("250-thu.localhost")
        return self.say("250-AUTH PLAIN") and self.say("250 8BITMIME")

    def on_auth(self, rest: str) -> bool:
        """RFC 4616: identity, NUL, account, NUL, password."""
        _identity, user, password = base64.b64decode(rest.split()[1]).decode().split("\0")
        self.office.logins.append((user, password))
        right = password == self.office.password
        return self.say("235 duoc" if right else "535 5.7.8 sai mat khau")

    def on_mail(self, _rest: str) -> bool:
        """Who writes."""
        return self.say("250 duoc")

    def on_rcpt(self, rest: str) -> bool:
        """To whom."""
        address = rest.partition("<")[2].partition(">")[0]
        reply = self.office.refusals.get(address, "250 duoc")
        self.office.recipients.append(address)
        return self.say(reply)

    def on_data(self, _rest: str) -> bool:
        """The letter, up to a dot alone; a dot that begins a line was doubled (RFC 5321, 4.5.2)."""
        self.say("354 noi di")
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line[1:] if line.startswith(b"..") else line)
        if self.office.hangs_up_after_data:
            return False
        letter = message_from_bytes(b"".join(lines), policy=policy.default)
        assert isinstance(letter, EmailMessage)
        self.office.letters.append(letter)
        return self.say("250 da nhan")

    def on_rset(self, _rest: str) -> bool:
        """Begin anew."""
        return self.say("250 duoc")

    def on_quit(self, _rest: str) -> bool:
        """The end."""
        self.say("221 chao")
        return False

    def on_unknown(self, _rest: str) -> bool:
        """Anything else."""
        return self.say("502 khong biet lenh nay")


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True


@contextmanager
def post_office() -> Iterator[PostOffice]:
    """An open office on a free port of this machine."""
    office = PostOffice()
    with _Server(("127.0.0.1", 0), _Clerk) as server:
        server.office = office  # type: ignore[attr-defined]
        office.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield office
        finally:
            server.shutdown()
            thread.join()
