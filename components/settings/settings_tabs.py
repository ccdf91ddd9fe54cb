"""The tabs of the settings: administrators have all of them, leads those about cases."""

from __future__ import annotations

from app.domain.people import Role
from app.i18n import Translator
from components.ui.tabs import tabs


def settings_tabs(role: Role, here: str, _: Translator) -> None:
    """Add the tabs that this role may open. `here` is the address of the open one."""
    screens = (
        ('/settings', _('Municipality'), Role.ADMIN),
        ('/settings/hours', _('Working hours'), Role.ADMIN),
        ('/settings/periods', _('When cases are late'), Role.LEAD),
        ('/settings/answers', _('Ready answers'), Role.LEAD),
    )
    tabs(_('Settings'), [(address, name) for address, name, needed in screens if role.covers(needed)], here)
