"""HTTP to an endpoint: pooled connections, one deadline an exchange, repeats where they are safe, no secret told.

Why not the connection that SPARQLWrapper opens: docs/adr/0016-endpoints.md.
"""

from __future__ import annotations

import base64
import io
import random
import re
import ssl
import time
from collections.abc import Mapping
from types import TracebackType
from typing import Final, Self
from urllib.parse import unquote, urlsplit, urlunsplit
from urllib.request import (
    HTTPDigestAuthHandler,
    HTTPPasswordMgrWithDefaultRealm,
    Request,
    getproxies,
    parse_http_list,
    parse_keqv_list,
    proxy_bypass,
)

import urllib3
from urllib3 import exceptions as http

from graph.errors import StoreUnavailable
from graph.settings import Settings

ATTEMPTS: Final = 4
BACK_OFF: Final = 0.1
"""Seconds before the first repeat; each further one waits about twice as long."""
CONNECT: Final = 10.0
"""Seconds to wait for a connection."""
BUSY: Final = frozenset({429, 502, 503, 504})
"""Statuses that say the server cannot take the request now, rather than what it thinks of it."""
QUICK: Final = 2.0
"""Seconds within which such a status means that no work was done; later it means work that came to nothing."""
ADDRESS: Final = re.compile(r"https?://[^/?#]")
POOLED: Final = 16
"""Connections to one server that are kept open."""
TOO_LONG: Final = "no whole answer in time (GOLDENTHREAD_ENDPOINT_TIMEOUT)"


class Connection:
    """The way to one endpoint. Threads may share it. Raises: StoreUnavailable if it has no usable address."""

    def __init__(self, settings: Settings) -> None:
        given = (settings.endpoint or "", settings.endpoint_update or "", settings.endpoint_graphs or "")
        places = [split(address) for address in given]
        for place, _ in places[:1] + [found for found in places[1:] if found[0]]:
            if not ADDRESS.match(place):
                raise StoreUnavailable(f"{shown_address(place)!r} is no address of an endpoint", endpoint=place)
        inline = next((named for _, named in places if named), None)
        user, password = inline or (settings.endpoint_user, settings.endpoint_password)
        self._token = settings.endpoint_token
        self._basic = self._digest = None
        if user is not None and settings.endpoint_auth == "digest":
            passwords = HTTPPasswordMgrWithDefaultRealm()
            passwords.add_password(None, [place for place, _ in places if place], user, password or "")
            self._digest = HTTPDigestAuthHandler(passwords)
        elif user is not None:
            self._basic = base64.b64encode(f"{user}:{password or ''}".encode()).decode()
        self._challenge: dict[str, str] | None = None
        self._secrets = [s for s in (password, self._token, self._basic) if s]
        proxy = _proxy(places[0][0])
        self._pool = urllib3.ProxyManager(proxy, maxsize=POOLED) if proxy else urllib3.PoolManager(maxsize=POOLED)

    def unavailable(self, request: Request, reason: str) -> StoreUnavailable:
        """Return the error that the server asked by ``request`` is of no use, without anything secret."""
        for secret in self._secrets:
            reason = reason.replace(secret, "***")
        shown = shown_address(request.full_url)
        return StoreUnavailable(f"{shown}: {reason}", endpoint=shown)

    def send(self, request: Request, *, seconds: float, repeatable: bool = True) -> Answer:
        """Send ``request`` and return the beginning of its answer, whatever its status.

        The whole answer has to arrive within ``seconds``. A ``repeatable`` request is sent again where the server
        could not be reached or was too busy. Raises: StoreUnavailable; so does reading the answer.
        """
        until = time.monotonic() + seconds
        for attempt in range(1, ATTEMPTS + 1):
            began = time.monotonic()
            last = attempt == ATTEMPTS or not repeatable
            pause = BACK_OFF * 2 ** (attempt - 1) * random.uniform(0.75, 1.25)  # noqa: S311 so that clients part ways
            try:
                answer = self._exchange(request, until)
            except (http.NewConnectionError, http.ConnectTimeoutError, http.ProtocolError) as error:
                if last or time.monotonic() + pause > until:
                    raise self.unavailable(request, _reason(error)) from None
            except (http.HTTPError, ValueError) as error:  # ValueError: an address that is none
                raise self.unavailable(request, _reason(error)) from None
            else:
                if last or answer.status not in BUSY or time.monotonic() - began > QUICK:
                    return answer
                pause = max(pause, _seconds(answer.headers.get("Retry-After")))
                if time.monotonic() + pause > until:
                    return answer
                answer.close()
            time.sleep(pause)
        raise AssertionError("the last attempt returns or raises")

    def _exchange(self, request: Request, until: float) -> Answer:
        answer = self._once(request, until)
        if answer.status != 401 or self._digest is None:
            return answer
        kind, _, challenge = answer.headers.get("WWW-Authenticate", "").partition(" ")
        if kind.lower() != "digest":
            return answer
        answer.close()
        self._challenge = parse_keqv_list(parse_http_list(challenge))
        return self._once(request, until)

    def _once(self, request: Request, until: float) -> Answer:
        left = max(until - time.monotonic(), 0.001)
        headers = {**dict(request.header_items()), "Accept-Encoding": "gzip"}
        body = _Sent(request.data, until) if isinstance(request.data, bytes) else None
        if body is not None:
            headers["Content-Length"] = str(len(body.getbuffer()))
        if self._token:
            headers["Authorization"] = f"Bearer {self._token}"
        elif self._basic:
            headers["Authorization"] = f"Basic {self._basic}"
        elif self._digest and self._challenge:
            headers["Authorization"] = f"Digest {self._digest.get_authorization(request, self._challenge)}"
        response = self._pool.request(
            request.get_method(),
            request.full_url,
            body=body,
            headers=headers,
            # A redirect is not followed: secrets go nowhere but to the address they were given for.
            redirect=False,
            retries=False,
            preload_content=False,
            timeout=urllib3.Timeout(connect=min(CONNECT, left), read=left),
        )
        return Answer(self, request, response, until)


class _Sent(io.BytesIO):
    """What is sent, block by block until the deadline.

    urllib3 allows one send the time for connecting. Sent as one, a graph that a server takes in slowly was cut short.
    """

    def __init__(self, data: bytes, until: float) -> None:
        super().__init__(data)
        self._until = until

    def read(self, size: int | None = -1, /) -> bytes:
        if time.monotonic() > self._until:
            raise http.TimeoutError
        return super().read(size)


class Answer:
    """An answer that is read as it arrives. Close it, or use it as a context."""

    def __init__(
        self, connection: Connection, request: Request, response: urllib3.BaseHTTPResponse, until: float
    ) -> None:
        self._response = response
        self.status = response.status
        self.headers: Mapping[str, str] = response.headers
        self.body = io.BufferedReader(_Body(connection, request, response, until), 1 << 16)

    @property
    def media_type(self) -> str:
        """What the body says it is, in lower case and without parameters."""
        return self.headers.get("Content-Type", "").partition(";")[0].strip().lower()

    def words(self, most: int = 300) -> str:
        """Return the beginning of a body that is a message to people, in one line."""
        text = self.body.read(most * 4).decode(errors="replace")
        return " ".join(text.split())[:most] if "html" not in self.media_type else ""

    def close(self) -> None:
        """Give the connection back if all of the answer has been read, otherwise end it."""
        if self._response.closed:
            self._response.release_conn()
        else:
            self._response.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


class _Body(io.RawIOBase):
    """The bytes of an answer, until the deadline."""

    def __init__(
        self, connection: Connection, request: Request, response: urllib3.BaseHTTPResponse, until: float
    ) -> None:
        self._connection = connection
        self._request = request
        self._response = response
        self._until = until

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        left = self._until - time.monotonic()
        if left <= 0:
            raise self._connection.unavailable(self._request, TOO_LONG)
        socket = getattr(self._response.connection, "sock", None)
        if socket is not None:
            socket.settimeout(left)
        try:
            read = self._response.read1(len(buffer))
        except (http.ReadTimeoutError, TimeoutError):
            raise self._connection.unavailable(self._request, TOO_LONG) from None
        except (http.HTTPError, OSError) as error:
            raise self._connection.unavailable(
                self._request, f"the answer broke off ({type(error).__name__})"
            ) from None
        buffer[: len(read)] = read
        return len(read)


def shown_address(address: str) -> str:
    """Return an address as it may be shown: a name and password, or a key in its query, are left out."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return address.rpartition("@")[2].partition("?")[0]
    return urlunsplit((parts.scheme, parts.netloc.rpartition("@")[2], parts.path, "", ""))


def split(address: str) -> tuple[str, tuple[str, str] | None]:
    """Return ``address`` as requests go to it, without name and password, and these if they stood in it."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return address, None
    named, at, host = parts.netloc.rpartition("@")
    if not at:
        return address, None
    user, _, password = named.partition(":")
    return urlunsplit(parts._replace(netloc=host)), (unquote(user), unquote(password))


def _proxy(address: str) -> str | None:
    """Return the proxy that the environment sets for ``address``, as curl and urllib would use it."""
    try:
        parts = urlsplit(address)
        host = parts.hostname
    except ValueError:
        return None
    return getproxies().get(parts.scheme) if host and not proxy_bypass(host) else None


def _seconds(text: str | None) -> float:
    return float(text) if text and text.isdecimal() else 0.0


def _reason(error: Exception) -> str:
    """Return why there is no answer, in our words: a library's own would show the address in full."""
    if isinstance(error, http.ConnectTimeoutError):
        return "no connection in time"
    if isinstance(error, http.TimeoutError):
        return TOO_LONG
    if isinstance(error, http.NameResolutionError):
        return "no such host"
    if isinstance(error, http.ProxyError):
        return "the proxy cannot be reached"
    if isinstance(error, http.SSLError | ssl.SSLError):
        return f"no safe connection: {error}"
    if isinstance(error, http.NewConnectionError):
        cause = error.__cause__
        return f"no connection: {cause.strerror if isinstance(cause, OSError) else 'refused'}"
    if isinstance(error, http.ProtocolError):
        return "the connection was closed before an answer came"
    if isinstance(error, http.LocationValueError | ValueError):
        return "this is no address of an endpoint"
    return f"no answer ({type(error).__name__})"
