"""The report form of a sticker's page: read it, have the report received, and lead on to the thanks."""

from __future__ import annotations

from collections.abc import Awaitable

from fastapi import APIRouter, Request, Response

from app.services.context import require_client_id
from app.services.report_intake import IncomingReport
from app.services.spam_filter import Sender
from app.web.http.form_text import Sent
from app.web.http.network_prefix import network_prefix
from app.web.http.state import state_of
from pages.public.request_forms import DECLINED, fields, onward, page_route, read_code
from pages.public.sticker import sticker_page

TRAPS = ('subject', 'website')
"""The names of the trap field: the form's own, and the one of forms that were opened before it was renamed."""


async def report(request: Request, code: str) -> Response:
    """Receive a report in a form of any type. ReportFastPath takes those that browsers send without files."""
    answer = await receive_report(request, code, fields(request))
    return answer if isinstance(answer, Response) else onward(request, answer)


REPORT = page_route('POST', '/q/{code}', report)

router = APIRouter()
router.routes.append(REPORT)


async def receive_report(request: Request, typed: str, form: Awaitable[Sent]) -> str | Response:
    """Receive the report in a form that was sent to a code's address.

    Return the address of its thanks page, or the sticker's page with the reason why it was declined. `form` is awaited
    here, so that a form that can't be read is declined like any other.
    """
    state, sent = state_of(request), Sent()
    try:
        sent = await form
        incoming = _incoming_report(read_code(typed), sent)
        visitor = await state.session.visitor(request)
        if visitor:
            state.services.write_limits.take(visitor.person.id, visitor.device.id)
        await state.services.report_intake.receive(incoming, None if visitor else _sender(request, sent))
    except DECLINED as error:
        return await sticker_page(request, typed, error, sent)
    return f'/q/{incoming.code}/thanks/{incoming.id}'


def _incoming_report(code: str, sent: Sent) -> IncomingReport:
    """Return the report in a form. Its id is the form's and the button's: a button pressed twice sends one report."""
    fine = sent.get('fine', '')
    problem = fine or sent.get('problem', '')
    id = '-'.join(filter(None, (require_client_id(sent.get('id', '')), problem, 'fine' if fine else '')))
    return IncomingReport.read(id, code, problem, sent.get('note', ''), fine=bool(fine), again=sent.get('again', ''))


def _sender(request: Request, sent: Sent) -> Sender:
    trap = ''.join(sent.get(name, '') for name in TRAPS)
    return Sender(network_prefix(request), stamp=sent.get('id', ''), trap=trap)
