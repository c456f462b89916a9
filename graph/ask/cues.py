"""The language of questions: words that say what is asked, how things are related, and words that say nothing.

Words are compared as ``graph.mentions.words`` folds them: lower case, singular, without apostrophe. Nothing here knows
a report or a force: names come from the graph.
"""

from __future__ import annotations

from typing import Final

CLASSES: Final = {
    "operation": "operation | op | police operation | codename | code name",
    "partner": (
        "partner | partner organisation | partner body | partner agency | body | bodies | organisation | "
        "agency | agencies | multi agency | multiagency | "
        "partnership | outside body | outside organisation | outside agency | outside agencies | outside bodies | "
        "outside partner | external partner | external agency | external agencies | external body | external bodies | "
        "external organisation | somebody other than police | other than police | "
        "other than the police | besides the police | beside the police | beside police | non police | "
        "outside the police | anyone but the police"
    ),
    "partner-type": "type of partner | kind of partner | partner type | sort of partner | type of organisation",
    "lpa": (
        "lpa | local policing area | policing area | area | area command | command | division | part of the force | "
        "part of the county | part of essex"
    ),
    "district": "district | borough | council area | town",
    "place": "place | location",
    "theme": "theme | topic | subject | crime type | type of crime | kind of crime | issue | problem",
    "commitment": (
        "commitment | promise | pledge | undertaking | promised | commitment in the plan | pledged | committed to"
    ),
    "priority": "priority | priorities | aim | headline priority | priority area",
    "unit": "team | unit | police team | police unit | squad | department",
    "programme": "scheme | programme | project | fund | funding stream | campaign | initiative",
    "item": (
        "item | evidence | evidence item | sentence | quote | passage | bullet | bullet point | paragraph "
        "| entry | entries | what evidence | piece of evidence | proof | example | extract | excerpt | quotation"
    ),
    "thing": (
        "everything | anything | something | stuff | result | outcome | detail | information | info | work done | "
        "update | activity | achieved | achievement | progress"
    ),
    "figure": "figure | statistic | stat | kpi",
    "quarter": (
        "which quarter | what quarter | which period | what period | which reporting period | "
        "what reporting period | "
        "which three months | what three months"
    ),
    "report": "report loaded | reports loaded | source report",
    "who": (
        "who | whom | who else | with whom | whose | who attended | who attend | who sat on | who sit on | "
        "who came to | who was at | who were at | who go to | who went to"
    ),
    "where": "where | whereabouts",
}
"""Nouns for the sorts of thing; ``who`` and ``where`` stand for several, told apart by what else is said."""

ASK: Final = {
    "count": (
        "how many | number of | no of | count of | count | total number of | "
        "in total | overall number of | how many different | amount of | num of | "
        "how many of | what number of | total | count | tally of"
    ),
    "figure": (
        "how long | how long until | how long till | how long before | how much | what sum of | what sum | how fast | "
        "how quickly | how quick | "
        "what percentage | percentage | percentage of | per "
        "cent | percent | "
        "proportion of | share of | average | rate of | what proportion | what share | volume of | size of | "
        "total value | value of | rate"
    ),
    "times": "how many times | how often | number of times | how frequently",
    "list": "which | what | list | show | name | give | tell | find | display | show me | see",
}

WORDS_OF_PERIOD: Final = {
    "now": (
        "this quarter | current quarter | at present | this time | now | this period | at the moment | currently | "
        "latest | this year"
    ),
    "before": (
        "last quarter | previous quarter | quarter before | prior quarter | the quarter before | last time "
        "| earlier quarter | "
        "preceding quarter"
    ),
    "year-before": (
        "last year | year before | previous year | same period last year | same quarter last year | a year "
        "ago | prior year | "
        "year earlier | the year before | year ago | same time last year | same period the year before | "
        "same quarter the year before | in the same period the year before | same period of the previous year | "
        "corresponding quarter last year | corresponding period last year | same period a year earlier | "
        "same quarter a year earlier | same quarter a year ago | same period a year ago"
    ),
}

CHANGES: Final = (
    "reduction | increase | decrease | change | drop | fall | rise | growth | difference | up | down | grown | cut | "
    "how much quicker | how much faster | how much slower | how much longer | how much shorter | "
    "reduced | increased | decreased | dropped | grow | grew | risen | fallen | "
    "slower | quicker | faster | longer | shorter | rose | fell | decline | improvement | improve | improved | "
    "how many fewer | how many more | how much higher | "
    "how much lower | how many less | how much more | how much less | fewer | extra"
)

_EARLIER: Final = (
    "last quarter | previous quarter | prior quarter | preceding quarter | quarter before | one before | last time | "
    "last year | previous year | year before | year ago | year earlier | same quarter last year | "
    "same period last year | same time last year | same quarter a year earlier | same quarter a year ago | "
    "same period a year earlier | same period a year ago | same quarter of last year | same period of last year | "
    "same quarter of the previous year | same period of the previous year | same period the year before | "
    "same quarter the year before | corresponding quarter last year | corresponding period last year"
)
"""Times that a number is told against, without their article."""

AGAINST: Final = " | ".join(
    [
        "than before",
        *(
            f"{link} {article}{when.strip()}"
            for link in ("than", "than in", "compared with", "compared to", "on", "since", "versus", "vs", "over")
            for article in ("", "the ", "a ")
            for when in _EARLIER.split("|")
        ),
    ]
)
"""What a change is told against: nothing more than "last quarter" beside the number, no form beside anything else."""

SUPERLATIVES: Final = {
    "most": (
        "most | highest number of | largest number of | greatest number of | biggest number of | top | "
        "busiest for | more than any | most often | most frequently | most frequent | most common | most commonly | "
        "commonest"
    ),
    "fewest": "fewest | least | lowest number of | smallest number of",
}

NEGATIONS: Final = (
    "no | without | without any | not | lack | lacking | missing | with no | have no | has no | having no | "
    "did not | "
    "do not | does not | dont | doesnt | didnt | havent | hasnt | never | none | without a | not any | "
    "isnt | arent | wasnt | "
    "nor | with none | nothing | nobody | nowhere | neither | not named in | excluding | except | "
    "leaving out | leaves out | leave out | other than | apart from | aside from | outside | besides | bar | "
    "save for | rather than | instead of | as opposed to | minus | not counting | not including | without counting"
)

ONLY: Final = "only | alone | solely | exclusively | nobody but | just by | purely"

GROUPS: Final = (
    "spread over the | spread across the | spread over | spread across | "
    "by | per | for each | in each | grouped by | broken down by | split by | across each | across the | each"
)

MENTIONS: Final = (
    "each mention of | every mention of | all mention of | mention | mentioned | mentioning | come up | "
    "comes up | named | appear | say about | said "
    "about | talk about | "
    "crop up | reference to | referenced | feature | everything on | everything about | anything on | anything about"
)

FORCE_WIDE: Final = (
    "force wide | forcewide | across the force | whole force | force as a whole | county wide | countywide | "
    "across the county | across the whole county | across the entire county | the whole county | "
    "across the entire force | throughout the county | throughout the force | throughout essex | "
    "across essex | all of essex | across the whole force"
)

YES_NO: Final = "is are was were do does did has have had can could"
"""First words of a question that wants yes or no."""

AIMS: Final = (
    "aimed aim aiming target targeting targeted against tackle tackling focus focused focusing focussed "
    "stop stopping address addressing"
)
"""Verbs whose object the police act upon: a body after one of them need not be one that takes part."""

COMPANY: Final = "else | other | others | alongside | side by side | in the room | in the same room | around the table"
"""Words that ask for the company of a body that is named: which others are there with it."""

TYPES: Final = {
    "charity": (
        "charity | charities | voluntary sector | third sector | voluntary organisation | charitable organisation | ngo"
    ),
    "local-authority": "council | local authority | local authorities | local council | local government | la",
    "volunteer": (
        "volunteer | voluntary group | voluntary groups and volunteers | volunteer group | volunteer body "
        "| community volunteer | "
        "volunteering group | unpaid helper"
    ),
    "other-police-force": (
        "other police force | police force | other force | other forces | neighbouring police force | "
        "neighbouring force | adjacent force | another force | "
        "other constabulary | police forces | outside force | forces next door | force next door | adjoining force | "
        "bordering force | nearby force | neighbouring constabulary"
    ),
    "law-enforcement-agency": (
        "law enforcement agency | law enforcement agencies | law enforcement | law enforcement body | "
        "enforcement agency"
    ),
    "education": "school | education | education sector | university | college | educational body | education provider",
    "health": "health | health service | health body | health care | healthcare | health sector | nhs body | hospital",
    "housing": "housing | housing association | housing body | landlord",
    "fire-and-rescue": "fire service | fire and rescue | fire and rescue service | fire brigade | firefighter",
    "business": "business | company | private sector | firm | retailer | shop",
    "faith": "faith | faith group | church | religious group | faith organisation",
    "community-group": "community group | resident group | residents group | community organisation type",
    "criminal-justice": "criminal justice | criminal justice body | criminal justice agency",
    "probation": "probation | probation service | youth offending",
    "social-care": "social care type | social service",
    "transport": "transport | transport body | transport operator",
    "central-government": "central government | government department | government body",
    "military": "military | armed force | army",
    "community-safety-partnership": "community safety partnership | csp",
    "multi-agency-board": "multi agency board | multi agency group | board",
}
"""What people call the types of partner, by the key of the type; a word that is "X type" names none on its own."""

CALLED: Final = {
    "councils": "council",
    "university": "university",
    "universities": "university",
    "college": "college",
    "colleges": "college",
    "hospital": "hospital",
    "hospitals": "hospital",
}
"""Words for a type of body, with what is in the names of those that people mean: a school is no university."""

SPEAKERS: Final = (
    "councillor journalist reporter resident analyst auditor inspector officer commander partner volunteer member "
    "citizen researcher student taxpayer parent member charity"
)
"""What people call themselves before they ask: "as a journalist I want to know ..."."""

NUMBER_WORDS: Final = {
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
}
"""Numbers in words; beside a noun they ask for so many, which only "top" and its like can say."""

BODY_HEADS: Final = "board group partnership panel forum committee hub network alliance"
"""Nouns that names of bodies end in: what ends so is a body and no theme."""

BESIDE: Final = "in on at with of alongside within beside"
"""Words before a body whose company is asked for: "who is in the hub", "partners of the council"."""

QUANTIFIERS: Final = "every all each"
"""Words that make a question for a truth one about all things of a sort, which no form of question here can say."""

COMPOUNDS: Final = "linked supported backed assisted related involving"
"""Words that make a noun before them a condition: "partner-linked operations"."""

ROLES: Final = {
    "trains": "train trains trained taught teach teaches",
    "funds": "fund funds funded finance finances financed sponsor sponsors sponsored pay pays paid",
    "leads": "lead leads led chair chairs chaired coordinate coordinates coordinated",
    "hosts": "host hosts hosted",
    "provides": "provide provides provided supply supplies supplied lend lends lent",
}
"""Verbs by the role of the body that does so, by the key of the role."""

PLANS: Final = (
    r"\bplans? (?:is|are|to|for)\b|\b(?:planned|planning|scheduled|upcoming|forthcoming)\b"
    r"|\bdue to (?:take|start|begin|open|launch|attest|go|be|finish|happen)\b"
    r"|\bbeing (?:set up|arranged|organised|developed)\b"
    r"|\bwill (?:start|begin|open|launch|be (?:held|taking|starting|launched|opened|rolled|introduced))\b"
)
"""What sentences say of things to come; searched for."""

LASTING: Final = (
    "time hour minute second day week month year long quick quickly fast slow slowly speed duration wait answer "
    "average longer shorter faster quicker slower"
)
"""Words of questions for how long something takes or lasts."""

GAPS: Final = (
    "gap | gap in evidence | gap in the evidence | evidence gap | coverage gap | gap in coverage | evidence missing | "
    "missing evidence | evidence is missing | evidence lacking | evidence is lacking | lack of evidence | "
    "lack evidence | lacking evidence | short of evidence"
)
"""Words that ask for promises without evidence, of all or of what else is named."""

TIMES: Final = {"once": 1, "twice": 2, "one time": 1}
"""Words that say how often something is mentioned."""

COMPARING: Final = "compare compared comparing comparison versus vs contrast"
"""Words that hold things that are named against each other."""

RATES: Final = "day week month hour year"
"""What "per", "a" and "each" go before where a rate is asked for."""

GOING: Final = "go goes going gone went edge edged creep crept inch inched move moved tick ticked shoot shot"
"""Verbs with which "up" and "down" say how a number moved."""

ROSE: Final = "up rise rose risen increase increased grow grew grown climb climbed more higher slower longer"
FELL: Final = (
    "down fall fell fallen decrease decreased drop dropped fewer less lower reduce reduced reduction faster quicker "
    "shorter"
)
"""Words that ask whether a number went one way; what is slower takes more time."""

BETTERED: Final = "improve improved improving improvement"
"""Words that ask whether a number went the way that is good, which is down for a time that something takes."""

SHOW: Final = ("show", "show me", "give", "list", "see")
"""Words that ask to be shown what was found."""

RANKED: Final = ("rank", "ranked", "ranking", "sort", "sorted", "ordered", "compare", "league")
"""Words that ask for all rows of a sort of thing, by how many there are of another."""

ABOUT: Final = "about talk talks talking regards regarding fall falls sit sits come comes belong belongs"
"""Words before what the wording of a promise has."""

IF_SO: Final = "if so | name them | list them | show them | which one | and which | and who | and where | tell me which"
"""Words after a question for yes or no that ask for what there is."""

BOUNDS: Final = {
    "> ": "more than | over | above | upwards of | in excess of",
    ">=": "at least | no fewer than | no less than | not less than | not fewer than | a minimum of | minimum of",
    "< ": "fewer than | less than | under | below",
    "<=": "at most | no more than | not more than | up to | a maximum of | maximum of",
    "= ": "exactly | precisely | just | only",
}
"""Words right before a number that say how many there must be."""

ANY_OTHER: Final = "than any other | than the others | than the other | than all other | than anywhere else | than any"
"""What "more" is said beside to mean "most"."""

SEVERAL: Final = "several | multiple | two or more | a number of | a few | a couple of"
"""Words right before a noun that say there must be two at least."""

BEYOND: Final = (
    "more than | less than | fewer than | at least | at most | exactly | than | compared | compare | versus | vs | "
    "since | after | before | until | between | type | kind | sort | common | shared by | shared between | "
    "shared across | shared among | shared"
)
"""Comparisons and spans of time, which no form of question here can say."""

LISTING: Final = "which what list name show give all other the our of me any how many local every"
"""Words before a sort of body that is asked for: "which other police forces", "list all the partner agencies"."""

ORDINALS: Final = "first second third fourth last final"
"""Words that pick one of a row of things, which no form of question here can say."""

DONE: Final = (
    "involve involved cover covered reach reached target targeted serve served benefit benefited represented feature "
    "featured included touched affected active tackled addressed discussed reported"
)
"""Verbs that say that something is told of a thing, or done there."""

RELATIONS: Final = (
    "work working worked involve involved involvement take took taken part support supported supporting "
    "help helped helping "
    "assist assisted join joined joint linked collaborate collaborated partnered contribute participate"
)
"""Fillers that say that bodies and the police do something together."""

UNANSWERABLE: Final = (
    "why | how come | when | what date | what time | how old | how far | budget | cost | spend | spent | "
    "salary | pay | paid | best | worst | better | worse | safer | "
    "safest | good | bad | effective | successful | success | value for money | feel | think | opinion | "
    "should | recommend | "
    "predict | forecast | next year | next quarter | next month | "
    "tomorrow | weather | email | send me an | send it | send this | send to | phone | call me | print | delete "
    "| update my | "
    "write | draft | book | boss | deputy | chief constable | in charge of | "
    "who is in charge | is in charge | leader | who lead | "
    "who run | who runs | who ran | who manage | who manages | who own | who owns | "
    "leading | led by | who leads | who fund | who funded | who paid | "
    "name of the people | name of people | name of the person | name of the victim | name of victim | "
    "name of the suspect | name of suspect | name of the officer | name of officer | who was arrested | "
    "because | reason | reasons | cause | explain | compare with kent | happy | satisfied | quality | impact | "
    "proof read | proofread | among all forces | among other forces | nationally | "
    "joke | hello | today | yesterday | translate | summarise | summarize | poem"
)
"""Words of meaning that the graph holds nothing about: an answer without them would answer another question."""

SAVED: Final = {
    "failed-figure-checks": (
        "not add up | dont add up | doesnt add up | do not add up | does not add up | add up | figure "
        "wrong | wrong figure | "
        "incorrect figure | figure incorrect | figure that disagree | arithmetic error | arithmetic "
        "mistake | failed check | "
        "fail the check | fail check | failing check | "
        "fail their check | failed their check | failed the check | fail a check | inconsistent figure | "
        "figure inconsistent | figure not right | number wrong | wrong number | "
        "sums wrong | maths wrong | calculation wrong | miscalculated | contradict | doubtful label | "
        "doubtful figure | impossible percentage | impossible figure | percentage impossible | "
        "percentage is impossible | figure is impossible | figure check | wrong with | what is wrong | whats wrong | "
        "do not tally | dont tally"
    ),
    "promised-but-silent": (
        "promised but | promised but not | promise but silent | promised but silent | promised but never | "
        "named in a promise | "
        "silent"
    ),
    "figure-changes": (
        "what changed | what has changed | has gone up | has gone down | have gone up | have gone down | gone up | "
        "gone down | gone up or down | went up or down | what went up | what went "
        "down | which figure changed"
    ),
    "operation-changes": "new operation | operation new | operation changed | operation since",
    "partner-changes": "new partner | partner new | partner changed | partner since",
    "cross-area-operations": (
        "more than one area | more than one lpa | several area | several lpa | multiple lpa | multiple "
        "area | cross area"
    ),
    "planned-steps": (
        "next step | planned step | plan to do next | future plan | still to do | coming up next | coming up | "
        "upcoming | "
        "what is planned | what are planned | whats planned | planned work | planned activity | work planned | "
        "planned for | planned next | plan for the future | future work | future activity | in the pipeline | "
        "yet to come | due to happen | due to start | due next | whats next | what is next | "
        "to come | scheduled"
    ),
    "force-wide-only-commitments": (
        "only have force wide | only has force wide | only force wide | force wide only | nothing but force wide"
    ),
    "targets": (
        "what are the target | any target | the target stated | target stated | target set | "
        "performance target | what targets | which targets | set targets"
    ),
    "bodies-only-named": "only named | named but not involved | mentioned but not involved",
    "unreviewed-names": "unreviewed | not confirmed | unconfirmed",
}
"""Questions of the catalogue that a turn of phrase asks for."""

ARITHMETIC: Final = "add sum sums maths arithmetic calculation miscalculated tally total reconcile"
"""Words that ask for numbers that do not add up, not for those with a doubtful label."""

SAVED_OF: Final = {
    "cross-area-operations": "operation",
    "operation-changes": "operation",
    "partner-changes": "partner",
}
"""The one sort of thing that a question of the catalogue is of, where it can be asked of no other."""

SAVED_TOGETHER: Final = {
    "failed-figure-checks": (
        (
            "wrong mistake error incorrect inconsistent inaccurate inaccuracy contradict tally discrepancy disagree "
            "false reconcile correct accurate right"
        ),
        "figure number statistic stat sum maths total percentage arithmetic calculation report",
    ),
    "promised-but-silent": (
        "nothing silent silence ignored forgotten unmentioned never",
        "promise promised pledge pledged commit",
    ),
}
"""Questions of the catalogue that one word of each list together asks for, wherever they stand."""


def phrases(text: str) -> list[str]:
    """Return the phrases of an entry above: parted by bars."""
    return [phrase.strip() for phrase in text.split("|") if phrase.strip()]
