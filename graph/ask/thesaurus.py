"""Words that questions and reports have for the same thing, spellings, and words that say little.

Words are compared as ``graph.mentions.words`` folds them. Nothing here names a thing that a vocabulary has: what a
partner, a theme or a measure is called stands there.
"""

from __future__ import annotations

from typing import Final

SAME: Final = (
    "vehicle car motor automobile",
    "motorcycle bike motorbike",
    "driver motorist",
    "officer cop bobby copper",
    "child kid children",
    "young youngster teenager teen",
    "fatality death dead fatal killed kill die died",
    "answer wait waiting pickup picked",
    "cash money",
    "member membership",
    "retained retention kept keep",
    "drink drunk",
    "sent send",
    "stolen steal stole",
    "catch caught",
    "left leave",
    "seized confiscated confiscate impounded",
    "arrested detained apprehended nicked collared",
    "suspect crook",
    "people folk",
    "day daily",
    "week weekly",
    "month monthly",
    "online web website internet",
    "safeguarded protected",
    "specimen sample",
    "breath breathalyser breathalyzer breathalysed",
    "swab wipe",
    "robbery robber robbed mugging mugged mugger",
    "burglary burglar burgled burgle",
    "prostitution prostitute",
    "taxi taxis taxicab",
    "letter mailing",
    "charge charged",
    "farmer farming farm",
    "interaction conversation",
    "parish parishes",
    "company firm",
    "slave slavery enslaved",
    "weapon weaponry",
    "knife knives",
    "caution cautioned",
    "injured hurt wounded injury injuries",
    "women woman",
    "men man",
    "person persons",
    "recruit recruited recruitment hire hired",
    "refer referral referred",
    "spiking spiked spike",
    "divert diverted diversion diverting steered steering",
    "e electric",
    "call caller calls",
    "constable pc pcs",
)
"""Words that say the same, a line each, both ways of saying it counting alike; the first stands for all."""

SYNONYMS: Final = {word: line.split()[0] for line in SAME for word in line.split()}
"""Each of those words with the one that stands for it."""

SPELLINGS: Final = {
    "qtr": "quarter",
    "hr": "hour",
    "hrs": "hours",
    "mins": "minutes",
    "secs": "seconds",
    "yr": "year",
    "yrs": "years",
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
    "targetting": "targeting",
    "targetted": "targeted",
    "focussing": "focusing",
    "traveling": "travelling",
    "counselor": "counsellor",
    "judgment": "judgement",
    "teh": "the",
    "hte": "the",
    "adn": "and",
    "wiht": "with",
    "thier": "their",
    "taht": "that",
    "whcih": "which",
    "recognize": "recognise",
    "recognized": "recognised",
    "specialized": "specialised",
}
"""American and doubtful spellings, as British reports have them."""

LIGHT: Final = (
    "headcount member people person number total volume count level amount sent issued given made held done received "
    "recorded counted reported "
    "ran run took brought"
)
"""Verbs and nouns that say no more than that something was counted: a figure may be told with another one."""

NEWLY: Final = "new newly recruit recruited gain gained join joined add added additional"
"""Words of what was not there before: a figure is of that if its sentence has one of them, or it is of an increase."""

TOLD_NEW: Final = "member members increase extra"
"""Words of sentences that tell of what is new as well: those who joined are members."""

SOFT: Final = (
    # What became of somebody or something, in a way that the noun beside it says as well.
    "ended end well positively positive came come coming through turned out gained gain picked lifted taken took off "
    "carried dealt handled fielded logged registered processed taking landed hit clocked notched "
    "netted yielded produced generated secured obtained saw seen witnessed experienced "
    "put put-through sent passed handed brought forward offered provided given gave "
    "looked kept safe "
    "running operating active serving current currently existing available total totals overall exact exactly "
    "latest recent recently newest present so far already altogether combined "
    # Who and what, where a name or a noun of the question says it better.
    "offence offences incident incidents "
    "case cases instance instances individual individuals folk bunch lot lots load loads handful couple pair pairs "
    "somebody someone anybody anyone guys chap chaps lady ladies gentleman "
    "world sphere field side kind sort bit bits page pages section sections chapter part parts portion place "
    "thing things matter matters front term terms way ways purpose context scope sense "
    "people person name names naming "
    # How it is told.
    "described describes describe claimed claims claim quoted quotes stated official officially formally "
    "actual actually specific specifically generic general generally broadly main mainly major key "
    "whole entire single just simply merely quite rather really very roughly about around nearly almost "
    "approximately "
    "caught gone going get gets got had having hold holds held sitting sat standing stood stand "
    "money funding play plays played away "
    "again still yet even though although however"
)
"""Words that may be left unsaid: looked for with the others, and where nothing has them all, not looked for."""

FILLERS: Final = (
    "a an the of in at on for to with by under about around round from into within and or as then that this these "
    "those it its their there here be been being is are was were am do doing did done does has have had having get got "
    "we us our ours i me my you your they them he she his her please pls thanks hi hello hey just also so which what "
    "can could would will shall may might if but any all every each some other both own such "
    "named name called listed list listing recorded reported report said say state stated told tell "
    "work working worked with involve involved involving involvement take took taken part support supported "
    "supporting "
    "help helped helping assist assisted join joined joint jointly together linked link relate related "
    "relating connection "
    "connected tied tie ties deal dealing dealt tackle tackling tackled target targeting targeted address addressing "
    "addressed aimed aim "
    "looked look looking cover covered covering covers run running ran runs carried out carry happen "
    "happened happening happen happens occur occurs occurred occurring "
    "going go goes went gone gave given give given show showing shown find found see seen know use used using exist "
    "force police policing essex plan there s t re ve ll dept currently now actually "
    "set up against concerning regarding concerned focus focused focusing focussed specifically mainly "
    "contribute contributed contributing participate participated participating collaborate collaborated partnered "
    "make made making whether one ones thing way place placed taking based active activity operate operated "
    "operating "
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
    "concern concerns describe describes described describing detail details detailed discuss discusses discussed "
    "thx cheers ta remind trace afterwards whatsoever written attached "
    "name names naming act acts acted acting combine combines combined combining touch touched refer refers "
    "referring relates report reports reporting tells telling telling told "
    "advise advised advising current let touch touches touching gather gathers gathered manage managed bit bits u "
    "in total number total altogether full complete whole entire different various several particular "
    "quarter quarterly year "
)
"""Words that carry no meaning of their own in a question; "work with" and its like are what the graph is about."""

PHRASES: Final = (
    "fall under | falls under | fall within | falls within | come under | comes under | sit under | sits under | "
    "co operate | co operates | co operated | co operating | co operation | clamp down | clamping down | "
    "crack down | "
    "cracking down | "
    "yet to happen | due to | due on | "
    "turn up | turns up | turned up | show up | shows up | showed up | team up | teamed up | teams up | "
    "ended up | end up | ends up | ending up | locked up | lock up | back up | backs up | backed up | backing up | "
    "alphabetically | in alphabetical order | sorted by name | "
    "part of | signed up | sign up | set up | made up | took place | take place | get involved | gets involved | "
    "funded by | funded through | paid for by | funded from | my area | our area | my town | our town | "
    "my district | "
    "our district | my ward | my patch | our patch | want to know | like to know | "
    "find out | let me know | would like | tell me about | "
    "where does it say so | where does it say that | where is that said | where is it said | "
    "where does the report say so | sum of money | what sum of | sum of | "
    "new here | new to this | i live in | we live in | live in | up to | passed on | pass on | go on | "
    "went on | right now | "
    "go after | goes after | going after | went after | what part do | what part does | what role do | "
    "what role does | "
    "play a part | play a role | do play | "
    ""
    "off the road | off the street | gave us a hand | give us a hand | gave a hand | had a hand in | "
    "have a hand in | "
    "hand in | lend a hand | lent a hand | our officer | our officers | our staff | our people | our team | "
    "our teams | our colleague | our lot | i e | e g | when we work | when we worked | which of these | at all | "
    "alongside | side by side | in the room | in the same room | around the table"
)
"""Several words that carry no meaning of their own, though one of them may elsewhere."""

PHRASAL: Final = (
    "pick picked picking back backs backed backing get gets got getting sign signed set sets setting team teamed end "
    "ended ends make made makes lock locked show showed turn turned follow followed blew build built catch caught "
    "round rounded open opened give gave given clear cleared track tracked break broke broken hand handed step "
    "stepped call called keep kept hold held shut start started tie tied speak speaking split bring brought"
)
"""Verbs that "up" or "down" belongs to: no change, unlike "go up"."""
