"""After a rehearsal: the site on this machine, to look around as each role."""

import subprocess
import sys
from datetime import timedelta

from doithoai.config import env
from doithoai.directory.models import Installation
from doithoai.kernel import chance, clock, plugs
from doithoai.people.actions import give_link
from doithoai.people.models import Staff

LASTS = timedelta(hours=12)


def serve() -> None:
    """Show one sign-in link for each role, valid for this run, and serve until interrupted."""
    chance.follow_machine()
    clock.run_from(Installation.objects.get().clock_at or clock.now())
    print(f"\nXem tại {plugs.link('/')} (Ctrl+C để dừng). Mỗi đường dẫn dưới đây vào được một lần:")
    for staff in Staff.objects.order_by("code")[:9]:
        token = give_link(
            staff.agency,
            purpose="sign-in",
            code=staff.code,
            expires_at=clock.now() + LASTS,
            staff=staff,
            single_use=True,
        )
        print(f"  {staff.title:<28} {staff.name:<22} {plugs.link(f'/vao/{token}/')}")
    environment = env.surroundings(DOITHOAI_SECRET_KEY=chance.token() + chance.token())
    server = subprocess.Popen([sys.executable, "-m", "doithoai.ops", "run"], env=environment)
    try:
        server.wait()
    except KeyboardInterrupt:
        server.terminate()
        server.wait()
