"""How upset callers speak in English, and how callers speak who only sound like it."""

from __future__ import annotations

from ivr.intent.moods.kinds import Mood, phrases, sentences

UPSET = Mood(
    phrases=phrases(
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
    ),
    so=sentences(
        """
        this is ridiculous
        this is absolutely unacceptable
        I am so angry right now
        I am really upset about this
        I have had enough of this
        I am fed up with you people
        I am sick and tired of calling you
        this is a joke
        what a joke of a company
        you have got to be kidding me
        are you kidding me
        how many times do I have to call
        how many times do I have to explain this
        this is the third time I am calling about this
        I have called five times and nobody has helped me
        I have been waiting for weeks and nothing happens
        nobody ever calls me back
        nobody cares about your customers
        you keep telling me the same nonsense
        you always say that and nothing changes
        I do not want to hear any more excuses
        stop wasting my time
        this is a waste of my time
        what a waste of time
        you are useless
        this machine is useless
        this stupid machine does not understand anything
        I hate this stupid machine
        I hate talking to this thing
        for heaven's sake
        for god's sake just help me
        oh come on not again
        it is broken again what the hell is wrong with you
        what the hell is going on
        this is damn annoying
        damn it it is down again
        this drives me crazy
        you are driving me mad
        I am losing my patience
        my patience is at an end
        I cannot believe this
        I cannot take this any more
        this is outrageous
        this is a disgrace
        this is a scandal
        you should be ashamed of yourselves
        shame on you
        worst service I have ever had
        this is the worst company ever
        your service is terrible and I pay so much for it
        terrible just terrible
        you lied to me
        you are all liars
        you are robbing me
        you are cheating your customers
        this is a rip off
        I feel cheated
        I am extremely disappointed in you
        I am very frustrated
        this is so frustrating
        I am furious
        I will sue you
        I am going to call my lawyer
        you will hear from my lawyer
        I will tell everybody how bad you are
        I am leaving you and I will never come back
        I want my money back right now
        fix it now I mean it
        do something about it immediately I have lost a whole day of work
        I do not care about your rules
        do not tell me to calm down
        why is this so hard for you
        why can nobody in this company do anything right
        is anybody there at all who can do his job
        again and again the same trouble with you
        once more you have ruined my whole day
        I was treated like dirt
        how dare you charge me again
        """
    ),
    not_so=sentences(
        """
        I would like to ask something
        I am not angry I just want to know
        I am not upset at all
        no problem take your time
        thank you that was very kind
        thanks for your patience
        that is fine
        do not worry about it
        sorry for calling again
        I am calling again about the same thing
        I called yesterday already
        this is my second call
        it is not working since this morning
        my internet is not working
        the line is dead
        my phone is broken
        the connection is very slow
        the router is broken again
        I cannot call anybody
        I cannot log in
        I do not understand my bill
        I was charged twice
        there is a mistake on my bill
        my bill is higher than usual
        why is my bill so high
        I want my deposit back
        can I get a refund please
        I want to cancel my contract
        I want to leave at the end of the month
        I would like to complain about a technician
        the technician did not come yesterday
        how long do I have to wait
        I have been waiting for the letter since Monday
        how many times can I change my plan
        how much does it cost
        what time do you open
        I lost my card
        my card was stolen
        somebody stole my phone
        my payment is late
        I forgot my password
        please call me back
        can somebody call me back tomorrow
        I want to talk to somebody
        give me a person please
        is anybody there
        can you repeat that
        that is not what I asked
        no that is wrong
        no the other one
        I did not understand that
        I have a stupid question
        it is urgent
        I need it right now
        please fix it as soon as possible
        I need help
        I am in a hurry
        what happened to my order
        I want to change my address
        the weather is terrible
        my old company was terrible you are much better
        I have enough data
        that is enough thank you
        I am very happy with you
        good morning
        goodbye
        """
    ),
)
