"""How allauth works in this house: people come by invitation, sign in by address, and no answer tells who is known."""

import logging
from threading import Thread
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from allauth.core import ratelimit
from django.http import HttpRequest

from accounts.models import Role

logger = logging.getLogger(__name__)


class Backend(AuthenticationBackend):
    """Lets active people in, and never the clockwork."""

    def user_can_authenticate(self, user: Any) -> bool:
        return user.role != Role.CLOCKWORK and super().user_can_authenticate(user)


class Adapter(DefaultAccountAdapter):
    """What we say and do otherwise than allauth."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": "The email address or the password is not right. Check both and try again.",
        "too_many_login_attempts": "There were too many tries. Wait 5 minutes and try again, or choose a new password.",
        "account_inactive": "This account can not sign in any more. Call us if you think this is wrong.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Count a try twice: for this address from this network, and for this address from anywhere."""
        super().pre_authenticate(request, **credentials)
        if not ratelimit.consume(request, action="login_anywhere", key=credentials.get("email", "").lower()):
            raise self.validation_error("too_many_login_attempts")

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Tries from elsewhere do not keep the owner of an address out."""
        return f"{self.get_client_ip(request)} {credentials.get('email', '').lower()}"

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send beside the reply, so that its time does not tell whether there was a mail to send."""
        message = self.render_mail(template_prefix, email, {"email": email} | context)
        Thread(target=_send, args=(message,), name="mail").start()

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return "/"


def _send(message: Any) -> None:
    try:
        message.send()
    except Exception:
        logger.exception("the link to choose a password could not be sent")
