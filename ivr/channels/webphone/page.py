"""The routes below /phone: the page, its files, and tickets to call with."""

from __future__ import annotations

from flask import Blueprint, Response, render_template, request

from ivr.call.codec import to_json
from ivr.channels.webphone.gate import is_ours
from ivr.channels.webphone.parts import PhoneParts
from ivr.errors import StoreDown


def blueprint(phone: PhoneParts) -> Blueprint:
    """Registered only where the phone is served."""
    routes = Blueprint("phone", __name__, url_prefix="/phone", template_folder="templates", static_folder="static")

    @routes.get("")
    def page() -> Response:
        served = [hotline.file for name in phone.shelf.names() if (hotline := phone.shelf.current(name))]
        return Response(render_template("phone.html", hotlines=served, panel=phone.watch is not None))

    @routes.post("/ticket")
    def ticket() -> Response:
        if not is_ours(request.headers.get("Origin"), request.host, phone.hosts):
            return _json({"problem": "tickets are for the page /phone of this server"}, 403)
        try:
            return _json({"ticket": phone.tickets.issue()})
        except StoreDown as error:
            return _json({"problem": str(error)}, 503)

    @routes.after_request
    def from_us_only(response: Response) -> Response:
        """The page loads nothing from elsewhere, shows itself in no frame, and speaks to this server alone."""
        host = request.host
        response.headers["Content-Security-Policy"] = (
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
            # Some browsers do not take 'self' to mean sockets.
            f"connect-src 'self' ws://{host} wss://{host}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
        )
        response.headers["Permissions-Policy"] = "microphone=(self), camera=(), geolocation=()"
        response.headers["Referrer-Policy"] = "no-referrer"
        response.headers["X-Content-Type-Options"] = "nosniff"
        if request.endpoint == "phone.static":
            response.headers["Cache-Control"] = "no-cache"  # asked for again each time, and mostly not sent again
        else:
            response.headers["Cache-Control"] = "no-store"
        return response

    return routes


def _json(value: object, status: int = 200) -> Response:
    return Response(to_json(value), status, content_type="application/json; charset=utf-8")
