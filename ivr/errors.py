"""The tree of our exceptions. Three parents for three readers.

    IvrError
    ├── FlowError          the flow designer: something written in YAML is wrong
    ├── BadHours           the same, before it is known where that is written
    ├── HostError          who runs the server
    │   ├── SettingsError  a setting has a bad value
    │   ├── StoreDown      Redis does not answer
    │   └── RecordsDown    the database of records does not answer or is full
    └── ProviderError      somebody else's machine
        ├── LookupBroken   a connector got no usable answer
        ├── CarrierError   the telephone carrier refused an order
        └── SpeechError    the ears or the voice failed

A caller's silence or wrong key is an event, not an exception.
"""


class IvrError(Exception):
    """Parent of every exception this project raises on purpose."""


class FlowError(IvrError):
    """Something written in a hotline's files is wrong; the message starts with file:line:column."""


class BadHours(IvrError, ValueError):
    """Opening hours that cannot be read; whoever knows the file adds the place."""

    def __init__(self, sentence: str, *trail: str | int) -> None:
        """`trail` leads from the hours to their part that is wrong."""
        super().__init__(sentence)
        self.trail = trail


class HostError(IvrError):
    """Something the person who runs the server can mend."""


class SettingsError(HostError):
    """A setting has a bad value; the message names the setting and a good one."""


class StoreDown(HostError):
    """Redis did not answer; calls go on when it is back."""


class RecordsDown(HostError):
    """The database of records did not answer or is full; events wait in the store."""


class ProviderError(IvrError):
    """A machine that is not ours failed."""


class LookupBroken(ProviderError):
    """A connector got no usable answer in time."""


class CarrierError(ProviderError):
    """The telephone carrier refused or did not answer an order."""


class SpeechError(ProviderError):
    """Speech could not be recognised or made."""
