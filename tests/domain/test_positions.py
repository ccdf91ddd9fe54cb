"""Test how typed and pasted positions are read."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app.domain.errors import Invalid
from app.domain.map_links import position_in, web_map
from app.domain.positions import read_position, write_degrees
from app.domain.sites import Position

HERE = Position(latitude=57.721, longitude=12.9401)

IN_ONE_FIELD = """\
57.7210, 12.9401
57.7210,12.9401
57.7210 12.9401
57,7210, 12,9401
57,7210,12,9401
57,7210 12,9401
57,7210;12,9401
57,7210; 12,9401
57,7210 ; 12,9401
57,7210\t12,9401
57.7210,\t12.9401
57,7210    12,9401
57,7210\xa0\u202f12,9401
57.7210\xa0,\xa012.9401
57,7210 12.9401
57.7210/12.9401
57.7210 | 12.9401
(57.7210, 12.9401)
[57,7210; 12,9401]
"57.7210, 12.9401"
57.7210, 12.9401.
57,7210, 12,9401,
57.7210° 12.9401°
57,7210º, 12,9401º
57,7210˚ 12,9401˚
57.7210⁰ 12.9401⁰
57.7210 ° N, 12.9401 ° E
57.7210N 12.9401E
57.7210N12.9401E
N57.7210E12.9401
N 57,7210° Ö 12,9401°
57,7210 N, 12,9401 O
57,7210 n 12,9401 ö
57,7210 N 12,9401 O\u0308
12,9401 Ö 57,7210 N
E12.9401 N57.7210
57.7210 N, 12.9401
57,7210 norr, 12,9401 öst
lat 57.7210 lon 12.9401
Latitud: 57,7210, longitud: 12,9401
lon=12.9401; lat=57.7210
+57.7210 +12.9401
+57.7210+012.9401/
57°43'15.6"N 12°56'24.36"E
57°43′15.6″N 12°56′24.36″E
57° 43’ 15,6” N, 12° 56’ 24,36” Ö
57°43'15,6''N, 12°56'24,36''E
57º43´15,6´´ 12º56´24,36´´
N57°43'15.6" E12°56'24.36"
57 43 15,6 N 12 56 24,36 Ö
57 43 15.6 12 56 24.36
57 43 15,6, 12 56 24,36
57 43 15.6,12 56 24.36
57:43:15.6 12:56:24.36
57 grader 43 minuter 15,6 sekunder nord, 12 grader 56 minuter 24,36 sekunder öst
N57 43.260 E012 56.406
57 43,260 12 56,406
57 43,260, 12 56,406
57°43.260' 12°56.406'
57° 43,260′ N; 12° 56,406′ Ö
５７.７２１０，１２.９４０１
٥٧٫٧٢١٠، ١٢٫٩٤٠١
५७.७२१०, १२.९४०१
57.7210\u200b,\u200e 12.9401
geo:57.7210,12.9401
GEO:57.7210,12.9401,120;u=35
geo:0,0?q=57.7210,12.9401(Kransmossen)
geo:57.7210,12.9401?z=17
https://www.google.com/maps/@57.7210,12.9401,17z
https://www.google.se/maps/place/Kransmossen/@57.71,12.93,17z/data=!3m1!4b1!4m6!3m5!1s0x46!8m2!3d57.7210!4d12.9401
https://www.google.com/maps/place/57%C2%B043'15.6%22N+12%C2%B056'24.4%22E/@57.7210,12.9401,17z
https://maps.google.com/?q=57.7210,12.9401
https://maps.google.com/maps?q=loc:57.7210,12.9401&z=17
https://www.google.com/maps/search/?api=1&query=57.7210%2C12.9401
https://www.google.com/maps/search/57.7210,+12.9401
www.google.com/maps?ll=57.7210,12.9401
https://www.openstreetmap.org/#map=17/57.7210/12.9401
https://www.openstreetmap.org/?mlat=57.7210&mlon=12.9401#map=17/57.70/12.90
openstreetmap.org/?mlon=12.9401&mlat=57.7210
https://maps.apple.com/?ll=57.7210,12.9401&q=Kransmossen
https://www.bing.com/maps?cp=57.7210~12.9401&lvl=16
https://maps.google.com/maps/dir//57.7210,12.9401/@57.70,12.90,12z
Kransmossen https://maps.google.com/?q=57.7210,12.9401
@57.7210,12.9401,17z
q=57.7210,12.9401
?mlat=57.7210&mlon=12.9401
#map=17/57.7210/12.9401
lat=57.7210&lon=12.9401
57,7210 N., 12,9401 Ö.
"""


@pytest.mark.parametrize('typed', IN_ONE_FIELD.splitlines())
def test_both_numbers_may_stand_in_one_field(typed: str) -> None:
    assert read_position(typed, '') == read_position('', f' {typed} ') == HERE


@pytest.mark.parametrize(
    ('latitude', 'longitude'),
    [
        ('57,7210', '12,9401'), ('57.7210', ' 12.9401° '), ('57,7210 N', '12,9401 Ö'), ('N57.7210', 'E 12.9401'),
        ('57°43\'15.6"', '12°56\'24.36"E'), ('57 43,26', '12 56,406'), ('57 43 15,6', '12 56 24,36'),
        ('57.7210,', '12.9401'), ('+57.7210', '+12.9401'), ('lat 57.7210', 'lon 12.9401'),
    ],
)  # fmt: skip
def test_each_number_may_stand_in_its_field(latitude: str, longitude: str) -> None:
    assert read_position(latitude, longitude) == HERE


@pytest.mark.parametrize(
    ('typed', 'latitude', 'longitude'),
    [
        ('59,3293, 18,0686', 59.3293, 18.0686),
        ('57, 12', 57, 12),
        ('57;12', 57, 12),
        ('57,7 12,9', 57.7, 12.9),
        ('57,43 12,56', 57.43, 12.56),
        ('59,32,18,06', 59.32, 18.06),
        ('57° 12°', 57, 12),
        ('57 N 12 E', 57, 12),
        ('60° N, 18°30\' E', 60, 18.5),
        ('57 30 12 15', 57.5, 12.25),
        ('-33.45, -70.66', -33.45, -70.66),
        ('\u221233,45 \u221270,66', -33.45, -70.66),
        ('\u201333,45; \u201370,66', -33.45, -70.66),
        ('-33.45-070.66/', -33.45, -70.66),
        ('33,45 S 70,66 V', -33.45, -70.66),
        ('33°27\'S, 70°30\'W', -33.45, -70.5),
        ('-0°30\' 0°15\'', -0.5, 0.25),
        ('90, -180', 90, -180),
        ('12.94 N, 57.72 E', 12.94, 57.72),
        ('geo:12.94,57.72', 12.94, 57.72),
    ],
)  # fmt: skip
def test_numbers_mean_what_they_must(typed: str, latitude: float, longitude: float) -> None:
    assert read_position(typed, '') == Position(latitude=latitude, longitude=longitude)


UNREADABLE, AMBIGUOUS, MINUTES = 'Write it in degrees', 'more than one way', 'less than 60'
ONE_KIND, BOTH, LINK, REVERSED = 'One number must be', 'Both numbers stand here', 'names no position', 'other way round'


@pytest.mark.parametrize(
    ('latitude', 'longitude', 'wrong', 'sentence'),
    [
        ('57', '', 'longitude', UNREADABLE),
        ('57,7210', '', 'longitude', UNREADABLE),
        ('57°43\'15.6"N', '', 'longitude', UNREADABLE),
        ('', '12,9401', 'latitude', UNREADABLE),
        ('91', '0', 'latitude', UNREADABLE),
        ('90°0\'1"', '0', 'latitude', UNREADABLE),
        ('0', '180,1', 'longitude', UNREADABLE),
        ('91.5, 12.9', '', 'latitude', UNREADABLE),
        ('57.7, 180.5', '', 'latitude', UNREADABLE),
        ('', '57.7, 180.5', 'longitude', UNREADABLE),
        ('nan', '0', 'latitude', UNREADABLE),
        ('1x1', '0', 'latitude', UNREADABLE),
        ('.5', '0', 'latitude', UNREADABLE),
        (',5', '0', 'latitude', UNREADABLE),
        ('5_7', '0', 'latitude', UNREADABLE),
        ('57.72.10', '12', 'latitude', UNREADABLE),
        ('north of the pond', '', 'latitude', UNREADABLE),
        ('57.72, 12.94, 120', '', 'latitude', UNREADABLE),
        ('57.72-12.94', '', 'latitude', UNREADABLE),
        ('57.72 - 12.94', '', 'latitude', UNREADABLE),
        ('-57.72 S, 12.94', '', 'latitude', UNREADABLE),
        ('57 43 15 7 N', '12', 'latitude', UNREADABLE),
        ('57.72 N', '12.94 N', 'longitude', UNREADABLE),
        ('9' * 500, '0', 'latitude', UNREADABLE),
        ('57,72,12', '', 'latitude', AMBIGUOUS),
        ('57,12', '', 'latitude', AMBIGUOUS),
        ('57 12', '', 'latitude', AMBIGUOUS),
        ('', '57 12,5', 'longitude', AMBIGUOUS),
        ('57°60\' 12°5\'', '', 'latitude', MINUTES),
        ('57', '12°5\'60"', 'longitude', MINUTES),
        ('57.7 N, 12.9 N', '', 'latitude', ONE_KIND),
        ('57,7 Ö 12,9 V', '', 'latitude', ONE_KIND),
        ('57.72, 12.94', '12.9', 'latitude', BOTH),
        ('57.72', 'geo:57.72,12.94', 'longitude', BOTH),
        ('https://maps.app.goo.gl/kX3vZ', '', 'latitude', LINK),
        ('https://maps.google.com/?q=Kransmossen', '', 'latitude', LINK),
        ('https://www.google.com/maps/dir/57.1,12.1/57.7,12.9', '', 'latitude', LINK),
        ('geo:', '', 'latitude', LINK),
        ('https://maps.google.com/?q=97.72,12.94', '', 'latitude', UNREADABLE),
        ('12,9401', '57,7210', 'latitude', REVERSED),
        ('[12.9401, 57.7210]', '', 'latitude', REVERSED),
        ('18°4\' 59°20\'', '', 'latitude', REVERSED),
    ],
)  # fmt: skip
def test_what_is_wrong_or_could_be_two_things_is_refused_at_its_field(
    latitude: str, longitude: str, wrong: str, sentence: str
) -> None:
    with pytest.raises(Invalid, match=sentence) as refusal:
        read_position(latitude, longitude)
    assert refusal.value.field == wrong


def test_no_position_is_fine() -> None:
    assert read_position(' ', '\xa0') is None


def is_in_order(latitude: float, longitude: float) -> bool:
    return not (10 < latitude < 25 and 55 <= longitude < 70)


@given(st.floats(-90, 90), st.floats(-180, 180), st.sampled_from('.,'), st.sampled_from([', ', ',', ';', ' ', '\t']))
@example(-0.000001, 180.0, ',', ',')
def test_what_is_shown_is_read(latitude: float, longitude: float, mark: str, between: str) -> None:
    if not is_in_order(latitude, longitude):
        return
    one, other = write_degrees(latitude, mark), write_degrees(longitude, mark)
    shown = Position(latitude=round(latitude, 5), longitude=round(longitude, 5))
    assert read_position(one, other) == read_position(one + between + other, '') == shown


@given(st.text('0159.,;°\'"-+NEÖ /\t', max_size=30), st.text(max_size=20))
def test_any_text_is_a_position_or_refused(latitude: str, longitude: str) -> None:
    for typed in ((latitude, ''), (longitude, latitude), ('', longitude)):
        with suppress(Invalid):
            read_position(*typed)


def test_a_map_on_the_web_shows_the_same_position() -> None:
    pair = HERE.latitude, HERE.longitude
    assert position_in(web_map(pair)) == pair
