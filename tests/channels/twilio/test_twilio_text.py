"""Words made fit for a document."""

import xml.etree.ElementTree as ET
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ivr.channels.twilio.text import MAX_BYTES, MAX_QUOTED, clean, pieces, shortened


def test_a_short_text_stays_whole():
    assert list(pieces("Hello. How are you?")) == ["Hello. How are you?"]


def test_a_text_without_words_is_nothing():
    assert list(pieces(" \n\t ")) == []


def test_a_long_text_is_cut_where_a_sentence_ends():
    parts = list(pieces("This is one sentence of several. " * 300))
    assert len(parts) > 2
    assert all(part.endswith("several.") for part in parts)


def test_chinese_is_cut_where_a_sentence_ends_and_counts_as_it_stands_in_a_url():
    parts = list(pieces("您好，这里是客服热线。" * 200))
    assert all(part.endswith("。") for part in parts)
    assert max(len(quote(part)) for part in parts) <= MAX_QUOTED


def test_a_word_without_an_end_is_cut_all_the_same():
    parts = list(pieces("a" * 10_000))
    assert "".join(parts) == "a" * 10_000
    assert max(map(len, parts)) == MAX_BYTES


@pytest.mark.parametrize("letter", ["\x00", "\x0b", "\x1f", "\ud800", "\ufffe", "\uffff"])
def test_what_xml_refuses_is_left_out(letter):
    ET.fromstring(f"<a>{clean(f'before{letter}after')}</a>")
    assert clean(f"before{letter}after") == "before after"


def test_shortening_keeps_whole_sentences():
    assert shortened("One sentence. Another sentence. A third one.", 34) == "One sentence. Another sentence."


@given(st.text())
def test_no_word_is_lost_and_no_piece_is_too_long(text):
    parts = list(pieces(text))
    assert "".join("".join(parts).split()) == "".join(clean(text).split())
    for part in parts:
        assert part
        assert len(part.encode()) <= MAX_BYTES
        assert len(quote(part, safe="")) <= MAX_QUOTED
