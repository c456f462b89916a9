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
        "partnership | outside body | outside organisation"
    ),
    "partner-type": "type of partner | kind of partner | partner type | sort of partner | type of organisation",
    "lpa": "lpa | local policing area | policing area | area | part of the force | part of the county | part of essex",
    "district": "district | borough | council area | town",
    "place": "place | location",
    "theme": "theme | topic | subject | crime type | type of crime | kind of crime | issue | problem",
    "commitment": "commitment | promise | pledge | undertaking | commitment in the plan | pledged | committed to",
    "priority": "priority | priorities | aim | headline priority | priority area",
    "unit": "team | unit | police team | police unit | squad | department",
    "programme": "scheme | programme | project | fund | funding stream | campaign | initiative",
    "item": (
        "item | evidence | evidence item | sentence | quote | passage | bullet | bullet point | paragraph "
        "| what evidence | piece of evidence | proof | example | extract | excerpt | quotation"
    ),
    "thing": (
        "everything | anything | something | stuff | result | outcome | detail | information | info | work done | "
        "update | activity | achieved | achievement | progress"
    ),
    "figure": "figure | statistic | stat | kpi",
    "quarter": (
        "which quarter | what quarter | which period | what period | which reporting period | what reporting period | "
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
        "how many of | what number of"
    ),
    "figure": (
        "how long | how much | how fast | how quickly | what percentage | percentage | percentage of | per "
        "cent | percent | "
        "proportion of | share of | average | rate of | what proportion | what share | volume of | size of | "
        "total value | value of"
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
        "year earlier | the year before | year ago | same time last year"
    ),
}

CHANGES: Final = (
    "reduction | increase | decrease | change | drop | fall | rise | growth | difference | up | down | grown | cut | "
    "how much quicker | how much faster | how much slower | how much longer | how much shorter | "
    "reduced | increased | decreased | dropped | grow | grew | risen | fallen | "
    "rose | fell | decline | improvement | improve | improved | how many fewer | how many more | how much higher | "
    "how much lower | how many less | how much more | how much less | fewer | extra"
)

AGAINST: Final = (
    "than last quarter | than the last quarter | than the previous quarter | than previous quarter | than before | "
    "than the quarter before | than last time | than last year | than the year before | than the previous year | "
    "than the same quarter last year | than the same period last year | than a year ago | "
    "than in the previous quarter | "
    "than in the last quarter | than in the same quarter last year | than in the same quarter a year earlier | "
    "than the same quarter a year earlier | than in the same period last year | "
    "compared with last quarter | compared with the last quarter | "
    "compared with the previous quarter | compared to last quarter | compared to the last quarter | "
    "compared to the previous quarter | on last quarter | on the previous quarter | since last quarter | "
    "since the last quarter | compared with last year | compared to last year | on last year | on the year before"
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
    "no | without | without any | not | lack | lacking | missing | with no | have no | has no | having no | did not | "
    "do not | does not | dont | doesnt | didnt | havent | hasnt | never | none | without a | not any | "
    "isnt | arent | wasnt | "
    "nor | with none | nothing | nobody | nowhere | neither | not named in | excluding | except | "
    "leaving out | leaves out | leave out | other than"
)

ONLY: Final = "only | alone | solely | exclusively | nobody but | just by | purely"

GROUPS: Final = (
    "spread over the | spread across the | spread over | spread across | "
    "by | per | for each | in each | grouped by | broken down by | split by | across each | across the | each"
)

MENTIONS: Final = (
    "mention | mentioned | mentioning | come up | comes up | named | appear | say about | said "
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

FILLERS: Final = (
    "a an the of in at on for to with by under about around from into within and or as then that this these those "
    "it its their there here be been being is are was were am do doing did done does has have had having get got "
    "we us our ours i me my you your they them he she his her please pls thanks hi hello hey just also so which what "
    "can could would will shall may might if but any all every each some other both own such "
    "named name called listed list listing recorded reported report said say state stated told tell "
    "work working worked with involve involved involving involvement take took taken part support supported supporting "
    "help helped helping assist assisted join joined joint jointly together linked link relate related "
    "relating connection "
    "connected deal dealing dealt tackle tackling tackled target targeting targeted address addressing "
    "addressed aimed aim "
    "looked look looking cover covered covering covers run running ran runs carried out carry happen "
    "happened happening happen happens occur occurs occurred occurring "
    "going go goes went gone gave given give given show showing shown find found see seen know use used using exist "
    "force police policing essex plan there s t re ve ll dept currently now actually "
    "set up against concerning regarding concerned focus focused focusing focussed specifically mainly "
    "contribute contributed contributing participate participated participating collaborate collaborated partnered "
    "make made making whether one ones thing way place placed taking based active activity operate operated operating "
    "came come among where who what how many much long does during over per via including "
    "include included "
    "serve serving served reach reached reaching belong belonging sit fall falling apply behind "
    "cite cited provided provide been hold held conducted conduct undertaken undertook mount mounted "
    "deliver delivered delivering "
    "lay laid lead to led brought bring resulted "
    "back backs backed backing put puts either ever really anybody anyone somebody someone everybody everyone "
    "prevent prevents preventing combat combating combatting fight fighting curb curbing "
    "speak spoke spoken talk talked come comes attend attended attending text wording read "
    "i'd you'd they'd i'm they're i've we've you've they've who's what's where's "
    "achieve accomplish accomplished engage engaged engages engaging want wanted know wish wondering wonder wondered "
    "curious interested grateful kindly like need needs anywhere somewhere become became "
    "advise advised advising current let touch touches touching gather gathers gathered manage managed bit bits u "
    "in total number total altogether full complete whole entire different various several particular "
    "quarter quarterly year "
)
"""Words that carry no meaning of their own in a question; "work with" and its like are what the graph is about."""

PHRASES: Final = (
    "fall under | falls under | fall within | falls within | come under | comes under | sit under | sits under | "
    "co operate | co operates | co operated | co operating | co operation | clamp down | clamping down | crack down | "
    "cracking down | "
    "yet to happen | due to | due on | "
    "turn up | turns up | turned up | show up | shows up | showed up | team up | teamed up | teams up | "
    "ended up | end up | ends up | ending up | locked up | lock up | back up | backs up | backed up | backing up | "
    "alphabetically | in alphabetical order | sorted by name | "
    "part of | signed up | sign up | set up | made up | took place | take place | get involved | gets involved | "
    "funded by | funded through | paid for by | funded from | my area | our area | my town | our town | my district | "
    "our district | my ward | my patch | our patch | want to know | like to know | "
    "find out | let me know | would like | tell me about | "
    "alongside | side by side | in the room | in the same room | around the table"
)
"""Several words that carry no meaning of their own, though one of them may elsewhere."""

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
        "other police force | police force | other force | other forces | neighbouring police force | another force | "
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

SYNONYMS: Final = {
    "car": "vehicle",
    "cop": "officer",
    "kid": "child",
    "youngster": "young",
    "death": "fatality",
    "dead": "fatality",
    "fatal": "fatality",
    "killed": "fatality",
    "wait": "answer",
    "waiting": "answer",
    "cash": "cash",
    "money": "cash",
    "membership": "member",
    "retention": "retained",
    "kept": "retained",
    "keep": "retained",
    "bike": "motorcycle",
    "drunk": "drink",
    "bobby": "officer",
    "motorist": "driver",
    "teenager": "young",
    "send": "sent",
    "steal": "stolen",
    "stole": "stolen",
    "caught": "catch",
    "leave": "left",
    "confiscated": "seized",
    "confiscate": "seized",
    "detained": "arrested",
    "apprehended": "arrested",
    "nicked": "arrested",
    "crook": "suspect",
    "folk": "people",
    "die": "fatality",
    "died": "fatality",
    "special": "special",
    "pickup": "answer",
    "daily": "day",
    "weekly": "week",
    "monthly": "month",
}
"""Another word that reports use for the same, both ways of saying it counting alike."""

SPELLINGS: Final = {
    "qtr": "quarter",
    "behavior": "behaviour",
    "neighborhood": "neighbourhood",
    "neighbor": "neighbour",
    "center": "centre",
    "organization": "organisation",
    "organized": "organised",
    "harbor": "harbour",
    "program": "programme",
    "license": "licence",
    "rumor": "rumour",
    "labor": "labour",
    "color": "colour",
    "honor": "honour",
    "defense": "defence",
    "offense": "offence",
}
"""American spellings, as British reports have them."""

LIGHT: Final = (
    "member people person number total volume count level amount sent issued given made held done received "
    "recorded counted reported "
    "ran run took brought new recruit recruited"
)
"""Verbs and nouns that say no more than that something was counted: a figure may be told with another one."""

SPEAKERS: Final = (
    "councillor journalist reporter resident analyst auditor inspector officer commander partner volunteer member "
    "citizen researcher student taxpayer parent member charity"
)
"""What people call themselves before they ask: "as a journalist I want to know ..."."""

NUMBER_WORDS: Final = {
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

BEYOND: Final = (
    "more than | less than | fewer than | at least | at most | exactly | than | compared | compare | versus | vs | "
    "since | after | before | until | between | type | kind | sort | common"
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
        "sums wrong | maths wrong | calculation wrong | miscalculated | contradict"
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
    "planned-steps": "next step | planned step | plan to do next | future plan | still to do | coming up next",
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
