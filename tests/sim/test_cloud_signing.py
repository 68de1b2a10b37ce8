"""The double signs as its documentation says; the carrier's own library agrees (tests/channels/twilio)."""

from ivr.sim.cloud.signing import sign

FORM = {
    "CallSid": ["CA1234567890ABCDE"],
    "Caller": ["+14158675309"],
    "Digits": ["1234"],
    "From": ["+14158675309"],
    "To": ["+18005551212"],
}


def test_the_form_vector():
    assert sign("12345", "https://mycompany.com/myapp.php?foo=1&bar=2", FORM) == "RSOYDt4T1cUTdK1PDd93/VVr8B8="


def test_the_json_vector():
    digest = "015abd7f5cc57a2dd94b7590f04ad8084273905ee33ec5cebeae62276a97f862"
    assert sign("12345", f"https://mycompany.com/j?bodySHA256={digest}", {}) == "HZcabmio6hlmeaDQkKsY4H/TL0A="


def test_the_fragment_is_not_signed():
    assert sign("12345", "https://mycompany.com/myapp.php?foo=1&bar=2#rc=2", FORM) == "RSOYDt4T1cUTdK1PDd93/VVr8B8="
