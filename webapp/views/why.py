"""/why: the rule, the premises and the sentences behind a derived link, a verdict or a statement."""

from __future__ import annotations

from flask import Blueprint, render_template, request

from graph import why
from graph.errors import BadParameter
from webapp.addresses import data_of, page_of, span_of
from webapp.store import view

pages = Blueprint("why", __name__)


@pages.get("/why")
def one() -> str:
    """Explain ``link``, a derived link or figure check, or the statement of ``subject``, ``predicate``, ``object``.

    Without any of them: what the three origins mean, and where to ask.
    """
    link = request.args.get("link", "").strip()
    told = [request.args.get(name, "").strip() for name in ("subject", "predicate", "object")]
    if link:
        reasons = why.of_thing(view(), why.address(link))
    elif all(told):
        subject, predicate, object_ = told
        about = (why.address(subject), why.address(predicate, term=True), why.address(object_))
        reasons = why.of_statement(view(), *about)
    elif any(told):
        raise BadParameter("a statement has subject, predicate and object; or give link alone", param="subject")
    else:
        reasons = ()
    return render_template(
        "pages/why.html", reasons=reasons, page_of=page_of, span_of=span_of, origins=why.ORIGINS, data_of=data_of
    )
