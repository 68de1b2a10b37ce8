"""A call by sound: what is said, what interrupts it, what goes on, and what comes of it. No clock and no socket."""

import pytest
from session_rig import Line, question, voiced

from ivr.call.events import DigitsPressed, HungUp, NothingHeard, Polled, Recorded, SpeechHeard
from ivr.call.verbs import Dial, Hangup, Play, Record, Say, Wait
from ivr.speech.session import SOUND_ONLY

WELCOME, ASK = Say("welcome to the bakery"), Say("how can I help you")


@pytest.fixture
def line():
    return Line()


def test_a_question_is_heard_whole_and_silence_ends_it_after_the_patience(line):
    line.is_told(question("how can I help you", patience_s=3))
    line.passes(1.8 + 2.8)
    assert line.has_heard(ASK)
    assert line.events == []
    line.passes(0.4)
    assert line.events == [NothingHeard()]


def test_words_after_the_prompt_are_the_answer(line):
    line.is_told(question("how can I help you"))
    line.passes(2.5)
    line.begins_to_speak()
    line.is_heard("my balance")
    assert line.events == [SpeechHeard("my balance")]


def test_an_unsure_ear_says_so(line):
    line.is_told(question("how can I help you"))
    line.passes(2.5)
    line.begins_to_speak()
    line.is_heard("my balance", sure=False)
    assert line.events == [SpeechHeard("my balance", sure=False)]


def test_speech_silences_the_prompt_at_once(line):
    line.is_told(question("welcome to the bakery", "how can I help you"))
    line.passes(1.0)
    line.begins_to_speak()
    heard = len(line.heard)
    line.passes(1.0)
    assert line.cleared == 1
    assert len(line.heard) == heard


def test_a_key_silences_the_prompt_and_is_the_answer(line):
    line.is_told(question("how can I help you", max_digits=1))
    line.passes(0.5)
    line.presses("1")
    assert line.cleared == 1
    assert line.events == [DigitsPressed("1")]


def test_after_uh_huh_the_prompt_goes_on_and_all_of_it_is_heard(line):
    line.is_told(question("welcome to the bakery", "how can I help you"))
    line.passes(1.3)
    line.begins_to_speak()
    line.passes(0.5)
    line.is_heard("uh-huh")
    line.passes(10)
    assert line.noticed("ignored") == [{"why": "uh-huh"}]
    whole = voiced(WELCOME) + voiced(ASK)
    stopped = round(1.3 * 8000)
    again = len(whole) - (len(line.heard) - stopped)
    assert 0 <= stopped - again <= 4000
    assert bytes(line.heard) == whole[:stopped] + whole[again:]


def test_no_more_than_half_a_second_is_heard_twice(line):
    line.is_told(question("welcome to the bakery"))
    line.passes(1.3)
    line.begins_to_speak()
    line.is_not_heard("silence")
    line.passes(4)
    assert len(line.heard) - len(voiced(WELCOME)) <= 4000


def test_a_cough_after_the_prompt_gives_the_caller_his_patience_anew(line):
    line.is_told(question("how can I help you", patience_s=3))
    line.passes(1.8 + 2.0)
    line.begins_to_speak()
    line.passes(0.5)
    line.is_not_heard("silence")
    line.passes(2.8)
    assert line.events == []
    line.passes(0.3)
    assert line.events == [NothingHeard()]


def test_a_sentence_without_a_word_that_is_known_is_answered_at_once(line):
    line.is_told(question("shall I connect you", expect="yes_no", patience_s=5))
    line.passes(2.5)
    line.begins_to_speak()
    line.passes(2.2)
    line.is_not_heard("silence")
    assert line.events == [SpeechHeard("", None, False)]


def test_patience_does_not_run_out_while_the_caller_speaks(line):
    line.is_told(question("how can I help you", patience_s=3))
    line.passes(1.8 + 2.5)
    line.begins_to_speak()
    line.passes(8)
    assert line.events == []


def test_speech_that_is_not_understood_after_the_prompt_is_an_event_without_words(line):
    line.is_told(question("how can I help you"))
    line.passes(2.5)
    line.begins_to_speak()
    line.is_not_heard("unclear")
    assert line.events == [SpeechHeard("", None, False)]


def test_a_short_unclear_remark_in_mid_prompt_lets_it_go_on(line):
    line.is_told(question("welcome to the bakery"))
    line.passes(1)
    line.begins_to_speak()
    line.passes(1)
    line.is_not_heard("unclear")
    assert line.events == []
    line.passes(3)
    assert bytes(line.heard[-800:]) == voiced(WELCOME)[-800:]


def test_a_long_sentence_in_mid_prompt_that_is_not_understood_was_meant_for_us(line):
    line.is_told(question("welcome to the bakery"))
    line.passes(1)
    line.begins_to_speak()
    line.passes(4)
    line.is_not_heard("unclear")
    assert line.events == [SpeechHeard("", None, False)]


def test_in_line_the_music_goes_on_where_it_was_however_long_the_noise(line):
    line.is_told(question("welcome to the bakery", expect="line"))
    line.passes(1)
    line.begins_to_speak()
    line.passes(6)
    line.is_not_heard("unclear")
    assert line.events == []
    line.passes(3)
    assert bytes(line.heard[-800:]) == voiced(WELCOME)[-800:]


def in_line_after_a_noise(line, *music):
    """Music in line that has been silent for a sound without words, and goes on."""
    line.is_told(question(*music, expect="line"))
    line.passes(1)
    line.begins_to_speak()
    line.passes(1)
    line.is_not_heard("unclear")
    line.passes(1.5)


def test_music_in_line_falls_silent_for_nothing_once_and_then_goes_on_beside_the_noise(line):
    in_line_after_a_noise(line, "welcome to the bakery", "how can I help you")
    for _ in range(3):
        line.begins_to_speak()
        line.passes(0.5)
        line.is_not_heard("unclear")
    assert line.cleared == len(line.noticed("interrupted")) == 1
    assert line.events == []
    line.passes(10)
    assert line.events == [NothingHeard()]


def test_words_beside_the_music_are_heard_and_never_surely(line):
    in_line_after_a_noise(line, "welcome to the bakery", "how can I help you")
    line.begins_to_speak()
    line.passes(0.5)
    line.is_heard("call me back")
    assert line.events == [SpeechHeard("call me back", sure=False)]


def test_the_echo_of_music_that_goes_on_is_no_answer(line):
    line.echoes = True
    in_line_after_a_noise(line, "welcome to the bakery", "how can I help you")
    line.begins_to_speak()
    line.passes(1.5)
    line.is_heard("slower", sure=False)
    assert line.noticed("ignored")[-1] == {"why": "echo"}
    assert line.events == []


def test_yes_said_into_a_yes_or_no_question_is_no_remark(line):
    line.is_told(question("shall I connect you", expect="yes_no"))
    line.passes(1)
    line.begins_to_speak()
    line.is_heard("yeah")
    assert line.events == [SpeechHeard("yeah")]


def test_the_prompts_own_echo_is_no_answer(line):
    line.echoes = True
    line.is_told(question("press one for your balance"))
    line.passes(1.5)
    line.begins_to_speak()
    line.passes(0.1)
    line.is_heard("balance")
    assert line.events == []
    assert line.noticed("ignored") == [{"why": "echo"}]


def test_of_two_utterances_the_prompt_waits_for_both(line):
    line.is_told(question("welcome to the bakery"))
    line.passes(1)
    line.begins_to_speak()
    line.begins_to_speak()
    line.is_not_heard("silence")
    line.passes(0.5)
    heard = len(line.heard)
    line.passes(0.5)
    assert len(line.heard) == heard
    line.is_heard("my balance")
    assert line.events == [SpeechHeard("my balance")]


def test_an_ear_that_never_tells_is_given_up(line):
    line.is_told(question("how can I help you", patience_s=3))
    line.passes(2.5)
    line.begins_to_speak()
    line.passes(45)
    assert line.events == [NothingHeard()]


def test_digits_end_with_the_finish_key(line):
    line.is_told(question("your number", expect="digits"))
    line.presses("12")
    line.passes(1)
    line.presses("3#")
    assert line.events == [DigitsPressed("123")]


def test_digits_end_when_no_more_come(line):
    line.is_told(question("your number", expect="digits", patience_s=4))
    line.presses("12")
    line.passes(3.9)
    assert line.events == []
    line.passes(0.2)
    assert line.events == [DigitsPressed("12")]


def test_the_finish_key_alone_is_silence(line):
    line.is_told(question("your number", expect="digits"))
    line.presses("#")
    assert line.events == [NothingHeard()]


def test_words_after_a_key_count_no_more(line):
    line.is_told(question("your number", expect="digits"))
    line.begins_to_speak()
    line.presses("1")
    line.is_heard("my balance")
    assert line.events == []


def test_keys_typed_ahead_answer_the_next_question_without_its_prompt(line):
    line.is_told(question("how can I help you", max_digits=1))
    line.presses("12")
    assert line.events == [DigitsPressed("1")]
    line.is_told(question("which plan", max_digits=1))
    assert line.events == [DigitsPressed("1"), DigitsPressed("2")]
    assert line.has_heard()


def test_nobody_agrees_ahead_to_what_he_has_not_heard(line):  # R31
    line.is_told(question("how can I help you", max_digits=1))
    line.presses("11")
    line.is_told(question("shall I connect you", expect="yes_no", max_digits=1))
    line.passes(2)
    assert line.events == [DigitsPressed("1")]
    assert line.has_heard(Say("shall I connect you"))


def test_a_letter_is_no_key(line):
    line.is_told(question("your number", max_digits=1))
    line.presses("x")
    line.do(line.session.key("", line.now))
    assert line.events == []


def test_typed_words_are_words(line):
    line.is_told(question("how can I help you"))
    line.do(line.session.words("  my balance "))
    assert line.events == [SpeechHeard("my balance")]


def test_typed_words_count_for_nothing_where_only_keys_do(line):
    line.is_told(question("your PIN", speech=False, secret=True))
    line.do(line.session.words("one two"))
    assert line.events == []
    assert line.noticed("ignored") == [{"why": "keys only"}]


def test_where_only_keys_count_no_ear_listens(line):
    line.is_told(question("your PIN", speech=False, secret=True))
    assert line.attending == 0


def test_a_secret_is_shown_nowhere(line):
    line.is_told(
        question("your PIN is 4711", expect="digits", secret=True).__class__(
            prompts=(Say("your PIN is 4711", secret=True),), secret=True
        )
    )
    line.presses("47")
    line.begins_to_speak()
    line.is_heard("four seven")
    assert "4" not in str(line.notices)


def test_a_secret_that_is_typed_is_shown_nowhere(line):
    line.is_told(question("your PIN", expect="digits", secret=True))
    line.do(line.session.words("four seven one one"))
    assert "four" not in str(line.notices)


def test_what_is_said_comes_before_what_is_done(line):
    line.is_told(WELCOME, Dial("+12025550190"))
    line.passes(1)
    assert line.rest == []
    line.passes(2)
    assert line.rest == [(Dial("+12025550190"),)]
    assert line.has_heard(WELCOME)


def test_the_line_gets_all_that_is_not_a_matter_of_sound(line):
    line.is_told(Dial("+12025550190"), Hangup())
    assert line.rest == [(Dial("+12025550190"), Hangup())]


def test_waiting_comes_back_after_its_seconds(line):
    line.is_told(WELCOME, Wait(2))
    line.passes(2.1 + 1.9)
    assert line.events == []
    line.passes(0.3)
    assert line.events == [Polled()]


def test_a_new_answer_breaks_off_what_was_being_said(line):
    line.is_told(
        question("please hold the line"),
    )
    line.passes(0.5)
    line.is_told(question("an agent is here"))
    line.passes(3)
    assert bytes(line.heard[4000:]) == voiced(Say("an agent is here"))


def test_marks_of_an_earlier_prompt_mean_nothing(line):
    line.is_told(question("how can I help you", patience_s=3))
    stale = [name for _, name in line.marks]
    line.is_told(question("which plan would you like", patience_s=3))
    for name in stale:
        line.do(line.session.marked(name, line.now))
    line.passes(2.5 + 2.8)
    assert line.events == []


def test_a_far_end_that_tells_no_marks_does_not_hold_the_call_up(line):
    line.is_told(question("how can I help you", patience_s=3))
    line.marks.clear()
    line.passes(1.8 + 4 + 3.2)
    assert line.events == [NothingHeard()]


def test_live_words_come_in_pieces_and_the_question_waits_for_the_last(line):
    line.voices_work = False
    line.is_told(question("how can I help you", patience_s=1))
    line.do(line.session.piece(0, b"\x10" * 4000, line.now))
    line.passes(3)
    assert line.events == []
    line.do(line.session.piece(0, b"\x20" * 4000, line.now))
    line.do(line.session.spoken(0, line.now))
    line.passes(1.6)
    assert line.events == [NothingHeard()]
    assert bytes(line.heard) == b"\x10" * 4000 + b"\x20" * 4000


def test_pieces_that_come_while_the_caller_speaks_are_kept_for_later(line):
    line.voices_work = False
    line.is_told(question("how can I help you"))
    line.do(line.session.piece(0, b"\x10" * 4000, line.now))
    line.passes(0.2)
    line.begins_to_speak()
    line.do(line.session.piece(0, b"\x20" * 4000, line.now))
    line.do(line.session.spoken(0, line.now))
    line.is_not_heard("silence")
    line.passes(2)
    assert bytes(line.heard[1600:]) == b"\x10" * 4000 + b"\x20" * 4000


def test_what_nobody_can_say_is_left_to_the_line_with_all_that_follows():
    line = Line(dumb=("你好",))
    asked = question("你好")
    line.is_told(WELCOME, asked)
    line.passes(3)
    assert line.unsaid == ["你好"]
    line.do(line.session.leave())
    assert line.rest == [(asked,)]


def test_the_line_may_find_its_own_way_to_say_it():
    line = Line(dumb=("你好",))
    line.is_told(question("你好", "how can I help you", patience_s=1))
    line.do(line.session.pass_over(line.now))
    line.passes(3)
    assert line.has_heard(ASK)
    assert line.events == [NothingHeard()]


def test_hanging_up_is_told(line):
    line.is_told(question("how can I help you"))
    line.do(line.session.hung_up())
    assert line.events == [HungUp()]


def test_a_sound_between_prompts_is_played(line):
    hold = Play("hold.wav", 30)
    line.is_told(question("please wait").__class__(prompts=(WELCOME, hold), expect="line", speech=False))
    line.passes(5)
    assert line.has_heard(WELCOME, hold)


class TestMessages:
    """R82"""

    @pytest.fixture
    def line(self):
        return Line(own=SOUND_ONLY | {Record})

    def says(self, line, seconds):
        """Speech as the end-of-speech sees it: bursts of a voice-like sound between quieter moments."""
        from line_sounds import babble, frames_of

        from ivr.speech.codec import encode

        for frame in frames_of(babble(seconds)):
            line.now += 0.02
            line.do(line.session.frame(encode(frame)))

    def test_a_message_begins_after_the_tone_and_ends_by_its_key(self, line):
        line.is_told(Say("please speak"), Record(max_s=30))
        line.passes(1.2 + 0.5)
        self.says(line, 3.0)
        line.presses("#")
        (kept,) = line.kept
        assert kept.key == "#"
        assert 2.5 < len(kept.ulaw) / 8000 < 3.5
        line.do(line.session.kept("local-1", 3.0, "#"))
        assert line.events == [Recorded("local-1", 3.0, "#")]

    def test_silence_ends_it_and_is_not_kept(self, line):
        line.is_told(Record(max_s=30, silence_s=3))
        line.passes(0.5)
        self.says(line, 2.0)
        line.passes(4)
        (kept,) = line.kept
        assert kept.key == ""
        assert 1.8 < len(kept.ulaw) / 8000 < 3.0

    def test_who_says_nothing_leaves_no_message(self, line):
        line.is_told(Record(max_s=30, silence_s=3))
        line.passes(0.5 + 3.2)
        assert [kept.ulaw for kept in line.kept] == [b""]

    def test_a_message_of_a_caller_who_hangs_up_is_kept(self, line):
        line.is_told(Record(max_s=30))
        line.passes(0.5)
        self.says(line, 2.0)
        line.do(line.session.hung_up())
        (kept,) = line.kept
        assert kept.key == "hangup"
        assert kept.ulaw

    def test_a_message_ends_when_it_is_long_enough(self, line):
        line.is_told(Record(max_s=5))
        line.passes(0.5)
        self.says(line, 6.0)
        (kept,) = line.kept
        assert len(kept.ulaw) <= 5 * 8000
