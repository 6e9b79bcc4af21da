"""Words of addresses, folded: what stands for what, what names a street, a building or a part of one, what is nobody's home."""

from collections.abc import Mapping
from typing import Final

# Written short at the end of a street's name. At its beginning St is a saint.
SHORT: Final[Mapping[str, str]] = {
    "rd": "road",
    "st": "street",
    "str": "street",
    "ave": "avenue",
    "av": "avenue",
    "cl": "close",
    "dr": "drive",
    "cres": "crescent",
    "cresc": "crescent",
    "crs": "crescent",
    "ln": "lane",
    "ct": "court",
    "crt": "court",
    "pl": "place",
    "sq": "square",
    "ter": "terrace",
    "tce": "terrace",
    "terr": "terrace",
    "gdns": "gardens",
    "gdn": "gardens",
    "pk": "park",
    "gr": "grove",
    "gve": "grove",
}
SHORT_BEFORE: Final[Mapping[str, str]] = {
    "saint": "st",
    "mt": "mount",
    "gt": "great",
    "upr": "upper",
    "lwr": "lower",
    "hse": "house",
    "cott": "cottage",
    "bldgs": "buildings",
    "apts": "apartments",
}
STREETS: Final = frozenset({
    *SHORT.values(), "row", "hill", "way", "walk", "rise", "view", "parade", "mews", "green", "yard", "path", "drove",
    "embankment", "quay", "wharf",
} - {"court", "park"})  # fmt: skip
WELSH_STREETS: Final = frozenset({
    "heol", "ffordd", "stryd", "rhiw", "clos", "lon", "teras", "llwybr", "rhodfa", "sgwar", "cilgant",
})  # fmt: skip
# What stands after an English building's name and before a Welsh one. Of those of several homes it has to be said which.
OF_SEVERAL: Final = frozenset({
    "court", "flats", "apartments", "mansions", "tower", "towers", "buildings", "building", "chambers", "heights",
    "cottages", "villas", "point", "llys", "fflatiau", "bythynnod", "tai", "twr",
})  # fmt: skip
BUILDINGS: Final = OF_SEVERAL | {
    "house", "cottage", "farm", "farmhouse", "lodge", "villa", "bungalow", "barn", "hall", "grange", "manor", "vicarage",
    "rectory", "mill",
}  # fmt: skip
WELSH_BUILDINGS: Final = OF_SEVERAL | {"ty", "tyn", "tyr", "bwthyn", "fferm", "plas"}
ARTICLES: Final = frozenset({"the", "y", "yr", "r"})
# A part of a house, of which its number says which; those of the first line are one thing in other words.
UNITS: Final[Mapping[str, str]] = {
    **dict.fromkeys(("flat", "fflat", "flt", "apt", "apartment", "rhandy", "unit", "uned"), ""),
    **dict.fromkeys(("room", "rm", "ystafell"), "room"),
    **dict.fromkeys(("bedsit", "studio", "suite", "maisonette"), "studio"),
    **dict.fromkeys(("caravan", "carafan", "plot", "pitch", "cabin", "caban", "berth"), "plot"),
    **dict.fromkeys(("block", "bloc"), "block"),
    **dict.fromkeys(("floor", "llawr"), "floor"),
}
WHICH: Final = frozenset({
    "first", "second", "third", "fourth", "ground", "top", "basement", "rear", "front", "back", "upper", "lower", "garden",
    "floor", "left", "right", "1st", "2nd", "3rd", "4th",
})  # fmt: skip
NUMBER: Final = frozenset({"no", "nos", "number", "rhif"})
COUNTRIES: Final = frozenset({
    "wales", "cymru", "england", "lloegr", "uk", "united kingdom", "great britain", "gb", "y deyrnas unedig",
})  # fmt: skip
COUNTIES: Final = frozenset({
    "dyfed", "powys", "ceredigion", "sir gaerfyrddin", "sir gar", "sir benfro", "gwent", "gwynedd", "clwyd", "sir fynwy",
    "sir ddinbych", "sir y fflint", "sir fflint", "anglesey", "isle of anglesey", "ynys mon", "sir aberteifi",
    "sir frycheiniog", "sir faesyfed", "sir drefaldwyn", "sir feirionnydd", "mid glamorgan", "south glamorgan",
    "west glamorgan", "glamorgan", "morgannwg", "morgannwg ganol", "de morgannwg", "gorllewin morgannwg",
    "vale of glamorgan", "bro morgannwg", "rhondda cynon taf", "carmarthenshire", "pembrokeshire", "cardiganshire",
    "monmouthshire", "denbighshire", "flintshire", "breconshire", "brecknockshire", "radnorshire", "montgomeryshire",
    "merionethshire", "caernarfonshire", "carms", "pembs", "dyfed powys",
})  # fmt: skip
NOWHERE: Final = frozenset({
    "", "unknown", "nfa", "no fixed abode", "none", "n a", "na", "nan", "not known", "anhysbys", "dim cartref sefydlog",
})  # fmt: skip
# Anywhere in an address: where somebody has no home of his own, is held or looked after, or only gets letters.
NOT_A_HOME: Final = (
    "nfa", "no fixed", "of no fixed", "no abode", "homeless", "heb gartref", "digartref", "dim cartref", "dim cyfeiriad",
    "sofa surfing", "sleeping rough", "rough sleeping", "unknown", "not known", "anhysbys", "withheld", "refused", "po box",
    "p o box", "blwch post", "bfpo", "c o", "care of", "dan ofal", "hmp", "hmyoi", "hm prison", "hm yoi", "carchar ef",
    "young offender", "young offenders", "approved premises", "mangre gymeradwy", "night shelter", "lloches nos",
    "bail hostel", "probation hostel", "womens refuge",
)  # fmt: skip
# The last words, or the first, of a part of an address that names such a place, where no number stands before it.
HELD: Final = frozenset({"prison", "carchar", "hostel", "hospital", "ysbyty", "refuge", "lloches"})
