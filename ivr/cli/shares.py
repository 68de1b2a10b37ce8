"""Shares and changes as text that says how sure it is."""

from __future__ import annotations

from ivr.store.records.shares import Change, Share


def share_text(share: Share | None) -> str:
    """`12 of 20, 60% (39-78%)`; empty where there is nothing to take a share of."""
    if share is None:
        return ""
    return f"{share.count} of {share.of}, {share.rate:.0%} ({share.low * 100:.0f}-{share.high:.0%})"


def change_text(change: Change | None) -> str:
    """In points; in brackets, between which the true change lies. `?` where it may be none at all."""
    if change is None:
        return ""
    by, low, high = (f"{value * 100:+.0f}" for value in (change.by, change.low, change.high))
    return f"{by} ({low} to {high}){' ?' if change.low <= 0 <= change.high else ''}"
