"""What staff type to sign in."""

from django import forms
from django.utils.translation import gettext_lazy as _


class SignInForm(forms.Form):
    """Account and password; whether they fit is asked by the view."""

    username = forms.CharField(max_length=60, error_messages={"required": _("Để trống. Cần tên tài khoản.")})
    password = forms.CharField(
        max_length=200,
        strip=False,
        widget=forms.PasswordInput,
        error_messages={"required": _("Để trống. Cần mật khẩu.")},
    )
