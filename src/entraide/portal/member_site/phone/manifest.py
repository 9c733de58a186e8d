"""What a phone reads before it installs the portal: its name, icons, colours, first page (MOB-01)."""

import json

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from entraide.portal.foundation.web.public import public
from entraide.portal.foundation.web.wording import language, text
from entraide.portal.member_site.phone.icons import ICONS
from entraide.profiles import palette

_KIND = "application/manifest+json; charset=utf-8"


@public
@require_safe
def manifest(_request: HttpRequest) -> HttpResponse:
    """`/manifest.webmanifest`, in the reader's language."""
    identity = settings.PROFILE.identity
    colours = palette(settings.PROFILE.theme, dark=False)
    told = {
        "id": "/",
        "name": text(identity.space_name),
        "short_name": identity.short_name,
        "description": _("Vos remboursements, votre carte de tiers payant et vos demandes."),
        "lang": language(),
        "dir": "ltr",
        "start_url": reverse("home"),
        "scope": "/",
        "display": "standalone",
        "theme_color": colours["--surface-raised"],
        "background_color": colours["--surface"],
        "icons": [
            {
                "src": reverse("phone-icon", args=[name]),
                "sizes": f"{one.side}x{one.side}",
                "type": "image/png",
                "purpose": "maskable" if one.full else "any",
            }
            for name, one in ICONS.items()
        ],
        "shortcuts": [
            {"name": label, "url": reverse(page)}
            for label, page in (
                (_("Ma carte de tiers payant"), "card"),
                (_("Mes remboursements"), "reimbursements"),
                (_("Envoyer un document"), "deposit"),
            )
        ],
    }
    answer = HttpResponse(json.dumps(told, ensure_ascii=False), content_type=_KIND)
    answer.headers["Cache-Control"] = "no-cache"
    patch_vary_headers(answer, ("Accept-Language",))
    return answer
