"""The register of councils: its facts hold together, and printed names find their council."""

from __future__ import annotations

import re
import subprocess
import sys
import time
from datetime import date

import pytest

from ontology.council_names import strip
from ontology.councils import councils, full_names, mentions, resolve
from ontology.register import RegisterError, day, fold, parse, truth

TYPES = {"UA", "MD", "LBO", "CC", "CTY", "NMD", "COMB", "SRA"}
REGIONS = {
    *("East Midlands", "East of England", "London", "North East", "North West"),
    *("South East", "South West", "West Midlands", "Yorkshire and The Humber"),
}


def gss(name: str, on: str | None = "2022-06-01") -> str | None:
    council = resolve(name, date.fromisoformat(on) if on else None)
    return council.gss if council else None


def test_codes_are_well_formed_and_in_order() -> None:
    codes = list(councils())
    assert codes == sorted(codes)
    for code, council in councils().items():
        assert council.gss == code
        assert re.fullmatch(r"X\d{8}" if council.fictional else r"E\d{8}", code)


def test_every_type_and_region_is_known() -> None:
    assert {council.type for council in councils().values()} == TYPES
    assert {council.region for council in councils().values()} == REGIONS


def test_the_table_holds_every_kind_in_its_number() -> None:
    real = [council.type for council in councils().values() if not council.fictional]
    assert {kind: real.count(kind) for kind in TYPES} == {
        "UA": 65,
        "MD": 36,
        "LBO": 32,
        "CC": 1,
        "CTY": 27,
        "NMD": 204,
        "COMB": 14,
        "SRA": 1,
    }
    assert sum(council.fictional for council in councils().values()) == 12


def test_names_are_not_shared() -> None:
    names = [fold(council.name) for council in councils().values()]
    assert len(names) == len(set(names))


def test_every_alias_means_one_council() -> None:
    shared = {name: codes for name, codes in full_names().items() if len(codes) > 1}
    assert shared == {}


def test_aliases_are_sorted_and_add_to_the_name() -> None:
    for council in councils().values():
        assert list(council.aliases) == sorted(set(council.aliases))
        assert fold(council.name) not in map(fold, council.aliases)


def test_successors_exist_and_follow() -> None:
    for council in councils().values():
        assert bool(council.successors) <= (council.end is not None)
        for code in council.successors:
            successor = councils()[code]
            assert successor.fictional == council.fictional
            if successor.start and council.end and council.type != "COMB":
                assert (successor.start - council.end).days == 1


def test_every_ended_council_names_its_successors() -> None:
    ended = [council for council in councils().values() if council.end]
    assert len(ended) == 51
    assert all(council.successors for council in ended)


def test_ends_are_last_days_in_force() -> None:
    ends = {council.end for council in councils().values() if council.end}
    assert {(end.month, end.day) for end in ends} == {(3, 31), (5, 6)}
    assert councils()["E47000011"].end == date(2024, 5, 6)


def test_starts_come_before_ends() -> None:
    for council in councils().values():
        assert (council.start or date.min) < (council.end or date.max)


def test_counties_are_county_councils_of_the_same_region() -> None:
    for council in councils().values():
        if council.county:
            county = councils()[council.county]
            assert council.type == "NMD"
            assert county.type == "CTY"
            assert county.region == council.region


VARIANTS = [
    ("Wigan Metropolitan Borough Council", "E08000010"),
    ("Wigan Council", "E08000010"),
    ("Wigan MBC", "E08000010"),
    ("Wigan", "E08000010"),
    ("WIGAN METROPOLITAN BOROUGH COUNCIL", "E08000010"),
    ("  Wigan\u00a0 Council ", "E08000010"),
    ("Borough of Wigan", "E08000010"),
    ("Wirral Metropolitan Borough Council", "E08000015"),
    ("Wirral Borough Council", "E08000015"),
    ("St Helens Metropolitan Borough Council", "E08000013"),
    ("St. Helens Council", "E08000013"),
    ("Doncaster Metropolitan Borough Council", "E08000017"),
    ("City of Doncaster Council", "E08000017"),
    ("Kirklees Metropolitan Borough Council", "E08000034"),
    ("City of Bradford MDC", "E08000032"),
    ("City Of Bradford Metropolitan District Council", "E08000032"),
    ("Bradford", "E08000032"),
    ("Wakefield MDC", "E08000036"),
    ("City of Wolverhampton Council", "E08000031"),
    ("Wolverhampton City Council", "E08000031"),
    ("Newcastle upon Tyne City Council", "E08000021"),
    ("Newcastle City Council", "E08000021"),
    ("Newcastle-under-Lyme Borough Council", "E07000195"),
    ("Newcastle under Lyme BC", "E07000195"),
    ("London Borough of Enfield", "E09000010"),
    ("Enfield London Borough Council", "E09000010"),
    ("Enfield Council", "E09000010"),
    ("LB of Enfield", "E09000010"),
    ("London Borough of Hammersmith & Fulham", "E09000013"),
    ("Hammersmith and Fulham Council", "E09000013"),
    ("Royal Borough of Greenwich", "E09000011"),
    ("Royal Borough of Kensington & Chelsea", "E09000020"),
    ("Royal Borough of Kingston upon Thames", "E09000021"),
    ("Kingston upon Thames", "E09000021"),
    ("Royal Borough of Windsor and Maidenhead Council", "E06000040"),
    ("Westminster City Council", "E09000033"),
    ("City of Westminster", "E09000033"),
    ("City of London", "E09000001"),
    ("City of London Corporation", "E09000001"),
    ("City of York Council", "E06000014"),
    ("York", "E06000014"),
    ("Kingston upon Hull City Council", "E06000010"),
    ("Kingston Upon Hull City Council", "E06000010"),
    ("Hull City Council", "E06000010"),
    ("City of Lincoln Council", "E07000138"),
    ("Lincoln", "E07000138"),
    ("Lincolnshire County Council", "E10000019"),
    ("Brighton & Hove City Council", "E06000043"),
    ("Cheshire West & Chester Council", "E06000050"),
    ("Telford and Wrekin Council", "E06000020"),
    ("Oadby & Wigston Borough Council", "E07000135"),
    ("Bournemouth Christchurch and Poole Council", "E06000058"),
    ("Southend-on-Sea Borough Council", "E06000033"),
    ("Southend\u2011on\u2011Sea City Council", "E06000033"),
    ("Colchester Borough Council", "E07000071"),
    ("Milton Keynes City Council", "E06000042"),
    ("Shepway District Council", "E07000112"),
    ("Warrington Council", "E06000007"),
    ("Herefordshire Council", "E06000019"),
    ("Medway Council", "E06000035"),
    ("Durham County Council", "E06000047"),
    ("County Durham", "E06000047"),
    ("Council of the Isles of Scilly", "E06000053"),
    ("Isles of Scilly", "E06000053"),
    ("Borough Council of King\u2019s Lynn and West Norfolk", "E07000146"),
    ("King's Lynn and West Norfolk Borough Council", "E07000146"),
    ("St Albans City & District Council", "E07000240"),
    ("Stoke on Trent City Council", "E06000021"),
    ("The Isle of Wight Council", "E06000046"),
    ("Derby City Council", "E06000015"),
    ("Derbyshire County Council", "E10000007"),
    ("Nottinghamshire CC", "E10000024"),
    ("Greater Manchester Combined Authority", "E47000001"),
    ("Greater London Authority", "E61000001"),
    ("Tarnbeck Metropolitan Borough Council", "X08000001"),
    ("London Borough of Wexborough", "X09000001"),
    ("Wexborough Council", "X09000001"),
]


@pytest.mark.parametrize(("name", "expected"), VARIANTS)
def test_variants_of_a_name_find_the_council(name: str, expected: str) -> None:
    assert gss(name) == expected


@pytest.mark.parametrize(
    ("name", "on", "expected"),
    [
        # A place that two councils have had in turn: the date decides.
        ("Somerset", "2023-03-31", "E10000027"),
        ("Somerset", "2023-04-01", "E06000066"),
        ("Somerset", None, None),
        ("North Yorkshire", "2020-01-01", "E10000023"),
        ("North Yorkshire", "2024-01-01", "E06000065"),
        ("Dorset", "2019-03-31", "E10000009"),
        ("Dorset", "2019-04-01", "E06000059"),
        ("Buckinghamshire", "2020-03-31", "E10000002"),
        ("Buckinghamshire", "2020-04-01", "E06000060"),
        # Full names stand whatever the date: relabelled, or decided after the end.
        ("Somerset Council", "2020-01-01", "E06000066"),
        ("Somerset County Council", "2023-09-01", "E10000027"),
        ("Dorset County Council", "2019-12-01", "E10000009"),
        ("Colchester City Council", "2020-06-01", "E07000071"),
        ("Cumberland Council", "2021-01-01", "E06000063"),
        ("Cumbria County Council", "2021-03-05", "E10000006"),
        ("Northampton Borough Council", "2021-08-01", "E07000154"),
        ("Poole Borough Council", "2019-07-01", "E06000029"),
        # A place alone must be in force.
        ("Northampton", "2020-01-01", "E07000154"),
        ("Northampton", "2021-04-01", None),
        ("Northamptonshire", "2020-01-01", "E10000021"),
        ("Northamptonshire", "2022-01-01", None),
        ("Cumbria", "2023-03-31", "E10000006"),
        ("Cumbria", "2023-04-01", None),
        ("Brackenshire", "2020-01-01", "X10000001"),
        ("Brackenshire", "2021-04-01", None),
        ("Brackenshire County Council", "2021-09-01", "X10000001"),
    ],
)
def test_dates_decide_where_they_must(name: str, on: str | None, expected: str | None) -> None:
    assert gss(name, on) == expected


@pytest.mark.parametrize(
    "name",
    [
        "Atlantis Council",
        "Wigan Parish Council",
        "Lewes Town Council",
        "Northampton Town Council",
        "the Council",
        "Council",
        "",
        "   ",
        "London",
        "London Council",
        "West Midlands",
        "Derby County Council",
        "Bedford County Council",
        "Durham City Council",
        "London Borough of Wigan",
        "Kent Metropolitan Borough Council",
        "Essex Borough Council",
        "South Dorset Council",
        "Environment Agency",
        "Wigan Care Limited",
        "Medway NHS Foundation Trust",
        "Sheffield Hospital",
    ],
)
def test_other_names_find_nothing(name: str) -> None:
    assert gss(name) is None


def test_oxford_is_not_oxfordshire() -> None:
    for town, county in [
        *(("Oxford", "Oxfordshire"), ("Derby", "Derbyshire"), ("Worcester", "Worcestershire")),
        *(("Leicester", "Leicestershire"), ("Nottingham", "Nottinghamshire")),
        *(("Gloucester", "Gloucestershire"), ("Warwick", "Warwickshire")),
    ]:
        assert gss(town) != gss(county)
        assert gss(county) is not None


def test_every_name_and_alias_finds_its_own_council_at_any_date() -> None:
    for council in councils().values():
        for name in (council.name, *council.aliases):
            for on in (None, date(2016, 1, 1), date(2026, 1, 1)):
                assert resolve(name, on) is council
                assert resolve(name.upper().replace(" AND ", " & "), on) is council


def test_the_first_and_last_day_are_in_force() -> None:
    council = councils()["E07000246"]
    assert council.start
    assert council.end
    assert council.in_force(council.start)
    assert council.in_force(council.end)
    assert not council.in_force(date(2019, 3, 31))
    assert not council.in_force(date(2023, 4, 1))
    assert council.in_force(None)


def test_strip_sets_the_type_words_aside() -> None:
    assert strip("kirklees metropolitan borough council") == (
        "kirklees",
        frozenset({"metropolitan", "borough"}),
    )
    assert strip("kirklees") == ("kirklees", frozenset())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It was Wirral Metropolitan Borough Council.", ["Wirral Metropolitan Borough Council"]),
        (
            "Leeds City Council\u2019s officers met Wigan Council.",
            ["Leeds City Council", "Wigan Council"],
        ),
        ("The London Borough of Enfield's reply.", ["London Borough of Enfield"]),
        ("London Borough of Enfield. Council tax is due.", ["London Borough of Enfield"]),
        (
            "the Royal Borough of Windsor and Maidenhead Council (the Council)",
            ["Royal Borough of Windsor and Maidenhead Council"],
        ),
        (
            "Bournemouth, Christchurch and Poole Council",
            ["Bournemouth, Christchurch and Poole Council"],
        ),
        (
            "He moved to North East Derbyshire District Council's area",
            ["North East Derbyshire District Council"],
        ),
        ("Kingston upon\nHull City Council", ["Kingston upon\nHull City Council"]),
        ("St. Helens Council agreed", ["St. Helens Council"]),
        ("Council of the Isles of Scilly", ["Council of the Isles of Scilly"]),
        ("The Wigan Council", ["Wigan Council"]),
        ("The City of London Corporation", ["City of London Corporation"]),
        ("reported to City of London Police", []),
        ("Greater Manchester Combined Authority", ["Greater Manchester Combined Authority"]),
        ("Tarnbeck Metropolitan Borough Council", ["Tarnbeck Metropolitan Borough Council"]),
        ("South Dorset Council", []),
        ("Wigan Parish Council and Lewes Town Council", []),
        ("He lives in Wigan. Council officers called.", []),
        ("The Council and the county council; a Council", []),
        ("", []),
        ("Council", []),
    ],
)
def test_mentions(text: str, expected: list[str]) -> None:
    found = mentions(text)
    assert [name for _, _, name in found] == expected
    assert all(text[start:end] == name for start, end, name in found)


def test_every_name_is_mentioned_whole_in_a_sentence() -> None:
    for council in councils().values():
        text = f"It was {council.name} that replied to Mr X."
        start = len("It was ")
        assert mentions(text) == [(start, start + len(council.name), council.name)]


def test_mentions_are_found_fast() -> None:
    text = "The Council replied to Miss Y and Saltmarsh Council asked Mr X to wait. " * 2000
    mentions("Saltmarsh Council")
    started = time.perf_counter()
    found = mentions(text)
    elapsed = time.perf_counter() - started
    assert len(found) == 2000
    # Measured at well under 0.1 ms a kilobyte; ten times that shows a scan gone quadratic.
    assert elapsed < len(text) / 1024 * 0.001


@pytest.mark.parametrize("module", ["councils", "statutes", "guidance", "bodies", "categories"])
def test_importing_a_register_reads_nothing(module: str) -> None:
    program = (
        f"import sys; sys.path[:0] = {sys.path!r}; import ontology.{module}; "
        "print(sorted({'rdflib', 'csv', 'importlib.resources'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-S", "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout == "[]\n"


def test_a_register_with_other_columns_is_refused() -> None:
    with pytest.raises(RegisterError, match=r"councils\.tsv, line 1: .* must be gss name"):
        parse("gss\ttitle\n", "councils.tsv", ("gss", "name"))


def test_a_row_with_a_missing_cell_is_refused() -> None:
    with pytest.raises(RegisterError, match=r"councils\.tsv, line 3: 1 cells"):
        parse("gss\tname\nX1\tA\nX2\n", "councils.tsv", ("gss", "name"))


def test_bad_dates_and_truth_values_are_refused() -> None:
    with pytest.raises(RegisterError, match="write it as"):
        day("31/03/2021")
    with pytest.raises(RegisterError, match="yes or no"):
        truth("true")
