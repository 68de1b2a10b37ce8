"""The chapter of words: how they are written, and what the house says of its own."""

from __future__ import annotations

import sys

from ivr.flow.house_words import HOUSE_WORDS
from ivr.flow.manual.markdown import code, table
from ivr.flow.manual.reference import Reference
from ivr.flow.words import Wording

RULES = """
- `{{{{ name }}}}` puts a value in, `{{{{ name | filter }}}}` says it in a certain way, and
  `{{% if condition %}} … {{% else %}} … {{% endif %}}` says one thing or another. These are
  [Jinja](https://jinja.palletsprojects.com/en/stable/templates/) templates, without functions and other files.
- What a caller says and what business data holds are only ever values: `{{{{` in them is read out, not worked out.
- A missed answer takes the next wording of `nothing` or `unclear`; the last one stays. Without them, the house says
  that it has not heard or understood, and puts the question again.

These are said by the house until your words have an entry of that name:

{house}

The phrases that work at every question stand in the entry `always`, under `choices`:

{always}
"""


def words_chapter(reference: Reference) -> str:
    plain = [(code(key), entry) for key, entry in HOUSE_WORDS["en"].items() if isinstance(entry, str)]
    always = HOUSE_WORDS["en"]["always"]
    assert isinstance(always, Wording)
    phrases = [(code(name), ", ".join(said)) for name, said in always.choices.items()]
    rules = RULES.format(house=table(("name", "English"), plain), always=table(("means", "English"), phrases))
    module = sys.modules[Wording.__module__].__doc__ or ""
    return reference.section(Wording, "Words", 2, what="words/en.yaml", before=module, after=rules)
