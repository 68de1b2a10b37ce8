"""How callers say yes and no in English."""

from __future__ import annotations

from ivr.intent.assent.kinds import Assent, phrases

ENGLISH = Assent(
    yes=phrases(
        """
        yes, yes please, that's correct, that is correct, fine by me, exactly, absolutely, definitely, certainly
        affirmative, of course, please do, go ahead, go for it, do it, do that, let's do it, let's do that
        why not, you bet, indeed, no problem, not a problem, no worries, not a bad idea, i don't mind
        i wouldn't mind, by all means, with pleasure, i agree, i accept, i confirm, i consent, i'd love to
        i would love to, no doubt
        """
    ),
    soft=phrases(
        """
        yeah, yep, yup, yea, ya, aye, sure, ok, okay, uh huh, mm hmm, mhm, all right, alright, that's right
        that is right
        """
    ),
    short=phrases(
        """
        i do, i am, i have, i did, i would, it is, it does, it was, they are, we do, that's it, that's the one
        that is it, sounds good, that would be good, that would be great, that works, that's fine, that is fine
        that's good, that's great, sounds great, you're right, connect me, put me through, transfer me, it's me
        very much, i'd like that, i would like that, i want that, help me
        """
    ),
    bare=phrases("please, right, correct, fine, good, great, perfect, true, agreed, confirm, confirmed"),
    no=phrases(
        """
        no, nope, nah, nay, no thanks, no thank you, not really, not now, not right now, not today
        not at all, not yet, not at the moment, not necessary, not needed, not this time, no need
        no need for that, no way, never, never mind, nevermind, negative, wrong, that's wrong, incorrect
        false, forget it, forget about it, cancel, cancel that, stop, rather not, i'd rather not
        i would rather not, i don't think so, don't think so, i don't want, i do not want, i don't need
        i do not need, don't want, don't need, do not want, do not need, don't, do not, please don't
        don't do that, don't do it, don't go ahead, do not do that, i'm good, i'm good thanks, i am good
        i'm fine, i'm fine thanks, i'm okay, i'm all right, i'm alright, that's all, that's everything
        nothing else, no more, maybe later, another time, some other time, i'll pass, absolutely not
        certainly not, definitely not, of course not, hell no, not correct, not right, not okay, not true
        neither, i disagree, i refuse, i decline, leave it, skip it, anything but
        """
    ),
    nots=phrases(
        """
        not, isn't, aren't, wasn't, won't, wouldn't, can't, cannot, couldn't, shouldn't, doesn't, didn't
        haven't, hasn't, isn't it, ain't, hardly, i'm not, it's not, that's not, it isn't, that isn't
        i haven't, it doesn't, i didn't
        """
    ),
    asks=phrases(
        """
        what is, what's, what about, how much, how many, how long, how do, when is, when will, where is, who is
        which is, why is, why do, why does, is my, is the, is there, is it, is that, is this, are you, are there
        are my, does it, does that, does my, do you, do i
        """
    ),
    unsure=phrases(
        """
        not sure, i'm not sure, not quite sure, not so sure, not certain, i don't know, don't know
        do not know, dunno, no idea, maybe, perhaps, possibly, it depends, depends, hard to say, yes and no
        yes or no, what do you mean, i don't understand, i didn't understand, i don't remember
        i can't remember, can't say, if not, or not
        """
    ),
    idle=phrases(
        """
        right now, right away, right here, good morning, good afternoon, good evening, not only, excuse me
        that's all right
        """
    ),
)
