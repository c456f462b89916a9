"""Relations between numbers told in other words: averages, what is left, halves, proportions, bounds and periods."""

from __future__ import annotations

from graph.model import Verdict
from tests.graph.test_audit import statement

TOLD = (
    ("We fitted 240 alarms; {} homes took part, so a typical home had four.", "60", "40"),
    ("Volunteers raised £2,100 from {} car washes, £5 for each.", "420", "350"),
    ("The mean sentence was {} years (a total of 84 years was given to 14 men).", "6", "7"),
    ("Drone flights: 276. Daily average for the quarter: {}.", "3", "5"),
    ("Interpreters were booked on 368 occasions, {} times a day.", "four", "six"),
    ("Officers gave 540 hours to the search, 45 of them, so {} hours per officer.", "12", "15"),
    ("Talks held, 36. People reached, 1,260. Mean audience {}.", "35", "45"),
    ("There were {} fires at the site, one every two days.", "46", "30"),
    ("Each of the 18 teams got 25 radios, so {} radios have gone out.", "450", "425"),
    ("The team averaged 14 arrests a week, making {} in the 13 weeks of the quarter.", "182", "228"),
    ("Caseload per detective is {}: 1,296 live cases, 72 detectives.", "18", "22"),
    ("Wardens gave 3,600 hours, worth {} at £15 an hour.", "£54,000", "£64,000"),
    ("By September {} of 55 parishes had a contact, leaving 22 without one.", "33", "31"),
    ("{} of the 40 actions in the plan are complete; 14 are outstanding.", "26", "24"),
    ("All but nine of the 72 vans were returned, that is {}.", "63", "65"),
    ("We set aside £50,000, spent £32,000 and have {} in hand.", "£18,000", "£28,000"),
    ("Most of those asked ({} of 130) felt safe.", "78", "58"),
    ("Only a minority of the victims asked, {} of 110, knew of it.", "42", "62"),
    ("The majority of the 44 offenders, {}, were from elsewhere.", "29", "19"),
    ("Of every ten calls seven are answered at once ({} of 1,000).", "700", "770"),
    ("Well under half of the 220 who replied, {}, knew their officer.", "88", "128"),
    ("An eighth of the 96 complaints, {}, were about parking.", "12", "16"),
    ("The team passed its total for Q1: {} warrants against 17.", "21", "13"),
    ("With {} members the scheme is larger than it was in June, when 910 were signed up.", "947", "870"),
    ("Assaults eased to 88, {} beneath last year's 110.", "22", "18"),
    ("The wait is now 49 days, {} weeks less than the 63 days of the spring.", "two", "three"),
    ("Crews gave 8,400 hours. That's {} down on the 9,300 given in spring.", "900", "1,200"),
    ("Online reports now outnumber calls, {} to 3,150.", "3,480", "3,020"),
    ("Grade one calls met the standard in {} of cases, beating the goal of 92%.", "93%", "91%"),
    ("Sickness averaged {} days, under the ceiling of 7.", "6.8", "7.2"),
    ("We promised 24 surgeries and held {}, so the promise was kept.", "26", "21"),
    ("Emergency calls: 41,200 (last year {}), plus 3 per cent.", "40,000", "39,000"),
    ("Thirty arrests came in the north, {} in the south, 70 in all.", "40", "50"),
    ("Outcomes for the 85 suspects were charge (40), caution (25) and no further action ({}).", "20", "30"),
    ("Our 52 chaplains put in 1,300 hours, which works out at {} apiece.", "25", "20"),
    ("The control room lost 312 hours to sickness, against 260 in the spring: a {} rise.", "20%", "25%"),
    ("Mean time to charge: 41 days, an improvement of {} days on the 53 reported for the spring.", "twelve", "six"),
    ("Adding the 14 on secondment to the 96 in post gives a strength of {}.", "110", "120"),
)
"""Statements of one relation, each with what makes it true and what does not."""

APART = (
    "33 of 55 parishes had a contact, and 10 are still open to visitors.",
    "26 of the 40 actions are complete; 3 are outstanding from last year.",
    "9 of 12 councils signed, leaving 30 parishes without cover.",
    "We raised £2,800 from 40 pupils, £90 for each winner.",
    "We took 9,200 calls; the team of 12 has a daily average of 14 staff on.",
    "30 volunteers gave 600 hours, at least ten hours each.",
    "Each of the 18 teams got 25 radios, so 30 old radios were scrapped.",
    "Most of the 44 offenders, 29, were from London, and 12 from Kent.",
    "Less than half of the 220 asked, 88, knew.",
    "More than half of the 200 asked, 180, knew.",
    "Burglary thefts dropped from 33 to 9 after Greater Anglia let us mark parts.",
    "Detectives carry 16 cases each, there being 704 live cases and 44 detectives.",
    "14 of 20 parishes have a scheme, up from 12; 6 more are planned.",
    "The target of 90% was met in two of the three months, with 92% in August.",
    "12 days were lost to sickness, under the target of 7 a head.",
    "Fewer staff (40, was 52) took more calls (900, was 840).",
    "That works out at eight per shift: 480 incidents over 60 shifts.",
    "Webchat had 9,500 talks at a cost of £2.10 apiece, whereas a telephone call costs £6.40.",
    "Average grade two response improved by eight minutes, going from 61 minutes to 53.",
    "The aim is 600 homes by March. By September 480 had been fitted, 10% over target.",
    "The target is 600 homes by March; 480 had been fitted by September, which is above target.",
    "480 pupils in 6 schools took part in workshops, and 92% said they learned something.",
    "Average caseload is 17, with 12 in the north and 21 in the south.",
    "Speed cameras recorded 9,800 offences; 7,100 drivers took a course and 1,950 paid a fine.",
    "Hospital violence fell by a half after 3 officers were posted there; 26 reports came in.",
    "The average age of those arrested was 24, the youngest 14 and the oldest 61.",
    "Our 9 schools officers each look after 11 schools, and saw 14,000 pupils.",
    "In 12 of 20 dip-sampled files the form was complete, which is 60%; the aim is 95%.",
    "Fraud losses were £2.6m, with an average of £4,100 and a largest single loss of £310,000.",
    "63 victims were referred in July, ten more than in June, and 58 in August.",
    "We recorded 300 uses this year (July to September 2023: 72).",
    "Rural crime fell for the second quarter in a row, standing at 398 (Q1: 412).",
)
"""Statements whose numbers only look as if they belonged together, or that a word makes right."""

PERIODS = (
    ("Spiking: 9 reports in the quarter; 14 reports in July to September {}.", "2022", "2023"),
    ("We have had 65 uses of spit guards (July to September {}: 72).", "2022", "2023"),
    ("Searches were 9,310, an increase on the 8,870 run in {}.", "Q1 2023/24", "Q3 2023/24"),
)
"""Values held against another period, and against one that cannot be meant in a report of the second quarter."""


def test_relations_in_other_words_are_judged() -> None:
    for text, right, wrong in TOLD:
        fine, faulty = statement(text.format(right)), statement(text.format(wrong))
        assert not any(c.is_fault for c in fine), (text, [c.arithmetic for c in fine])
        assert any(c.verdict is Verdict.AGREES for c in fine), text
        assert any(c.is_fault for c in faulty), (text, [c.arithmetic for c in faulty])


def test_numbers_of_other_things_are_left_alone() -> None:
    assert [(text, c.arithmetic) for text in APART for c in statement(text) if c.is_fault] == []


def test_a_value_is_not_held_against_its_own_period() -> None:
    for text, right, wrong in PERIODS:
        assert not any(c.is_fault for c in statement(text.format(right))), text
        assert [c.verdict for c in statement(text.format(wrong)) if c.is_fault] == [Verdict.LABEL_DOUBTFUL], text
