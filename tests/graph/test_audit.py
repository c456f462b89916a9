"""The audit: what it finds in the real report, in statements made to try it, and that it is repeatable."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from graph.audit.intervals import Interval
from graph.build import read_report, sample_reports
from graph.model import Check, CheckKind, Verdict
from graph.vocabulary import load_vocabulary
from tests.claims.measure import CORPORA, Outcome, measure, report_of
from tests.claims.planted import REPORTS, checks_of, planted

FEWEST_PLANTED = 0.9
"""Share of the errors planted one by one that must be found; two seeds over all reports gave more."""
FEWEST_FOUND = {
    "corpus": 0.94, "second": 0.94, "third": 0.95, "fourth": 0.96, "fifth": 0.92, "sixth": 0.87, "seventh": 0.66,
    "eighth": 0.87, "ninth": 0.93, "tenth": 0.92, "eleventh": 0.97, "twelfth": 0.86, "thirteenth": 0.67,
}  # fmt: skip
"""Share of a corpus's wrong claims found when this was last raised; the aim is 0.95 (tests/claims/README.md)."""


@pytest.fixture(scope="module", params=CORPORA)
def corpus(request: pytest.FixtureRequest) -> Path:
    """Each corpus of statements."""
    return CORPORA[request.param]


@pytest.fixture(scope="module")
def outcomes(corpus: Path) -> list[Outcome]:
    """The judged corpus."""
    return measure(corpus=corpus)


def test_right_statements_are_not_accused(outcomes: list[Outcome]) -> None:
    right = [o for o in outcomes if o.entry["right"]]
    accused = [o.entry["id"] for o in right if o.accused]
    assert len(right) >= 40
    assert len(accused) <= len(right) / 100, accused


def test_wrong_statements_are_accused_of_nothing_else(outcomes: list[Outcome]) -> None:
    assert [(o.entry["id"], [c.arithmetic for c in o.stray]) for o in outcomes if o.stray] == []


def test_wrong_claims_are_found(outcomes: list[Outcome], corpus: Path) -> None:
    found = [ok for o in outcomes for ok in o.found]
    assert len(found) >= 40
    assert sum(found) / len(found) >= FEWEST_FOUND[corpus.stem]


def test_every_kind_of_claim_is_judged(outcomes: list[Outcome]) -> None:
    claimed = {claim["kind"] for o in outcomes for claim in o.entry["claims"]}
    assert {str(check.kind) for o in outcomes for check in o.checks} >= claimed - {CheckKind.GRANULARITY}


def test_a_check_quotes_figures_of_its_own_report(outcomes: list[Outcome]) -> None:
    for outcome in outcomes:
        text = "\n".join(outcome.entry.get("items") or [outcome.entry["text"]]) + "\n"
        for check in outcome.checks:
            assert check.figures
            assert all(text[f.start : f.end] == f.text for f in check.figures)
            if check.interval and check.recomputed is not None:
                low, high = check.interval
                assert low - 0.01 <= check.recomputed <= high + 0.01, check  # as written it is rounded


FOUND = {
    (39, CheckKind.RATE): (Verdict.DISAGREES, 60, 29.67),
    (41, CheckKind.PERCENT_CHANGE): (Verdict.DISAGREES, 30.7, 29.13),
    (41, CheckKind.COMPARISON): (Verdict.DISAGREES, 1, -2158),
    (43, CheckKind.PERCENT_CHANGE): (Verdict.DISAGREES, 19.5, 19.34),
    (126, CheckKind.SUM): (Verdict.DISAGREES, 700, 696),
    (128, CheckKind.PERIOD): (Verdict.LABEL_DOUBTFUL, 778, None),
    (130, CheckKind.SUM): (Verdict.INCOMPLETE, 730, 654),
    (134, CheckKind.GRANULARITY): (Verdict.IMPOSSIBLE, 51.4, None),
}
"""What a person found in the real report with a calculator: item and kind to verdict, stated and recomputed value."""

BORNE_OUT = {
    (37, CheckKind.PERCENT_CHANGE, 6.35),
    (38, CheckKind.PERCENT_CHANGE, 5.66),
    (38, CheckKind.DIFFERENCE, 3441),
    (42, CheckKind.SHARE, 87.92),
    (45, CheckKind.RATE, 235.71),
    (45, CheckKind.PERCENT_CHANGE, 3.48),
    (91, CheckKind.SUM, 3),
    (126, CheckKind.SUM, 661),
    (127, CheckKind.SUM, 4),
    (131, CheckKind.GRANULARITY, 66.05),
    (132, CheckKind.GRANULARITY, 65.25),
    (133, CheckKind.GRANULARITY, 71.15),
}
"""What the same person found to be right."""


@pytest.fixture(scope="module")
def checks(shared: Path) -> tuple[Check, ...]:
    """The checks of the real report."""
    return checks_of(read_report(shared / "reports" / "essex-2021-22-q4.txt", load_vocabulary()), load_vocabulary())


def test_faults_of_the_real_report_are_found_and_no_others(checks: tuple[Check, ...]) -> None:
    faults = {(c.item, c.kind): (c.verdict, c.stated, c.recomputed) for c in checks if c.is_fault}
    assert faults == FOUND


def test_what_is_right_in_the_real_report_is_said_to_be(checks: tuple[Check, ...]) -> None:
    fine = {(c.item, c.kind, c.recomputed) for c in checks if c.verdict in {Verdict.AGREES, Verdict.POSSIBLE}}
    assert fine >= BORNE_OUT


def test_minutes_read_as_decimals_are_offered_as_the_cause(checks: tuple[Check, ...]) -> None:
    (check,) = (c for c in checks if (c.item, c.kind) == (41, CheckKind.PERCENT_CHANGE))
    assert check.cause.startswith("minutes-as-decimals")
    assert check.interval is not None
    assert Interval(*check.interval).meets(Interval.at(29.1))


def test_the_sample_says_what_the_published_report_says(checks: tuple[Check, ...]) -> None:
    sample = checks_of(read_report(sample_reports()[0], load_vocabulary()), load_vocabulary())
    told = {(c.item, c.kind, c.verdict, c.stated, c.recomputed) for c in sample if c.is_fault}
    published = {(c.item, c.kind, c.verdict, c.stated, c.recomputed) for c in checks if c.is_fault}
    # Told in other words, a sum spreads over two sentences and a comparison over two clauses: not followed yet.
    assert told <= published
    assert len(told) >= 5


@pytest.mark.parametrize("path", REPORTS, ids=lambda path: path.stem)
def test_reports_that_add_up_are_not_accused(path: Path) -> None:
    """The invented reports were written with figures that are right, in five layouts and voices."""
    found = checks_of(read_report(path, load_vocabulary()), load_vocabulary())
    assert [(check.item, str(check.kind), check.arithmetic) for check in found if check.is_fault] == []


def test_errors_planted_in_a_report_that_adds_up_are_found() -> None:
    """One report stands for all here; ``python -m tests.claims.planted`` plants in each."""
    found = [ok for *_, ok in planted(REPORTS[0], seed=1)]
    assert len(found) > 8
    assert sum(found) / len(found) >= FEWEST_PLANTED


KEPT_APART = (
    "We had 80 referrals. By December 60 were closed and five new ones opened, leaving 25 live.",
    "There were 64 officers in the team. 48 burglaries were solved, leaving 26 open.",
    "We aimed for 400 visits in the year. By December 330 had been made, 10% above target.",
    "Our target for the year is 1,200 stop checks; 340 were made this quarter, ahead of target.",
    "Hate crime: 414 this quarter (Q2: 360), +15%.",
    "Visits this quarter: 240. Target 600 by the end of the year. Status: GREEN",
    "The target for Basildon is 50. Force-wide, 330 referrals were made, 10% over target.",
    "72 visits were made and 30 letters sent, 20% over the target of 60 visits.",
    "We recorded 9,744 crimes, which on last year is a rise of 5% (9,280). March was the busiest month, with 3,449.",
    "Satisfaction first and later is 82% and 64% (was 79% and 69%), 3 points better and 5 points worse respectively.",
    "Complaints by kind: delay 40, manner 25 and use of force 10. 75 complaints in all.",
    "Ten of 12 councils signed (83%), up on 9 of 12 last year (75%).",
    "Two comparisons for arson (96): year-on-year, 120, -20%; quarter-on-quarter, 80, +20%.",
    "Of 500 letters 350 got a reply within five days and a further 100 within ten, so that 90% had a reply within ten.",
    "220 people were bailed and 165 released; 45 more were cautioned and the other 90 charged, which makes all 520.",
    "Of 80 men and 50 women referred, 32 and 30 respectively (40% and 60%) finished the course.",
    "No fewer than 21 awards were given this winter, when the winter before there had been 14.",
    "Summer's satisfaction mark, 88 out of 100, has been bettered by three in the autumn, making 91.",
    "Of our three hospitals St Anne's rang most (388), followed by the Infirmary (352) and Marlow General (290).",
    "Marine Unit answered 71 calls; the dog section found 23 people; mounted officers worked 40 football matches.",
    "Overspends (£000): overtime 310, hire cars 45, vet bills 15. Total 370.",
    "Cash seized: £184,500, two and a half times the £73,800 of the quarter before.",
    "Inspectors issued 72 warnings, double the 36 of the spring.",
    "Violence stood at 9,215 offences compared with 9,407 a year before, a fall of 192 or 2%.",
    "Sixteen people died, four fewer than last summer. A further 143 were hurt, and the two together make 159.",
    "Spread over the 92 days of the quarter, those 24,570 crimes come to 267 a day.",
    "We recorded 9,744 crimes, which on last year is a rise of five per cent (9,280).",
    "Messages grew by two fifths to 4,060, having been 2,900 a year earlier.",
    "A further 38 officers carry Taser: 642 do, and in January 604 did.",
    "Rank 3rd of 8 for burglary solved (9.6%), one place behind Cleeford (10.1%).",
    "Minute 11: paper 6 deferred; apologies from 4 members; 9 members of the public present.",
    "Reports of cuckooing rose from 12 to 19, and 4 of the 19 led to a closure order.",
    "The team of 11 dealt with 3 fatal and 27 serious collisions, and gave 60 talks.",
    "There were 40 arrests, 12 for drugs and 28 for theft. Total staff: 9.",
    "Days of action: April 3, May 4, June 6 = 13.",
    "Each of the 8 wardens walked 6 miles, and 300 leaflets were printed.",
    "The 40 pupils raised £2,800, and £70 went to a shelter.",
    "Between 40 and 50 parcels a day are scanned; 210 thefts were recorded over the quarter.",
    "Burglary more than halved, from 86 to 41.",
    "Burglary nearly halved, from 86 to 46.",
    "There were 12 finds in 80 homes, and the clearance rate was 25%.",
    "The club met 12 times in 3 halls (6).",
    "We held 36 street surgeries: 14 in April, 10 in May and a dozen in June.",
    "Nearly 50 officers took part in the 10K, raising £2,375 for 2 charities.",
    "Operation Opal ran for 28 days and cost £39,200, so £1,400 per day.",
    "Rape: 423 offences recorded and 47 charged, which makes a charge rate of 11.1%.",
    "Wardens checked 390 vehicles in ten nights (39 a night).",
    "On five weekends 135 people were moved on, a mean of 27 each weekend.",
    "The campaign ran for 31 days. Officers breathalysed 4,650 drivers, 150 on each day.",
    "The team spoke to 240 shoppers on two market days, and 168 of them (70%) could name a priority.",
    "There were 51 joiners and 39 leavers in the quarter, so headcount grew by 12.",
    "Roads were open again in 3 hours 35 minutes. Last quarter it was 4 hours 20 minutes, so 45 minutes sooner.",
)
"""Statements with numbers that only look as if they belonged together, or that a word makes right."""


ROWS = (
    ("Vehicle crime | 342 | 380 | -38 | -10.0%", None),
    ("Vehicle crime | 342 | 380 | -38 | -15.0%", CheckKind.PERCENT_CHANGE),
    ("Shoplifting | 806 | 650 | +166 | +24.0%", CheckKind.DIFFERENCE),
    ("Residential burglary | Q3 412 | Q2 389 | +5.9%", None),
    ("Residential burglary | Q2 389 | Q3 412 | +5.9%", None),
    ("Residential burglary | Q3 412 | Q2 389 | +9.5%", CheckKind.PERCENT_CHANGE),
    ("Vulnerable | East 144 | West 98 | North 76 | South 52 | Force 370", None),
    ("Vulnerable | East 144 | West 98 | North 76 | South 52 | Force 390", CheckKind.SUM),
    ("Satisfied | 81.3% | target at least 80% | prev 82.0% | -0.7 points | met", None),
    ("Satisfied | 76.3% | target at least 80% | prev 77.0% | -0.7 points | met", CheckKind.COMPARISON),
    ("Abandoned | 7.4% | target at most 8% | prev 8.9% | -1.5 points | met", None),
    ("Right first time | 84.5% | target at least 85% | prev 80.9% | +4.6 points | not met", CheckKind.PERCENT_CHANGE),
)
"""Rows of tables, and the kind of check that finds fault with each; None: none does."""


@pytest.mark.parametrize(("row", "kind"), ROWS)
def test_rows_of_tables_are_calculated_by_what_their_columns_are(row: str, kind: CheckKind | None) -> None:
    found = statement(row)
    assert [c.kind for c in found if c.is_fault] == ([kind] if kind else []), [c.arithmetic for c in found]
    assert found


def test_the_row_of_totals_is_what_the_rows_above_make(tmp_path: Path) -> None:
    path = tmp_path / "report.txt"
    for bar in ("\t", " | ", "   "):
        rows_ = ("Area Warrants Arrests", "East 44 37", "South 38 29", "West 53 40", "Total 135 109")
        path.write_text(
            "Lowmere Police\nQuarterly update\nQuarter 2 2022/23\n\nPriority 1 - Safer streets\n\n"
            "We will:\n\nAnswer calls.\n\n- We held 3 events.\n\n" + "\n".join(r.replace(" ", bar) for r in rows_),
            encoding="utf-8",
        )
        found = [
            c for c in checks_of(read_report(path, load_vocabulary()), load_vocabulary()) if c.kind is CheckKind.SUM
        ]
        assert [(c.figures[0].text, c.is_fault) for c in found] == [("135", False), ("109", True)], bar


def test_two_spaces_behind_full_stops_make_no_row_of_a_table() -> None:
    found = statement("We made 40 arrests.  Of those, 10 were charged, or 35%.  The other 30 were released.")
    assert [c.kind for c in found if c.is_fault] == [CheckKind.SHARE]
    aligned = statement("Vehicle crime    | 342  | 380 |  -38 | -15.0%")
    assert [c.kind for c in aligned if c.is_fault] == [CheckKind.PERCENT_CHANGE]


def test_the_head_of_a_table_says_what_its_columns_are(tmp_path: Path) -> None:
    path = tmp_path / "report.txt"
    path.write_text(
        "Lowmere Police\nQuarterly update\nQuarter 2 2022/23\n\nPriority 1 - Safer streets\n\n"
        "We will:\n\nAnswer calls.\n\n"
        "- We held 3 events.\n\n"
        "Measure | Result | Target | Previous quarter | Movement | Status\n"
        "Calls answered | 91.2% | 90% | 89.4% | +1.8 points | Met\n"
        "Files right | 84.5% | 85% | 80.9% | +4.6 points | Met\n",
        encoding="utf-8",
    )
    faults = [c for c in checks_of(read_report(path, load_vocabulary()), load_vocabulary()) if c.is_fault]
    told = {(c.kind, c.figures[0].text) for c in faults}
    assert told == {(CheckKind.PERCENT_CHANGE, "+4.6 points"), (CheckKind.COMPARISON, "84.5%")}


def statement(text: str) -> tuple[Check, ...]:
    """Return the checks of one statement in the report of a quarter of 92 days."""
    return checks_of(report_of({"text": text, "quarter": "2023-24 Q2"}), load_vocabulary())


def test_numbers_that_do_not_belong_together_are_not_set_against_each_other() -> None:
    assert [(text, c.arithmetic) for text in KEPT_APART for c in statement(text) if c.is_fault] == []


ALONE = (
    ("There were 51 joiners and {} leavers in the quarter, so headcount grew by 12.", "39", "29"),
    (
        "Roads were open again in {}. Last quarter it was 4 hours 20 minutes, so 45 minutes sooner.",
        "3 hours 35 minutes",
        "3 hours 5 minutes",
    ),
    ("The wait shrank by {} days; it was 13 days and is now 8.", "5", "4"),
    ("{} of the ten actions in our improvement plan are complete (80%).", "Eight", "Seven"),
    ("Hotspot money paid for {} hours of patrol, so 105 hours a day.", "9,660", "8,660"),
    ("Burglary, at {}, exceeded the 288 recorded in the quarter before.", "298", "264"),
    ("Offences were 18 lower this quarter ({}) than in the one before (422).", "404", "440"),
    ("Seven of the groups deal mainly in drugs, i.e. {}% of the 24.", "29", "33"),
    (
        "Thefts and assaults, at 330 and 540 respectively against 300 and 600, moved by +10% and {} respectively.",
        "-10%",
        "-15%",
    ),
    ("Calls to east and west rose by 25% and {} respectively, to 500 and 660 from 400 and 600.", "10%", "20%"),
    ("Of 80 men and 50 women referred, 32 and {} respectively (40% and 60%) finished the course.", 30, 20),
    ("We closed the term with 3,205 wardens; we started it with 3,150, so we are {} better off.", "55", "75"),
    ("The gap between the two wards – 320 in the north, 275 in the south – is {}.", "45", "65"),
    ("The caseload, 90 strong in the spring, is now 108 strong, {} larger.", "20%", "28%"),
    ("Three crews – Hill (41), Vale (38) and Shore (26) – made {} visits between them.", "105", "115"),
    ("95 wardens, 12 cadets and 8 helpers were on duty: {} people.", "115", "125"),
    ("At {} a day, the quarter's 1,840 missing-cat reports are a heavy load.", "20", "35"),
    ("Fewer than 100 grumbles were received ({}).", "94", "114"),
    ("Of every 200 forms sampled, 184 passed ({}).", "92%", "82%"),
    ("Compared with 400 in the previous quarter, we recorded {} thefts, 25% more.", 500, 560),
    ("We took {} reports of theft. A year ago the figure was 400. This is a rise of 25%.", 500, 560),
    ("Satisfaction improved 12.5 points, {}% to 72.5%.", "60.0", "63.0"),
    ("Last year {} thefts were recorded and this year 300, 25% off the total.", 400, 480),
    ("The gap between this year's {} visits and last year's 300 is 30.", 330, 360),
    ("Files up to standard on first submission: {}/400, 45%.", 180, 210),
    ("400 victims were asked and {} said they were satisfied, giving 45% satisfaction.", 180, 210),
    ("Of the 261 calls, {} – two-thirds – were about noise.", 174, 136),
    ("We seized {} weapons. These were 213 knives, 281 machetes and 148 axes.", 642, 662),
    ("386 reports were made, {} online and 104 by telephone.", 282, 242),
    ("157 + {} + 296 = 661 warrants.", 208, 280),
    ("{} incidents over 33 shifts is 12 per shift.", 396, 363),
    ("On average {} calls were taken each day, making 9,200 for the quarter.", 100, 77),
    ("There were 628 referrals, half the {} of last year.", "1,256", "1,821"),
    ("Thefts rose this quarter. There were {}; a year ago there were 1,158.", "1,527", "1,027"),
    ("Thefts were below last year's level ({} against 1,344).", "1,270", "1,470"),
    ("There are 64 posts. Recruitment has been slow. At 31 December 48 were filled, leaving {} empty.", 16, 26),
    ("Having set out to visit 60 hotels we visited 72, which is {} over the target.", "20%", "10%"),
    ("264 arches were deployed against a target of 240, {} above target.", "10%", "15%"),
)
"""Passages of one relation, each with a number that makes it true and one that does not."""


def test_errors_an_examiner_planted_are_found_and_nothing_else() -> None:
    """Fourteen invented reports with 14 wrong sentences each."""
    found, accused, planted_ = 0, [], 0
    for path in sorted((Path(__file__).parent.parent / "claims" / "reports").glob("*.txt")):
        report = read_report(path, load_vocabulary())
        faults = {c: c for c in checks_of(report, load_vocabulary()) if c.is_fault}
        for error in json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))["errors"]:
            place = re.search(r"\s+".join(map(re.escape, error["sentence"].split())), report.document.text)
            assert place is not None, error["sentence"]
            about = [c for c in faults if any(place.start() <= f.start < place.end() for f in c.figures)]
            found, planted_ = found + bool(about), planted_ + 1
            faults = {c: c for c in faults if c not in about}
        accused += [c.arithmetic for c in faults]
    assert planted_ == 196
    assert found >= 180
    assert accused == []


def test_a_passage_of_one_relation_is_judged_in_whatever_words() -> None:
    """Only what is wrong is found at fault, and what is right is borne out."""
    for text, right, wrong in ALONE:
        fine, faulty = statement(text.format(right)), statement(text.format(wrong))
        assert not any(c.is_fault for c in fine), (text, [c.arithmetic for c in fine])
        assert any(c.verdict is Verdict.AGREES for c in fine), text
        assert any(c.is_fault for c in faulty), (text, [c.arithmetic for c in faulty])


def test_a_range_that_the_count_does_not_reach_is_told_as_such() -> None:
    low, high = (
        statement(f"The desk takes between 40 and 50 chats a day, with {n} over the quarter.")
        for n in ("2,070", "9,200")
    )
    (check,) = (c for c in low if c.kind is CheckKind.RATE)
    assert check.verdict is Verdict.DISAGREES
    assert check.arithmetic.endswith("stated: a range of 40 to 50, which the count does not reach")
    (check,) = (c for c in high if c.kind is CheckKind.RATE)
    assert check.arithmetic.endswith("which the count goes beyond")
