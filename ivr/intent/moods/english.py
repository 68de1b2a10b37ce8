"""What settles in English that a caller is upset, wherever it stands in a sentence."""

from __future__ import annotations

from ivr.intent.moods.phrases import phrases

UPSET = phrases(
    """
    ridiculous, unacceptable, outrageous, infuriating, a disgrace, disgraceful, shame on you, how dare you
    fed up, sick of, sick and tired, had enough of, cannot take this any more, can't take this anymore
    waste of time, wasting my time, losing my patience, lost my patience, what the hell, the hell is
    for god's sake, for heaven's sake, for crying out loud, damn it, goddamn, pissed off
    are you kidding, got to be kidding, what a joke, this is a joke, drives me crazy, drives me mad
    driving me crazy, driving me mad, driving me nuts, so angry, very angry, really angry, extremely angry
    i am angry, i'm angry, furious, so frustrating, so frustrated, very frustrated, worst service, worst company
    terrible service, horrible service, awful service, lousy service, rip off, ripped off, ripping me off
    you lied, you are lying, bunch of liars, all liars, you people, stupid machine, stupid robot, good for nothing
    """
)
