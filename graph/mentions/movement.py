"""The words by which English says that a number went up or down, as parts of regular expressions.

One list for all rules. Verbs stand in the forms of reports ("climbed", "rising", "fell"), nouns in both numbers.
"""

from __future__ import annotations

RISEN = (
    r"increas(?:e|ed|es|ing)|r[io]se[ns]?|risen|rising|rais(?:e|ed|es|ing)|grew|grows?|grown|growing|climb(?:ed|s|ing)?"
    r"|jump(?:ed|s|ing)?|surg(?:e|ed|es|ing)|soar(?:ed|s|ing)?|swell(?:ed|s|ing)?|swollen|rocket(?:ed|s|ing)?|leapt|leaped"
    r"|balloon(?:ed|ing)?|mushroom(?:ed|ing)?|escalat(?:ed|es|ing)|expand(?:ed|s|ing)?|exceed(?:ed|s)?|boost(?:ed|s|ing)?"
    r"|lengthen(?:ed|s|ing)?|widen(?:ed|s|ing)?|strengthen(?:ed|s|ing)?|extend(?:ed|s|ing)?|edged\s+up|crept\s+up|shot\s+up"
    r"|went\s+up|gone\s+up|going\s+up|goes\s+up|ticked\s+up|hiked|uplifted|bulged|inched\s+up|stepped\s+up"
)
FALLEN = (
    r"decreas(?:e|ed|es|ing)|reduc(?:e|ed|es|ing)|fell|fall(?:s|en|ing)?|dropp(?:ed|ing)|drops?|declin(?:e|ed|es|ing)"
    r"|shr(?:ank|unk|inks?|inking)|lower(?:ed|s|ing)?|shorten(?:ed|s|ing)?|narrow(?:ed|s|ing)?|lessen(?:ed|s|ing)?"
    r"|contract(?:ed|ing)|dip(?:ped|s|ping)?(?!-)|slip(?:ped|s|ping)?|slid|sliding|sank|sunk|slump(?:ed|s|ing)?|tumbl(?:ed|es|ing)"
    r"|plung(?:ed|es|ing)|plummet(?:ed|s|ing)?|dwindl(?:ed|es|ing)|diminish(?:ed|es|ing)?|shed(?:ding)?|slash(?:ed|es|ing)?"
    r"|trimm(?:ed|ing)|cut(?:ting)?|eas(?:ed|es|ing)|subsid(?:ed|es|ing)|reced(?:ed|es|ing)|halv(?:ed|es|ing)|tapered"
    r"|went\s+down|gone\s+down|going\s+down|goes\s+down|came\s+down|come\s+down|edged\s+down|inched\s+down|fallen\s+away"
)
A_RISE = (
    r"increases?|rises?|growth|gains?|jumps?|surges?|uplifts?|upturns?|upticks?|upsurges?|leaps?|hikes?|spikes?"
    r"|escalations?|expansions?|additions?|upswings?|swells?"
)
A_FALL = (
    r"decreases?|reductions?|falls?|drops?|declines?|cuts?|dips?(?!-)|downturns?|downticks?|contractions?|slumps?|plunges?|slides?"
    r"|tumbles?|savings|shrinkages?|diminutions?|drop-offs?|fall-offs?|easing|lessening|downswings?"
)
A_CHANGE = (
    r"improvements?|changes?|shifts?|swings?|differences?|movements?|deteriorations?|worsening|variations?|moves?"
)
"""Nouns that say that a number moved, and not which way."""
HIGHER = (
    r"more|higher|additional|extra|longer|slower|greater|above|up|upwards?|over|ahead|bigger|larger|stronger|dearer|later"
    r"|better\s+off|costlier|heavier|busier"
)
LOWER = (
    r"fewer|less|lower|below|beneath|down|downwards?|under|shorter|quicker|faster|smaller|behind|short|sooner|cheaper|worse\s+off"
    r"|speedier|lighter|weaker|earlier"
)
