"""The browser phone: a page at /phone, and the socket /phone/line that carries its calls."""
