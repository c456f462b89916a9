"""The words by which police reports tell where something is: those before a name, within it and after it.

Sets of words in small letters hold folded words, what a word's ``norm`` is compared with; sets of words with a capital
hold words as they are written.
"""

from __future__ import annotations

from graph.mentions.organisation_words import HEADS as HEADS_OF_BODIES
from graph.mentions.words import words


def _folded(text: str) -> frozenset[str]:
    """Return the folded words of ``text``: what a word's norm is compared with."""
    return frozenset(w.norm for w in words(text))


IN = _folded("in at near across around outside throughout towards toward off between within into above below")
"""Words after which a name alone is a place's."""
BY = IN | _folded("on along through past via behind opposite by of from to over beside covering beyond")
"""Words after which a name is a place's if a noun for places belongs to it."""
PARTS = _folded(
    """resident people village town city port street part outskirt centre north south east west edge suburb hamlet
    parish borough district ward neighbourhood road estate area community shop home household"""
)
"""Nouns that "of" joins to the name of a place."""
PASSED = _folded("nearby neighbouring central rural north south east west northern southern eastern western both")
"""Words that may stand between a preposition and a name."""
AREAS = _folded("division area command LPA BCU hub sector")
"""Nouns for the parts of a force."""
COVERS = _folded("covers serves comprises takes is consists polices")
COVERS_ON = _folded("in made up of the both districts boroughs")
"""What follows them where a report says which districts they hold."""
DISTRICT = frozenset(("district", "borough"))
NOT_DISTRICT = _folded(
    """council councillor nurse judge court crown attorney general hospital heating commander command manager crime
    policing police team wide line valuer registrar"""
)
"""After "district": words with which it is no area."""
STREETS = frozenset(
    """Street Road Lane Avenue Crescent Estate Esplanade Reservoir Moor Sands Common Docks Quay Marina Seafront
    Promenade Terrace Retail Industrial Business Country""".split()
)
"""Nouns that end the name of a place wherever it stands; of the last four, the names of parks and estates."""
SPOTS = frozenset(
    """Park Close Drive Way Grove Gardens Square Hill Green Heath Marsh Marshes Wood Woods Forest Valley Beach Bay Point
    Harbour Dock Pier Island Isle Lake Bridge Airport Junction Roundabout Village Cross Fields Field Row Walk Parade
    Mews Place Broadway Market Downs Fen Fens Dale Fell Creek Wharf Hollow Meadow Meadows Rise Mount Court Gate Pass
    Tarn Edge Brook Weir Lock Canal Viaduct Cliff Cliffs Cove Head Ness Levels Ridge Bypass Interchange Station
    """.split()
)
"""Nouns that end the name of a place after a preposition: a body may be called Turning Point."""
GROUNDS = frozenset("Way Park Hill Valley Forest Harbour Beach Square Gardens Village Pier Green Woods Marshes".split())
"""Those of them that end one after "the" too."""
CENTRES = frozenset(("town", "city", "village"))
AFTER = _folded("village estate seafront waterfront harbour dock quayside promenade marina pier high railway bus beach")
"""Nouns in small letters that follow the name of a place wherever it stands."""
AFTER_IN = _folded(
    """town city area station market park quarter ward suburb neighbourhood parish junction bypass island common moor
    wood estate"""
)
"""Those that follow one after a preposition."""
OF_TWO = {"high": "street", "railway": "station", "bus": "station"}
TITLES = frozenset("Isle Isles Forest Vale Port Bay City Bishop Hundred Mouth Point Stow Bridge".split())
"""Words that "of" may join to the rest of a name: "Vale of Eden"."""
NEVER = _folded(
    """facebook twitter instagram whatsapp snapchat tiktok youtube linkedin nextdoor zoom google amazon ebay microsoft
    january february march april may june july august september october november december monday tuesday wednesday
    thursday friday saturday sunday spring summer autumn winter christmas easter halloween ramadan eid diwali bonfire
    boxing new year lent hanukkah pride covid england wales scotland ireland britain uk europe european eu usa america
    france spain germany italy romania albania poland china india pakistan ukraine russia vietnam nigeria turkey
    kingdom asia africa netherlands belgium dubai afghanistan iran iraq syria somalia sudan eritrea russian
    operation operations op ops project programme campaign initiative scheme fund chief deputy assistant inspector
    sergeant superintendent constable detective pc dc ds di dci acc cc dr mr mrs ms miss sir lord lady professor
    councillor cllr commissioner mayor minister judge pcso pcsos cid hq hmp hm nhs
    police policing constabulary force forces officer officers command team teams unit squad department directorate
    division lpa bcu neighbourhood response custody contact intelligence public protection crime crimes criminal
    specials special cadets volunteers staff parliament government council councils court courts crown magistrates
    quarter q1 q2 q3 q4 phase stage tier level class grade key section part step priority objective pillar theme
    outcome the a an this that these those our their his her its we they he she it who i all each every both some
    no not and or but if as so when where while after before during since until with without by from for to of
    partnership partner partners safety community communities local national regional white black asian british
    english welsh scottish irish polish romanian albanian chinese indian muslim christian jewish sikh hindu
    gypsy roma traveller lgbt one two three four five six seven eight nine ten first second third act bill"""
)
"""Words with a capital that begin no place's name, and those that end a run of names."""
BEGIN = frozenset(("new", "white", "black", "key", "port", "bishop", "north", "boxing", "pride"))
"""Of those, the ones that may begin a name of two words or more: "New Romney"."""
HEADS = _folded(
    """week weeks day days night month year project programme campaign initiative scheme fund act bill plan strategy
    charter award awards course order orders law code protocol panel agreement policy framework review report survey
    event conference summit forum board committee commission partnership group network association society trust
    foundation charity agency authority service services centre house school academy college university hospital
    hotel hall club stadium arena theatre museum library church mosque temple cathedral court prison ltd plc limited
    company bank store stores police constabulary force council team unit division command department office lpa bcu
    hub district borough standard standards code watch aid crisis system portal app website line helpline training
    strategy meeting panel group users crime scheme taskforce exchange alert university"""
)
"""Words that end the name of something else: an event, a body, a building."""
FOLLOWS = _folded(
    """and or but with where after before to on by who which that was were is are has have had during in at for from as
    when while whilst whose this last since until following using over between a an the also through against led saw
    via about under into near off across than then because so if though although not no only again now each every
    all both these those where our their his her its will can could may might would should did do does be been being
    took made gave went came met found left fell rose ran held began kept put shot set cut lay grew wrote sent spoke
    told sat stood lost won bought built caught chose drove drew fought heard knew paid rode rang said sold slept spent
    stole swept taught thought threw brought got broke hit hid too alone itself together today later earlier once twice
    we they he she it you here there respectively recently remain remains continue continues include includes"""
)
"""Words that may follow a name which stands alone: it describes no noun then."""
OPENERS = BY | FOLLOWS
"""Words that begin a sentence and no name."""
ARTICLES = _folded("a an the its their our his her")
STAFF = _folded(
    """staff employee worker colleague manager expert researcher academic student pupil specialist partner team doctor
    nurse adviser advisor lawyer counsellor analyst nobody someone engineer teacher lecturer scientist chaplain
    firm people doorman supervisor apprentice player coach"""
)
"""Those whom "at" joins to the body that employs them."""
COMMON = _folded(
    """people human resources finance estates fleet media communications corporate digital data information technology
    performance analytics standards professional vetting recruitment training wellbeing firearms dogs drones roads
    forensics investigation safeguarding vulnerability prevention prosecution justice offender management control
    dispatch demand change strategy insight planning development learning violence violent violence sexual offences
    offence burglary robbery theft vehicle arson damage drugs hate rape abuse domestic dwelling shop retail stop search
    business rural urban road child adult victim victims witness youth young serious organised complex major missing
    mental health care gold silver bronze safer stronger excel taser custody specialist online cyber fraud knife gun
    weapons public order gender diversity equality inclusion ethics faith race disability science design"""
)
"""Words of police work that headings and names of teams write with capitals."""
GENERIC = frozenset(
    """High Main Car Lorry Caravan Theme Holiday Skate Science Town City Village Country Retail Industrial
    Business""".split()
)
"""Words that with a noun for places name a kind of place: "High Street", "Car Park"."""
KINDS = STREETS | SPOTS | GENERIC | HEADS_OF_BODIES | frozenset("County Borough District Parish Ward Front".split())
"""Words that "the" makes a kind of place or body of, and no name: "the Pier", "the Gurdwara"."""
NOT_WHERE = _folded(
    """increase increases increased decrease reduction rise fall drop change improvement growth decline uplift trend
    investment invested invest experience interest interested confidence trust training trained train qualified
    qualification specialising specialised involved involvement engaged participate participated participating
    participation role expertise expert course degree skilled succeed difference result resulted"""
)
"""Words after which "in" does not tell where."""
NATIONAL = frozenset(("Lake", "Peak"))
"""Names that "District" belongs to."""
COMPASS = _folded("north south east west northern southern eastern western central mid coast coastal")
"""Words that name a part of any territory, and no district."""
