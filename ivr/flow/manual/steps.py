"""The chapter of step kinds."""

from __future__ import annotations

from ivr.flow.kit import Kit
from ivr.flow.manual.markdown import link
from ivr.flow.manual.reference import Reference

ORDER = (
    *("say", "ask", "offer", "choose", "set", "do", "lookup", "queue", "callback", "record", "dial", "sms", "rate"),
    *("hint", "ask_recording", "announce_recording", "stop_recording"),
)
"""As one gets to know them; kinds that came later and the end of the call come last."""
LAST = ("hangup",)

OPENING = """
## Step kinds

{links}.

Below, *step* is the name of a step of the same flow, or `return`, or `return` with an outcome; *words* is a name in
`words/*.yaml`; a *value* is a constant or a `{{{{ placeholder }}}}`; a *lookup* is `connector.operation`; a *sound* is
a file below `audio/`. Names that end in `_s` are seconds.
"""


def steps(kit: Kit, reference: Reference) -> str:
    middle = [kind for kind in kit.kinds if kind not in (*ORDER, *LAST)]
    kinds = [kind for kind in (*ORDER, *middle, *LAST) if kind in kit.kinds]
    opening = OPENING.format(links=", ".join(link(kind, kind) for kind in kinds)).strip()
    return "\n\n".join([opening, *(reference.section(kit.kinds[kind], kind, 3, what="step") for kind in kinds)])
