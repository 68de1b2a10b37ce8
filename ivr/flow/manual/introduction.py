"""What a designer reads first: a small hotline, and the few rules that hold everywhere."""

INTRODUCTION = """
# How a hotline is written

For people who design calls; no programming is needed. A hotline is a folder of text files. This page is made from the
program itself (`ivr manual -o docs/flows.md`), and every example in it is tried by a test.

While you write, these commands help:

| command | what it does |
|---|---|
| `ivr check FOLDER` | tells everything that is wrong, with file, line and column, and [proves](#what-is-proved) the rest good to callers |
| `ivr draw FOLDER -o flows.svg` | draws the flows as a picture |
| `ivr call FOLDER` | calls the hotline from the terminal: type `1` for a key, words for speech |
| `ivr test FOLDER` | plays the scripted calls in `calls/` and says which come out otherwise; they say at what hour they are made |
| `ivr rehearse FOLDER --day NAME` | plays a whole day of callers and agents: [days.md](days.md) |
| `ivr serve FOLDER --local-line --phone` | serves it on this machine: a phone in the browser, `ivr call --server …` and `ivr agents phone NAME --server …` in terminals |

An editor that knows YAML schemas, such as VS Code with the YAML extension, completes names and shows faults while you
type, when a file begins with the line `# yaml-language-server: $schema=…` that leads to `hotline.schema.json`
(`ivr schema -o docs` writes it).

## A small hotline

Four files make a bakery's hotline that tells its opening hours, lets callers wait for somebody in the shop, and takes
a message when nobody is there.

```yaml hotline.yaml
hotline: bakery
start: main                       # the flow a call starts in
languages: [en]
fallback_number: "+12025550190"   # where callers go if everything else is broken
timezone: America/New_York
hours:
  open: {mon-fri: "07:00-18:00", sat: "07:00-12:00"}
constants:
  company: Main Street Bakery
always:
  person: {key: "0", go: main.person}
  repeat: {key: "*"}
```

```yaml main.yaml
flow: main
start: welcome
steps:
  welcome:
    say: welcome
    next: need

  need:
    ask: how_can_i_help
    expect: choice
    keys: {1: hours, 2: person}
    on: {hours: tell_hours, person: person, nothing: person}

  tell_hours:
    say: our_hours
    next: need

  person:
    queue: shop
    on: {done: goodbye, full: message, closed: message}

  message:
    record: please_leave_a_message
    queue: shop
    on: {recorded: goodbye, nothing: goodbye}

  goodbye:
    hangup: goodbye
```

```yaml words/en.yaml
welcome: "Welcome to {{ company }}."
how_can_i_help:
  say: "Press 1 for our opening hours, or 2 to talk to somebody in the shop. You can also say it."
  choices: {hours: [opening hours, hours, when are you open], person: [shop, somebody, person]}
our_hours: "We are open from Monday to Friday from 7 to 6, and on Saturday until noon."
please_leave_a_message: "Please leave a message after the tone, and we call you back."
goodbye: "Thank you for calling {{ company }}. Goodbye."
```

```yaml queues.yaml
queues:
  shop: {}
agents:
  amy: {phone: "+12025550111", queues: [shop]}
```

It also has the music that waiting callers hear, `audio/hold.wav`. And this is one of its tests:

```yaml calls/hours.yaml
about: a caller asks for the hours by key, hears them, and hangs up
from: "+12025550101"
turns:
  - hears: welcome to Main Street Bakery
  - presses: 1
  - hears: open from Monday to Friday
  - hangs_up: true
  - over: true
```

## The files

| file | what stands in it |
|---|---|
| `hotline.yaml` | numbers, languages, hours, what works at every question: [hotline.yaml](#hotlineyaml) |
| `main.yaml`, … | one flow each, in a file of its name: [a flow](#a-flow) and its [steps](#step-kinds) |
| `words/en.yaml`, … | what is said, one file for each language: [words](#words) |
| `intents.yaml` | what callers may want, with examples of how they say it: [intents.yaml](#intentsyaml) |
| `queues.yaml` | the lines callers wait in, and the agents: [queues.yaml](#queuesyaml) |
| `handoff.yaml` | which caller waits in which line, and what comes before: [handoff.yaml](#handoffyaml) |
| `hints.yaml` | what callers are told unasked, such as a bill that is due: [hints.yaml](#hintsyaml) |
| `calls/*.yaml` | calls that must come out so: [scripted calls](#scripted-calls) |
| `days/*.yaml` | whole days that can be [rehearsed](days.md) |
| `audio/*.wav` | recordings and music: `hold.wav` must be there where callers wait, any piece of music |

Only hotline.yaml, one flow and its words must be there, and in them a way to a person: a queue, a number, or a message.

### YAML in a minute

- What belongs to something stands below it, two blanks further in. Blanks, no tabs.
- `{a: 1, b: 2}` on one line is the same as two lines `a: 1` and `b: 2`; `[a, b]` is a list, and so are lines that
  begin with `- `.
- After `#` stands a remark.
- Text needs quotes when it begins with a sign such as `{ [ " * & # > | ! % @`, or has `: ` in it:
  `"{{ caller.name }}"`. Write phone numbers and times in quotes.
- Long text stands below `>-`, as many lines as you like.
- `yes`, `no`, `on` and `off` are words here, `true` and `false` are yes and no.
- Names have small letters, digits and `_`, and begin with a letter. A name written twice is a fault.

## How a call walks

A flow is a set of **steps**. The first line of a step is its kind, and what stands behind it is the main thing: the
words to say, the queue to wait in, the lookup to ask. Every way out is named, nothing is implied: `next:` where there
is only one, `on:` where there are several. A call goes from step to step until a `hangup`, or until the caller hangs
up.

```yaml step
need:
  ask: how_can_i_help        # the kind, and the words that are said
  expect: intent             # more about the step
  on:                        # every way out: what happened → the next step
    balance: look_up_balance
    nothing: person
```

**Targets.** A way leads to a step of the same flow. To use another flow, a [do](#do) step runs it: the call goes
through that flow and comes back. It comes back by the target `return`, which takes the way `done` of the `do` step,
or `return` and an outcome, such as `return verified`, which takes the way `verified`. A flow that `always:` of
hotline.yaml leads to directly has nothing to come back to, so it ends by `hangup`.

**Names.** A step may keep something under a name: a lookup its result, an `ask` with `as:` the answer, a `set` what
you like. Steps after it may use it: in words as `{{ balance.amount | money }}`, in values as
`"{{ balance.amount }}"`, in conditions as `balance.amount > 100`. A flow that `do` runs has names of its own: it
knows what `with:` hands in, which it lists as `takes:`, and brings back what it lists as `gives:`. `ivr check`
follows every way through the flows and tells a name that is not set on all of them.

**Silence.** Every question has a way for silence, `nothing`. Callers who say nothing, or nothing that is understood,
are asked again as often as `tries:` says, in other words if you wrote some.

**Doubt.** What was heard badly, or fits an intent only half, is asked about before anything is done with it: "Did you
mean …?" for wishes and choices, "I heard … Is that right?" for numbers, dates and words. Yes, no, their keys 1 and 2,
or another answer at once, all count there. A yes or a no that was heard badly is asked for again, so it is never taken
for consent; a secret is never read back. Asking back and asking again together come to `tries` at most.

**Keys always work**, at every question, with or without speech. Keys that one step gives a meaning come before those
of `always:`.

**A wish in place of an answer** ("Shall we go on where you were?" – "What is my balance?") is heard at every question
with few answers: a yes or no, a choice, a rating. It is no answer, never a yes, and no rating. Who was asked what he
wants before is led back to that question with it; else this question is left as unanswered, or asked again, and the
next one with `expect: intent` hears the wish without asking. "No, I want my balance" is a no and a wish. It counts
where it was understood surely (`limits: {sure: …}`), and never in line; a complaint is taken before another wish, and
moves by none.

**A person** can always be asked for, in words and by the key that `always:` of hotline.yaml names. The second time,
nothing stands between the caller and the line. The first time rules of handoff.yaml may tell something before the line,
or offer another form: a call back, a message, or another way by a link; who does not want it has kept the place.

**Back** (`back` of `always:`) leads to the question before, out of a flow that `do` runs as well, and from a person's
line to the question where the person was asked for; a line is no question, so nobody comes into one by going back. As
going back gives the place in line up, it must be said twice there: the first time the caller is told so and keeps the
place; the same key once more leaves the line.

**Slower** (`slower` of `always:`) speaks more slowly from then on and waits longer for every answer; **faster** goes
back to the usual pace. Numbers are read in groups to everybody.

**Preferences** are kept where hotline.yaml has `preferences: {}`: a language, a slow pace, keys or voice, a person or
the machine, the hour of calls back, and whether offers are taken, learned from what a caller does and fading in time.
The next call is spoken in that language and at that pace from its first word on; all else is for conditions, as in
`caller.prefers.way == 'person'`, and moves nobody by itself. A step `prefer` keeps what is said outright, and forgets
it all.

**No hints** (`no_hints` of `always:`, "do not tell me such things") is for who wants to be told nothing unasked: he is
told so, and hears no [hint](#hint) in this call or any later one, until he says `hints_again`.

**Loops** must pass a question: a circle of steps that never hears the caller is a fault.

**Secrets.** An `ask` with `secret: true` takes keys only, and its answer reaches no record, log or desk; whatever is
worked out from it is secret too. A `say` with `secret: true` is recorded without its words.

## What is proved

When no fault is left, `ivr check` looks through all calls that the files allow, and says of each of these that it is
proved, or prints a short call that shows the contrary, for `ivr test` to play. With such a call it ends with 1. Rarely it
says "not proved": neither was found within its bounds, and the reason stands behind it.

| must be so | if it is not |
|---|---|
| a second request for a person reaches a person, a line, or a callback; a message where nobody is there or the number is hidden | lead that way to a `queue` step, and its `full` and `closed` to a `callback` or `record` |
| no complaint moves to a person without a yes that is kept | put an `offer` before, also on the ways that "back" and a new wish open |
| a person is never more than `person_within` answers away | give `always:` a key for `person`, or raise the limit |
| no call breaks, goes round unheard, or ends with a caller who has no way out; a line can be left by a key | the call shows where; of a line: `keys:` |
| keys alone answer every question | `keys:` for each answer |
| `move: direct` stands only under `entry:` and asks for a tag or an age | use `move: ask` |
| off hours every request ends in a message or a callback | `closed` leads to `record`; or `limits: {off_hours: words}` |

**What counts as a request for a person**: the key and the phrases of `always:`; an intent called `person`, if you write one
(with it more words than those phrases are understood); every other wish that [people serve best](#intentsyaml), such as
those of the type `consult`; and *failing all tries* of a question: after `tries:` silences or misunderstandings `nothing`
and `unclear` must lead to a person. Silence is an answer, and may lead elsewhere, at a yes or no, an offer, a rating, and
a choice that is put once only. So "Did that help?" that may end in silence is written with `tries: 1`. A wish that people
serve best and a machine answers here all the same needs `way: smart_voice` at its intent.

## Conditions and values

A condition is an expression that is true or false:

| condition | holds |
|---|---|
| `caller.known` | when it is there, and not false, 0 or empty |
| `caller.tier == 'gold'` | when both are the same; `!=` when not. Texts stand in single quotes |
| `balance.amount > 100` | `<`, `<=`, `>=` likewise |
| `caller.age and caller.age >= 65` | when both hold; the first keeps the second from comparing nothing with a number |
| `caller.kind == 'company' or not hours.open` | when one of them holds; `not` turns it around |
| `'balance' in call.answered` | when it is one of the list |
| `topic is defined` | when an earlier step has set it |
| `bills \\| length > 2` | counts what a list holds |

Where a value is wanted, write a constant (`fault`, `3`, `true`), or one placeholder (`"{{ caller.account }}"`), which
keeps its type, or text with placeholders in it (`"Ticket {{ opened.ticket }}"`).
"""  # noqa: E501 - a row of a table is one line
