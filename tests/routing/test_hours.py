"""When a line is open, in its own time zone, over nights, holidays and changes of the clock."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ivr.errors import BadHours
from ivr.routing.hours import Hours
from ivr.routing.hours_written import read_hours

OFFICE = {"mon-fri": "08:00-18:00", "sat": "09:00-13:00"}


def at(text: str, zone: str = "America/New_York", fold: int = 0) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone), fold=fold)


def office(**more: object) -> Hours:
    return read_hours(OFFICE, timezone="America/New_York", **more)


@pytest.mark.parametrize(
    ("moment", "is_open"),
    [
        ("2026-06-03 07:59:59", False),  # a Wednesday
        ("2026-06-03 08:00", True),
        ("2026-06-03 17:59:59", True),
        ("2026-06-03 18:00", False),
        ("2026-06-06 12:00", True),
        ("2026-06-06 13:00", False),
        ("2026-06-07 12:00", False),
    ],
)
def test_a_line_is_open_from_its_first_minute_to_its_last(moment: str, is_open: bool) -> None:
    assert office().is_open(at(moment)) is is_open


def test_hours_are_meant_in_their_own_time_zone() -> None:
    assert office().is_open(datetime(2026, 6, 3, 13, tzinfo=UTC))
    assert not office().is_open(datetime(2026, 6, 3, 8, tzinfo=UTC))


def test_a_moment_without_a_time_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="2026-06-03T12:00:00 has no time zone"):
        office().is_open(datetime(2026, 6, 3, 12))


def test_it_opens_next_after_the_weekend() -> None:
    assert office().opens_next(at("2026-06-06 13:00")) == at("2026-06-08 08:00")
    assert office().opens_next(at("2026-06-08 07:00")) == at("2026-06-08 08:00")


def test_while_open_it_opens_now() -> None:
    now = at("2026-06-08 12:00")
    assert office().opens_next(now) == now


def test_opening_is_told_in_local_time() -> None:
    told = office().opens_next(datetime(2026, 6, 8, 3, tzinfo=UTC))
    assert told is not None
    assert told.isoformat() == "2026-06-08T08:00:00-04:00"


def test_several_spans_leave_a_lunch_break() -> None:
    hours = read_hours({"daily": ("13:00-17:00", "08:00-12:00")})
    assert hours.is_open(at("2026-06-03 11:59", "UTC"))
    assert not hours.is_open(at("2026-06-03 12:30", "UTC"))
    assert hours.opens_next(at("2026-06-03 12:30", "UTC")) == at("2026-06-03 13:00", "UTC")
    assert read_hours({"daily": "08:00-12:00, 13:00-17:00"}) == hours


def test_a_night_runs_into_the_next_morning() -> None:
    hours = read_hours({"fri": "22:00-06:00"})
    assert hours.is_open(at("2026-06-05 23:00", "UTC"))
    assert hours.is_open(at("2026-06-06 05:59", "UTC"))
    assert not hours.is_open(at("2026-06-06 06:00", "UTC"))
    assert not hours.is_open(at("2026-06-05 05:00", "UTC")), "Thursday night is not open"


def test_a_closed_day_closes_what_begins_on_it() -> None:
    hours = read_hours({"daily": "22:00-06:00"}, closed=["2026-06-06"])
    assert hours.is_open(at("2026-06-06 05:00", "UTC")), "that is Friday's night"
    assert not hours.is_open(at("2026-06-06 23:00", "UTC"))
    assert not hours.is_open(at("2026-06-07 05:00", "UTC"))


def test_the_whole_day_is_open_at_midnight_too() -> None:
    hours = read_hours({"daily": "00:00-24:00"}, timezone="Europe/Berlin")
    moment = at("2026-03-28 00:00", "Europe/Berlin")
    for _ in range(3 * 24 * 4):  # over the night in which the clock leaps
        assert hours.is_open(moment)
        moment = (moment.astimezone(UTC) + timedelta(minutes=15)).astimezone(ZoneInfo("Europe/Berlin"))


@pytest.mark.parametrize("holidays", ["US", {"country": "US"}, ["2026-12-25"]])
def test_public_holidays_are_closed(holidays: object) -> None:  # R82
    hours = office(public_holidays=holidays)
    assert not hours.is_open(at("2026-12-25 12:00"))  # a Friday
    assert hours.opens_next(at("2026-12-25 12:00")) == at("2026-12-26 09:00")


@pytest.mark.parametrize("holidays", ["US-MA", {"country": "US", "subdivision": "MA"}])
def test_a_part_of_a_country_has_holidays_of_its_own(holidays: object) -> None:
    patriots_day = at("2026-04-20 12:00")
    assert office(public_holidays="US").is_open(patriots_day)
    assert not office(public_holidays=holidays).is_open(patriots_day)


def test_holidays_are_known_in_years_to_come() -> None:
    assert not office(public_holidays="US").is_open(at("2031-12-25 12:00"))


def test_a_moved_holiday_is_closed_on_the_day_it_is_kept() -> None:
    assert not office(public_holidays="US").is_open(at("2026-07-03 12:00")), "the Fourth is a Saturday"


def test_a_line_that_never_opens_says_so() -> None:
    never = read_hours({})
    assert not never.is_open(at("2026-06-03 12:00"))
    assert never.opens_next(at("2026-06-03 12:00")) is None
    assert read_hours({"mon": "closed"}).opens_next(at("2026-06-03 12:00")) is None


def test_a_line_closed_for_a_year_opens_after_it() -> None:
    year = [(datetime(2027, 1, 1) + timedelta(days=n)).date().isoformat() for n in range(365)]
    assert office(closed=year).opens_next(at("2027-01-01 12:00")) == at("2028-01-01 09:00")


def test_days_may_run_over_the_end_of_the_week() -> None:
    hours = read_hours({"sat-mon": "10:00-12:00"})
    days = [day for day in range(1, 8) if hours.is_open(at(f"2026-06-0{day} 11:00", "UTC"))]
    assert days == [1, 6, 7]


# --- the clock changes: New York leaps from 2:00 to 3:00 on 2026-03-08 and repeats 1:00-2:00 on 2026-11-01


def test_opening_is_at_the_same_time_of_day_before_and_after_the_clock_changes() -> None:
    hours = read_hours({"daily": "08:00-18:00"}, timezone="America/New_York")
    for evening, opening in (("2026-03-07 20:00", "2026-03-08 12:00"), ("2026-10-31 20:00", "2026-11-01 13:00")):
        assert hours.opens_next(at(evening)) == at(opening, "UTC")


def test_a_line_that_opens_in_the_leap_opens_with_it() -> None:
    hours = read_hours({"daily": "02:30-04:00"}, timezone="America/New_York")
    assert hours.opens_next(at("2026-03-08 00:00")) == at("2026-03-08 03:00")
    assert hours.is_open(at("2026-03-08 03:00"))
    assert not hours.is_open(at("2026-03-08 01:59:59"))


def test_a_line_that_closes_in_the_leap_closes_with_it() -> None:
    hours = read_hours({"daily": "00:00-02:30"}, timezone="America/New_York")
    assert hours.is_open(at("2026-03-08 01:59:59"))
    assert not hours.is_open(at("2026-03-08 03:00"))


def test_a_span_that_the_clock_leaps_over_is_not_there() -> None:
    hours = read_hours({"daily": "02:10-02:50"}, timezone="America/New_York")
    assert hours.opens_next(at("2026-03-08 00:00")) == at("2026-03-09 02:10")


def test_an_hour_the_clock_repeats_is_open_both_times() -> None:
    hours = read_hours({"daily": "01:00-02:00"}, timezone="America/New_York")
    assert hours.is_open(at("2026-11-01 01:30"))
    assert hours.is_open(at("2026-11-01 01:30", fold=1))
    assert not hours.is_open(at("2026-11-01 02:00"))


def test_a_day_the_calendar_left_out_is_not_open() -> None:
    hours = read_hours({"daily": "08:00-18:00"}, timezone="Pacific/Apia")  # there was no 30 December 2011
    assert hours.opens_next(at("2011-12-29 20:00", "Pacific/Apia")) == at("2011-12-31 08:00", "Pacific/Apia")


ZONES = st.sampled_from(["UTC", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "Africa/Casablanca"])
CLOCK = st.integers(0, 95).map(lambda quarter: f"{quarter // 4:02}:{quarter % 4 * 15:02}")
SPAN = st.tuples(CLOCK, CLOCK).filter(lambda ends: ends[0] != ends[1]).map("-".join)
WEEK = st.dictionaries(st.sampled_from(["mon", "tue", "wed", "thu", "fri", "sat", "sun"]), SPAN, min_size=1)
MOMENT = st.integers(0, 366 * 96).map(
    lambda quarter: datetime(2026, 1, 1, tzinfo=UTC) + quarter * timedelta(minutes=15)
)


@given(WEEK, ZONES, MOMENT)
def test_the_next_opening_is_the_first_quarter_of_an_hour_that_is_open(
    week: dict[str, str], zone: str, start: datetime
) -> None:
    hours = read_hours(week, timezone=zone)
    opens = hours.opens_next(start)
    assert opens is not None
    for quarter in range(8 * 96):
        moment = start + quarter * timedelta(minutes=15)
        assert hours.is_open(moment) == (moment >= opens)
        if moment >= opens:
            break


@given(WEEK, MOMENT)
def test_without_changes_of_the_clock_the_time_of_day_decides(week: dict[str, str], moment: datetime) -> None:
    def covers(day: datetime, minutes: int) -> bool:
        span = week.get(day.strftime("%a").lower())
        if span is None:
            return False
        start, end = (int(one[:2]) * 60 + int(one[3:]) for one in span.split("-"))
        return start <= minutes < (end if end > start else end + 1440)

    minutes = moment.hour * 60 + moment.minute
    expected = covers(moment, minutes) or covers(moment - timedelta(days=1), minutes + 1440)
    assert read_hours(week).is_open(moment) is expected


@pytest.mark.parametrize(
    ("written", "sentence"),
    [
        ({"open": {"mon-fry": "08:00-18:00"}}, "'mon-fry' names no days; write mon-fri, sat, mon,wed or daily"),
        ({"open": {"": "08:00-18:00"}}, "'' names no days"),
        ({"open": {"mon-wed-fri": "08:00-18:00"}}, "'mon-wed-fri' names no days"),
        ({"open": {"mon": "8-18"}}, "'8-18' is not a span of hours; write it as 08:00-18:00"),
        ({"open": {"mon": "08:00-25:00"}}, "'08:00-25:00' holds a time that no clock shows"),
        ({"open": {"mon": "08:60-09:00"}}, "'08:60-09:00' holds a time that no clock shows"),
        ({"open": {"mon": "08:00-08:00"}}, "'08:00-08:00' has no length; the whole day is 00:00-24:00"),
        ({"open": {"mon": "24:00-06:00"}}, "'24:00-06:00' has no length"),
        ({"open": {"mon": ["08:00-12:00", "11:00-15:00"]}}, "the spans 08:00-12:00 and 11:00-15:00 of one day overlap"),
        ({"open": {"mon-fri": "08:00-18:00", "wed": "08:00-12:00"}}, "wed is given twice; write its spans as a list"),
        ({"timezone": "Europe/Berln"}, "there is no time zone 'Europe/Berln'; did you mean 'Europe/Berlin'?"),
        ({"timezone": ""}, "there is no time zone ''; for example Europe/Berlin"),
        ({"timezone": "../../etc/passwd"}, "there is no time zone '../../etc/passwd'"),
        (
            {"public_holidays": "Atlantis"},
            "no public holidays are known for 'Atlantis'; write the two letters of the country, for example US",
        ),
        ({"public_holidays": "US-XQ"}, "US has no part 'XQ' with holidays of its own"),
        ({"public_holidays": "CN-BJ"}, "CN has no part 'BJ' with holidays of its own; write CN alone"),
        ({"public_holidays": {"state": "NY"}}, "holidays knows country and subdivision, not 'state'"),
        ({"public_holidays": ["24.12.2026"]}, "'24.12.2026' is not a day; write it as 2026-12-24"),
        ({"closed": ["2026-02-30"]}, "'2026-02-30' is not a day; write it as 2026-12-24"),
    ],
)
def test_what_is_written_wrong_is_told_in_a_sentence(written: dict[str, object], sentence: str) -> None:
    with pytest.raises(ValueError) as told:  # noqa: PT011 - the whole sentence is compared below
        read_hours(**{"open": OFFICE, **written})
    assert str(told.value).startswith(sentence)


@pytest.mark.parametrize(
    ("written", "trail"),
    [
        ({"open": {"mon": "08:00-18:00", "tue": "8-18"}}, ("open", "tue")),
        ({"open": {"mon": "08:00-18:00", "mon,tue": "08:00-18:00"}}, ("open", "mon,tue")),
        ({"timezone": "Mars/Olympus"}, ("timezone",)),
        ({"public_holidays": "Atlantis"}, ("holidays",)),
        ({"public_holidays": ["2026-12-24", "24.12."]}, ("holidays", 1)),
        ({"closed": ["2026-12-24", "2026-12-25", "x"]}, ("closed", 2)),
    ],
)
def test_what_is_written_wrong_is_told_with_its_place(written: dict[str, object], trail: tuple[object, ...]) -> None:
    with pytest.raises(BadHours) as told:
        read_hours(**{"open": OFFICE, **written})  # type: ignore[arg-type]
    assert told.value.trail == trail


@pytest.mark.parametrize(
    ("written", "meant"),
    [("us", "US"), ("Korea", "KR"), ("South Korea", "KR"), ("United Kingdom", "GB"), ("Germny", "DE"), ("china", "CN")],
)
def test_a_country_by_its_name_is_told_by_its_letters(written: str, meant: str) -> None:
    with pytest.raises(BadHours, match=f"no public holidays are known for '{written}'; did you mean '{meant}'"):
        read_hours(OFFICE, public_holidays=written)


def test_a_part_in_small_letters_is_told_in_great_ones() -> None:
    with pytest.raises(BadHours, match="US has no part 'ny' with holidays of its own; did you mean 'NY'"):
        read_hours(OFFICE, public_holidays="US-ny")


# --- nights: the clock of New York leaps on 2026-03-08 and goes back on 2026-11-01, both on a Sunday


@pytest.mark.parametrize(("night", "hours"), [("2026-03-07", 7), ("2026-03-08", 8), ("2026-10-31", 9)])
def test_a_night_shift_over_a_change_of_the_clock_is_an_hour_shorter_or_longer(night: str, hours: int) -> None:
    shift = read_hours({"daily": "22:00-06:00"}, timezone="America/New_York")
    begins = at(f"{night} 22:00").astimezone(UTC)
    assert shift.is_open(begins)
    assert not shift.is_open(begins - timedelta(seconds=1))
    assert shift.is_open(begins + timedelta(hours=hours) - timedelta(seconds=1))
    assert not shift.is_open(begins + timedelta(hours=hours))


def test_a_holiday_in_the_night_ends_no_shift_that_has_begun_and_begins_none() -> None:  # R82
    shift = read_hours({"daily": "22:00-06:00"}, timezone="America/New_York", public_holidays="US")
    assert shift.is_open(at("2026-12-25 05:59")), "the shift of the 24th, a Thursday"
    assert not shift.is_open(at("2026-12-25 22:00")), "Christmas"
    assert not shift.is_open(at("2026-12-26 05:00")), "Christmas night"
    assert shift.is_open(at("2026-12-26 22:00"))


@pytest.mark.parametrize(
    ("country", "zone", "closed", "open"),
    [
        ("KR", "Asia/Seoul", ["2026-02-16", "2026-02-17", "2026-02-18", "2026-09-24", "2026-09-25"], "2026-02-19"),
        ("KR", "Asia/Seoul", ["2027-02-08", "2027-02-09"], "2027-02-10"),  # New Year on a Sunday is made up for
        ("CN", "Asia/Shanghai", ["2026-02-17", "2026-02-18", "2026-02-19", "2026-06-19", "2026-09-25"], "2026-02-24"),
    ],
)
def test_holidays_by_the_moon_are_closed(country: str, zone: str, closed: list[str], open: str) -> None:  # R82
    hours = read_hours({"daily": "00:00-24:00"}, timezone=zone, public_holidays=country)
    assert [day for day in closed if hours.is_open(at(f"{day} 12:00", zone))] == []
    assert hours.is_open(at(f"{open} 12:00", zone))
