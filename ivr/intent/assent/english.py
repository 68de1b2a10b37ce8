"""How callers say yes and no in English."""

from __future__ import annotations

from ivr.intent.assent.kinds import Assent, phrases

ENGLISH = Assent(
    yes=phrases("yes, yes please, yeah, yep, yup, yea, aye, affirmative, indeed"),
    firm=phrases(
        """
        of course, please do, go ahead, go for it, do that, let's do it, let's do that, let's go on
        let's go ahead, why not, sure why not, you bet, no problem, not a problem, no worries, not a bad idea
        i don't mind, i do not mind, don't mind, i wouldn't mind, wouldn't mind, don't mind if i do
        by all means, with pleasure, i'd love to, i would love to, i'd love that, no doubt, no objection
        no objections, i have no objection, i have no objections, i have no problem with that
        i have nothing against it, nothing against it, nothing against that, sure thing, might as well
        fine by me
        """
    ),
    short=phrases(
        """
        ya, sure, ok, okay, okey dokey, uh huh, mm hmm, mhm, all right, alright, that's right, that is right
        very well, that's the one, sounds good, sounds great, that would be good, that would be great
        that would be nice, that would be lovely, that would be fine, it would help, that would help, that works
        works for me, work for me, that's fine, that is fine, that's good, that's great, you're right
        connect me, please connect me, put me through, transfer me, you can connect me, can you connect me
        could you connect me, can you put me through, could you put me through, i'd like that, i would like that
        i want that, i'd appreciate that, i would appreciate that, i agree, agree, i accept, accept, i confirm
        i consent, that's correct, that is correct, exactly, absolutely, definitely, certainly, i think so
        i guess so, i suppose so, i'm happy with that, i am happy with that, i'm fine with that
        i am fine with that, i'm ok with that, i'm okay with that, i am okay with that, fine with me
        i'm in favour, i'm in favor, happy to, that's what i want, that is what i want, that's why i called
        that is why i called, that's why i'm calling, that is why i am calling, good idea, resume, i can wait
        right, correct, fine, good, great, perfect, true, agreed, confirm, confirmed, connect, i say yes
        i'd be glad, that would be wonderful, that'd be great, that'd be lovely, that'd be nice, if you would
        if you could, if you can
        """
    ),
    whole=phrases(
        """
        i do, i am, i have, i did, i would, it is, it does, it was, they are, we do, we can, that's it
        that is it, that was it, you may, you can, do it, i'd like to, i would like to, help me, please help me
        let's, i do want, i do want to, very much, it's me, go on, go on then, continue, carry on, let's go
        let's continue, let us continue, please
        """
    ),
    no=phrases(
        """
        nope, nah, no thanks, no thank you, not really, not now, not right now, not today, no i'm fine
        not at all, not yet, not at the moment, not necessary, not needed, not this time, no need, yeah no
        no need for that, no need to, no way, no chance, no can do, never mind, nevermind, that's wrong
        forget it, forget about it, forget about that, you can forget it, cancel that, rather not
        i'd rather not, yeah not really, i would rather not, i'd prefer not, i would prefer not
        i don't think so, don't think so, i don't want, i do not want, i don't need, i do not need, don't want
        don't need, do not want, do not need, please don't, don't do that, don't do it, don't go ahead
        do not do that, i'm good, i'm good thanks, i am good, won't be necessary, i'm fine, i'm fine thanks
        i'm okay, i'm all right, i'm alright, that's all, that's everything, nothing else, maybe later
        another time, some other time, perhaps another time, i'll pass, absolutely not, certainly not
        definitely not, of course not, hell no, i disagree, i refuse, i decline, skip it, anything but
        i'd rather do, i would rather do, i'd rather stay, let me do it myself, i do mind, i would mind, i mind
        i have a problem with that, it's a no, that's a no, the answer is no, no is my answer, i say no
        i said no, i'd say no, i would say no, a bad idea, not interested, under no circumstances, in no case
        no longer, not anymore, not any more, to nobody, to no one, to nothing, with nobody, with no one
        start over, start again, i'll call back, from the beginning, something else, another matter
        something different, that's settled, it's settled, that is settled, that's done, it's solved
        that's solved, already solved, let's not, thanks but no, thank you but no, no no, i can do without
        i prefer the machine, i'd rather you didn't, i don't think, i do not wish, i don't wish, i'm all set
        i am all set, don't bother, leave me alone, do not put me through, not a person, not with a person
        """
    ),
    nay=phrases(
        """
        no, nay, negative, wrong, incorrect, false, cancel, stop, not correct, not right, not okay, not true
        neither of them, leave it, no more, that's no good, that is no good, different question
        """
    ),
    nots=phrases(
        """
        not, don't, do not, isn't, aren't, wasn't, won't, wouldn't, can't, cannot, couldn't, shouldn't, doesn't
        didn't, haven't, hasn't, isn't it, ain't, hardly, i'm not, it's not, that's not, it isn't, that isn't
        i haven't, it doesn't, i didn't, i can't, please do not
        """
    ),
    undoes=phrases("nothing, none, nobody, no one, never"),
    asks=phrases(
        """
        what is, what's, what about, what if, what happens, how much, how many, how long, how do, when is
        when will, where is, who is, which is, why is, why do, why does, why should, is my, is the, is there
        is it, is that, is this, are you, are there, are my, does it, does that, does my, do you, do i, can i
        can you, could you, can't you, couldn't you, don't you, will you, would you, should i, isn't there
        is anybody, what, why, who, which, where, when, how, can we, would that, what did
        """
    ),
    limits=phrases(
        """
        but, but first, if, only if, unless, as long as, so long as, provided, except, however, though, although
        on condition, under the condition, in case, first tell me, only, some of it, depending
        """
    ),
    told=phrases(
        """
        said, says, say, told, they say, he said, she said, you said, was told, my answer was, button
        you told me
        """
    ),
    mends=phrases(
        """
        i mean, i meant, actually, wait, scratch that, correction, on second thought, or rather
        """
    ),
    unsure=phrases(
        """
        not sure, i'm not sure, not quite sure, not so sure, not certain, i don't know, don't know, do not know
        dunno, no idea, maybe, perhaps, possibly, it depends, depends, hard to say, yes and no, yes or no
        what do you mean, i don't understand, i didn't understand, i don't remember, both, neither, either
        i can't remember, can't say, if not, or not, i didn't get that, didn't get that, let me think, hold on
        hang on, one moment, wait a moment, just a second, who is that, yes or what, which one, which person
        what was the question, what did you say, say that again, come again, could you repeat that, pardon
        how do i say, where were we, remind me, what was it about, what was that, could be, who would that be
        wait please, please wait, hold please
        """
    ),
    idle=phrases(
        """
        right now, right away, right here, good morning, good afternoon, good evening, not only, excuse me
        that's all right, if you don't mind, if possible, if i may, if we can, i'm sure, i am sure, sure enough
        fine print, well, um, uh, er, oh, then, thanks, thank you, sorry, to be honest, honestly, please help
        with me, for me, with that, to that, to them, it's a, from me
        if that's possible, hmm, hm, where we were, where i was, where we stopped
        that's why, that is why, can't help me, cannot help me
        """
    ),
    whom=phrases(
        """
        to a person, to somebody, to someone, to an agent, to a human, to a real person, with a person
        with somebody, with someone, a person, a human, an agent, person, agent, human
        """
    ),
)
