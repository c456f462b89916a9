"""The words that the names of bodies end and begin with, and the type of partner that each suggests."""

from __future__ import annotations

import re

TYPES: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), type_)
    for pattern, type_ in (
        (r"\bfire\b.*\b(service|brigade|authority|rescue)$", "fire-and-rescue"),
        (r"\b(police|constabulary)$", "other-police-force"),
        (r"\bcouncils?$", "local-authority"),
        (r"\b(nhs|hospital|hospitals|health|ambulance|clinical|medical)\b", "health"),
        (r"\bsocial care\b|\b(children'?s|adult) services?\b", "social-care"),
        (r"\b(housing|homes|lettings)\b", "housing"),
        (r"\b(school|college|academy|schools)$|\buniversity\b", "education"),
        (r"\b(church|mosque|temple|synagogue|diocese|cathedral|ministries|chaplaincy|gurdwara)\b", "faith"),
        (r"\bprobation\b|\byouth (justice|offending)\b", "probation"),
        (r"\bprosecution\b|\b(courts?|prison|justice board|commissioner)\b", "criminal-justice"),
        (r"\bcommunity safety partnership$|^safer\b.*\bpartnership$", "community-safety-partnership"),
        (r"\b(board|forum|partnership|alliance)$", "multi-agency-board"),
        (r"\bborder\b|\b(crime agency|revenue)\b", "law-enforcement-agency"),
        (r"\b(ministry|department for|office for)\b", "central-government"),
        (r"\b(railways?|rail|trains|airport|port|buses|coaches|highways|transport)\b", "transport"),
        (
            (
                r"\b(ltd|limited|plc|brewery|care group|veterinary group|improvement district|building society"
                r"|shopping centre|retail park|football club|supermarkets?|chamber of commerce|llp|holdings|motors"
                r"|logistics|mutual|solicitors|taxis|bid|f\.?c|breweries|security company|hotel group|leisure group)$"
            ),
            "business",
        ),
        (r"\brape crisis\b|\bshelter$", "charity"),
        (
            r"\b(charity|trust|foundation|aid|society|refuge|hospice|cic|project|appeal|mind|samaritans|mencap|foodbank|helpline)$",
            "charity",
        ),
        (
            r"\b(watch|volunteers|cadets|wardens|pastors|rangers|mountain rescue|search and rescue|rescue team)$",
            "volunteer",
        ),
        (r"\b(association|federation|group|club|network|union|residents)$", "community-group"),
        (r"\b(agency|authority|executive|inspectorate|organised crime unit)$", "law-enforcement-agency"),
    )
)
HEADS = frozenset(
    """Council Trust Association Partnership Board Foundation Agency Authority Society Charity College School
    University Academy Church Mosque Temple Gurdwara Synagogue Club Clubs Housing Homes Forum Federation
    Constabulary Police Alliance Hospital Hospitals Union Institute Ltd Limited plc CIC Brigade Aid Commissioner
    Commissioners Ambulance Pastors Watch Cadets Refuge Hospice Coalition Consortium Chamber Commission Network
    Shelter Conference Collective Infirmary Diocese Parish Brewery Breweries Museum Cathedral BID LLP FC AFC RFC
    Trains Railway Railways Buses Coaches Taxis Foodbank Foodbanks Mutual Samaritans Scouts Guides Racecourse
    Almshouses Healthcare Academies Minster Chapel Surgery Solicitors Guild Fellowship Ministries Mission
    Logistics Highways Electricity Networks Holdings Motors Inspectorate Ombudsman Executive Helpline Mind
    Mencap Chaplaincy""".split()
)
"""Words that the names of bodies end in."""
HEADS_AFTER: dict[str, frozenset[str]] = {
    "Bank": frozenset("Food Clothing Investment Savings".split()),
    "Bureau": frozenset("Advice Insurers' Fraud".split()),
    "Centre": frozenset(
        """Crisis Advice Community Referral Shopping Refugee Youth Leisure Resource Women's Carers' Children's Family
        Day Islamic Cultural Law Outreach Medical Health Treatment Recovery Wellbeing Arts Sports Activity Riding
        Learning Heritage Migrant Voluntary Volunteer""".split()
    ),
    "Company": frozenset(
        "Theatre Bus Water Railway Train Housing Insurance Interest Rehabilitation Security Port Ferry Brewing".split()
    ),
    "Crisis": frozenset(("Rape",)),
    "District": frozenset(("Improvement",)),
    "Group": frozenset(
        """Care Veterinary Action Housing Residents Residents' Advisory Support Retail Homes Media Hotel Leisure
        Consultancy Health Healthcare Transport Property Youth Drama Walking History Bus Schools Academies Trade Traders
        Traders' Landlords' Tenants' Liaison""".split()
    ),
    "Hub": frozenset("Advice Wellbeing Youth Family Recovery".split()),
    "Office": frozenset("Master's Coroner's Commissioner's Mayor's Registrar's Bishop's Met".split()),
    "Panel": frozenset("Crime Advisory".split()),
    "Project": frozenset(
        "Youth Community Outreach Refugee Homeless Homelessness Women's Advocacy Sanctuary Boxing Mentoring".split()
    ),
    "Providers": frozenset(("Housing",)),
    "Rescue": frozenset("Mountain Lowland Cave Coast Search Fire".split()),
    "Service": frozenset(
        """Fire Rescue Ambulance Probation Health Youth Advocacy Support Justice Prosecution Recovery Outreach Mediation
        Counselling Advisory Advice Library Coroner's Careers Custodial Volunteer Voluntary Drug Drugs Alcohol Addiction
        Treatment Bereavement Translation Interpreting Ranger Warden Housing Family Learning Education Abuse Violence
        Prison Offending""".split()
    ),
    "Services": frozenset(
        """Fire Rescue Probation Health Youth Advocacy Support Children's Social Voluntary Care Drug Drugs Alcohol
        Addiction Recovery Family Environmental Regulatory Advice Adult Ambulance Prison""".split()
    ),
    "Team": frozenset("Rescue Justice Offending".split()),
    "Transport": frozenset(("Community",)),
    "Unit": frozenset("Crime Reduction".split()),
}
"""Words that end a body's name only after certain others: "Mountain Rescue Team", never "Community Policing Team"."""
UNITS_OF_BODIES = frozenset(("Unit",))
"""Of these, those that a force's own teams are called too: the name must say that it is regional or of several."""
SHARED = frozenset("Regional National Joint Reduction Eastern".split())
OPENS = frozenset(
    """University Diocese Archdiocese Institute Foundation Association Federation Society Chamber Friends Confederation
    Commissioner Council Bishop College Academy Trust Union Centre Office Board Chambers Department Ministry Church Bank
    Samaritans Parish""".split()
)
"""Words that "of" or "for" and a name may follow: "Diocese of the Northern Fells"."""
ALONE = frozenset(
    """University Diocese Archdiocese Institute Association Federation Chamber Friends Confederation Department Ministry
    Church Bank Samaritans""".split()
)
"""Those of them that may begin a name."""
BEFORE_NAMES = (
    (("HMP",), "criminal-justice"),
    (("HMYOI",), "criminal-justice"),
    (("YOI",), "criminal-justice"),
    (("HM", "Prison"), "criminal-justice"),
    (("RAF",), "military"),
    (("Age", "UK"), "charity"),
    (("Citizens", "Advice"), "charity"),
    (("Healthwatch",), "health"),
    (("Churches", "Together", "in"), "faith"),
)
"""What the name of a body begins with that goes on with a place, and the type it makes the body."""
INNER = frozenset("of and the for & in".split())
NOT_FIRST = frozenset(
    """the a an this that these our their his her in on at by with from for to and or as of since during after before
    both each every all some local new many following working under within officers police sergeant inspector chief
    superintendent operation january february march april may june july august september october november december
    neighbourhood community hate crime domestic pupils students staff members residents volunteers parents vets
    partners colleagues representatives teams youth when where while through across although however meanwhile
    monday tuesday wednesday thursday friday saturday sunday""".split()
)
TEAMS = frozenset("Team Unit Department Squad Section Command Officer Directorate Bureau Desk".split())
COMMON_FIRST = frozenset(("community", "youth", "domestic"))
"""Words that begin many phrases, and the name of a body where its head goes on after them."""
NOT_ORGANISATIONS = re.compile(
    r"(?i)^(?:the )?(?:community policing|local policing|police|school|hospital|church|club|community|home|public"
    r"|(?:(?:borough|city|district|county|town|parish) )?council)$"
)
KINDS = {
    **dict.fromkeys(("charity", "hospice", "refuge", "helpline"), "charity"),
    **dict.fromkeys(("group", "club", "network", "association", "society", "federation"), "community-group"),
    **dict.fromkeys(
        """company firm retailer insurer supermarket brewery operator developer manufacturer wholesaler bank consultancy
        business co-operative chain""".split(),
        "business",
    ),
    **dict.fromkeys(("landlord",), "housing"),
    **dict.fromkeys(("college", "school", "university", "academy"), "education"),
    **dict.fromkeys(
        "agency organisation enterprise partnership trust project service provider body coalition".split(),
        "unspecified",
    ),
}
"""What an apposition says that a body is, and the type that this makes it."""


def type_of(name: str) -> str:
    """Return the key of the partner type that the words of a body's name suggest; ``unspecified`` if none do."""
    return next((type_ for pattern, type_ in TYPES if pattern.search(name)), "unspecified")
