"""`doithoai link`: a way in for somebody who has none, when no administrator can make one."""

import argparse

from django.urls import reverse

from doithoai.kernel import clock, plugs
from doithoai.kernel.access import Refused, System
from doithoai.ops.command import No
from doithoai.people.actions import LINK_LASTS, let_in
from doithoai.people.models import Staff


def main(args: argparse.Namespace) -> int:
    """Show a one-time sign-in link of one account; the journal says that it was made on the server."""
    staff = Staff.objects.select_related("agency").filter(username=args.username).first()
    if staff is None:
        raise No(f"Không có tài khoản “{args.username}”. Chưa tạo gì.")
    try:
        token = let_in(staff, actor=System("link"), now=clock.now())
    except Refused as refused:
        raise No(refused.reason) from refused
    print(f"Đường dẫn đăng nhập của {staff.name}, dùng một lần trong {LINK_LASTS.days} ngày:")
    print(f"  {plugs.link(reverse('sign-in-link', args=(token,)))}")
    return 0
