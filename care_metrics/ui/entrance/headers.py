"""The headers of every answer: what a page may load, who may frame it, and cookies that never travel in the clear."""

import re
from base64 import b64encode
from functools import cache
from hashlib import sha256
from pathlib import Path

import streamlit

Headers = list[tuple[bytes, bytes]]
_INLINE = re.compile(r"<script>(.*?)</script>", re.DOTALL)


@cache
def policy() -> str:
    """Content-Security-Policy: this origin only; the inline scripts of Streamlit's own page by their hashes.

    Styles are inline in Streamlit (emotion); components of this app arrive as blob: modules, workers too.
    """
    page = Path(streamlit.__file__).parent / "static" / "index.html"
    digests = [sha256(text.encode()).digest() for text in _INLINE.findall(page.read_text(encoding="utf-8"))]
    inline = " ".join(f"'sha256-{b64encode(digest).decode()}'" for digest in digests)
    rules = {
        "default-src": "'none'",
        "script-src": f"'self' blob: 'wasm-unsafe-eval' {inline}".strip(),
        "style-src": "'self' 'unsafe-inline'",
        "img-src": "'self' data: blob:",
        "font-src": "'self' data:",
        "connect-src": "'self'",
        "worker-src": "'self' blob:",
        "media-src": "'self'",
        "manifest-src": "'self'",
        "form-action": "'self'",
        "base-uri": "'none'",
        "object-src": "'none'",
        "frame-src": "'none'",
        "frame-ancestors": "'none'",
    }
    return "; ".join(f"{name} {value}" for name, value in rules.items())


def secured(headers: Headers, https: bool) -> Headers:
    """The answer's headers with ours; https: cookies only over TLS, and the browser told to stay with it."""
    own = {
        b"content-security-policy": policy().encode(),
        b"x-content-type-options": b"nosniff",
        b"x-frame-options": b"DENY",
        b"referrer-policy": b"no-referrer",
        b"cross-origin-opener-policy": b"same-origin",
        b"cross-origin-resource-policy": b"same-origin",
        b"permissions-policy": b"camera=(), microphone=(), geolocation=()",
    }
    if https:
        own[b"strict-transport-security"] = b"max-age=31536000; includeSubDomains"
    kept = [(name, _secure(value) if https and name.lower() == b"set-cookie" else value) for name, value in headers]
    # Access-Control-Allow-Origin: Streamlit's own answer for other origins, of which there are none.
    dropped = {*own, b"access-control-allow-origin"}
    return [(name, value) for name, value in kept if name.lower() not in dropped] + list(own.items())


def _secure(cookie: bytes) -> bytes:
    return cookie if b"; secure" in cookie.lower() else cookie + b"; Secure"
