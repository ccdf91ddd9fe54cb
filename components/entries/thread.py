"""Show the replies to an entry, the oldest first. Each reply is one element, added or replaced when it changes."""

from __future__ import annotations

from nicegui import ui

from app.domain.entries import Entry
from app.domain.people import Person, Role
from app.domain.personal_numbers import mask_for
from app.domain.replies import Reply, ReplyKind
from app.services.replies import PAGE
from app.wording.feed import reply_text
from app.wording.kinds import reply_kind
from components.shell.form import Form
from components.shell.screen import Screen
from components.ui.button import Button
from components.ui.dialog import Dialog, ask
from components.ui.long_text import LongText
from components.ui.text import Text

SCROLL_TO_REPLY = """
const reply = location.hash && document.querySelector(`[data-anchor="${CSS.escape(location.hash.slice(1))}"]`);
if (reply) {
  reply.tabIndex = -1;
  reply.focus({ preventScroll: true });
  reply.scrollIntoView({ block: "center" });
}
"""
"""Scroll to the reply in the address. The browser itself looks for it before NiceGUI has rendered it."""


def anchor(reply_id: str) -> str:
    """Return the fragment of an address that leads to a reply, without the #."""
    return f'reply-{reply_id}'


class ThreadView:
    """The thread of one entry, as this person may read it."""

    def __init__(self, screen: Screen, entry: Entry, person: Person) -> None:
        self._screen = screen
        self._person = person
        self._entry = entry
        self._shown: dict[str, ui.element] = {}
        self._older: str | None = None

    async def build(self) -> None:
        """Add the newest replies, and a button for earlier ones."""
        _ = self._screen._
        Text('h2', _('What colleagues say'))
        self._thanks = Text('p', '').classes('quiet')
        self._earlier = Button(_('Show what was said before'), self._show_earlier)
        self._list = ui.element('ol').classes('thread')
        self._list.props['aria-live'] = 'polite'
        self._none = Text('p', _('Nobody has said anything yet. Go on with “Yes, and …”, ask, or say thanks.'))
        self._none.classes('quiet')
        await self._show_earlier()
        await self.count_thanks()

    async def put(self, reply_id: str) -> None:
        """Add a new reply, or replace one that was withdrawn."""
        reply = await self._screen.services.replies.get(reply_id)
        if reply.kind is ReplyKind.THANKS:
            await self.count_thanks()
            return
        if reply.id in self._shown and not reply.is_withdrawn:
            return  # it was there when the screen was built
        if reply.id in self._shown:
            place = self._list.default_slot.children.index(self._shown[reply.id])
            self._shown.pop(reply.id).delete()
            await self._show(reply, place)
        elif not reply.is_withdrawn:
            await self._show(reply, arrived=True)
        self._show_whether_empty()

    async def count_thanks(self) -> None:
        """Show how many have said thanks, and who."""
        _, replies = self._screen._, self._screen.services.replies
        thanks = await replies.thanks(self._entry)
        details = [await replies.details(reply) for reply in thanks[:PAGE]]
        names = ', '.join(each.author.name if each.author else _('A colleague') for each in details)
        self._thanks.text = _.plural('{count} thanks: {names}', '{count} thanks: {names}', len(thanks), names=names)
        self._thanks.set_visibility(bool(thanks))

    async def _show_earlier(self) -> None:
        page = await self._screen.services.replies.thread(self._entry, self._older)
        for reply in page.documents:
            if reply.id not in self._shown:
                await self._show(reply, place=0)
        self._older = page.older
        self._earlier.set_visibility(page.older is not None)
        self._show_whether_empty()

    def _show_whether_empty(self) -> None:
        self._none.set_visibility(not self._shown)
        self._list.set_visibility(bool(self._shown))

    async def _show(self, reply: Reply, place: int = -1, arrived: bool = False) -> None:
        details = await self._screen.services.replies.details(reply)
        _, now = self._screen._, self._screen.services.now()
        name = details.author.name if details.author else _('A colleague')
        with self._list, ui.element('li').classes(f'said {reply.kind.value}') as element:
            with ui.element('p').classes('said-who'):
                Text('span', name)
                kind = '' if reply.kind is ReplyKind.YES_AND else reply_kind(reply.kind, _)  # its text says so
                words = (kind, details.team.name if details.team else '', _.when(reply.at, now))
                Text('span', ' · '.join(filter(None, words))).classes('quiet')
            if reply.is_withdrawn:
                LongText(_withdrawn_words(reply, self._screen), _).classes('said-text')
            else:
                LongText(mask_for(reply_text(reply, _), self._person), _).classes('said-text')
                self._withdraw_button(reply, name)
        element.props['data-anchor'] = anchor(reply.id)
        element.classes('taken' if reply.is_withdrawn else 'arrived' if arrived else '')
        if place >= 0:
            element.move(target_index=place)
        self._shown[reply.id] = element

    def _withdraw_button(self, reply: Reply, name: str) -> None:
        _, person = self._screen._, self._person
        if reply.is_by(person):
            with ui.element('p').classes('row'):
                Button(
                    _('Take back'), lambda: self._take_back(reply), named=_('Take back: {text}', text=reply.text[:60])
                )
        elif person.role.covers(Role.ADMIN):
            with ui.element('p').classes('row'):
                Button(_('Remove'), lambda: self._remove(reply), named=_('Remove what {name} said', name=name))

    async def _take_back(self, reply: Reply) -> None:
        _, replies = self._screen._, self._screen.services.replies
        if await ask(_, _('Take this back?'), _('Nobody can read it any more.'), _('Take back')):
            await self._screen.attempt(lambda person: replies.withdraw(person, reply.id))
            await self.put(reply.id)

    async def _remove(self, reply: Reply) -> None:
        _, replies = self._screen._, self._screen.services.replies
        dialog = Dialog(_('Remove this answer?'), persistent=True)
        with dialog.body, Form(self._screen, dialog) as form:
            reason = form.text('reason', _('Why? Whoever wrote it can read this.'))
            form.keep('removal', reply.id)

            async def send() -> None:
                await form.send(lambda person: replies.withdraw(person, reply.id, reason.value or ''))

            form.send_button(_('Remove'), send)
        await dialog.closed()
        await self.put(reply.id)


def _withdrawn_words(reply: Reply, screen: Screen) -> str:
    _ = screen._
    if reply.withdrawn_why:
        return _('Removed by an administrator: “{why}”', why=mask_for(reply.withdrawn_why, screen.visitor.person))
    return _('Taken back')
