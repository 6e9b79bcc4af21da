"""The names, streets and places the demo's people are made of. Only towns and courts are real; no street is.

Given and family names are each in use somewhere in Wales or England, but no surname is paired here with a given name that
makes anybody widely known, so the most common surnames are left out.
"""

from dataclasses import dataclass

MEN = (
    "Arwel", "Berwyn", "Carwyn", "Deiniol", "Elfed", "Emrys", "Eurig", "Glyndŵr", "Gwilym", "Hedd", "Iestyn", "Iorwerth",
    "Llŷr", "Meurig", "Siôn", "Trystan", "Adrian", "Callum", "Darren", "Gordon", "Howard", "Lewis", "Nigel", "Russell",
    "Shaun", "Stuart", "Trevor", "Warren",
)  # fmt: skip
WOMEN = (
    "Angharad", "Bethan", "Catrin", "Delyth", "Eirlys", "Ffion", "Gwenllïan", "Heledd", "Lowri", "Menna", "Nerys",
    "Rhian", "Siân", "Sioned", "Alison", "Denise", "Gemma", "Janine", "Lorraine", "Natalie", "Paula", "Sandra", "Tracey",
)  # fmt: skip
FAMILIES = (
    "ap Tegfryn", "Bebb", "Beddoes", "Cadwaladr", "Eynon", "Ffoulkes", "Gittins", "Gwernant", "Hamer", "Llwyd-Bowen",
    "Lodwick", "Maredudd", "Mathias", "Prydderch", "Pryse-Môn", "Rosser", "Treharne", "Tudur", "Birtles", "Copplestone",
    "Dunmore", "Fennimore", "Garbutt", "Hollingdale", "Larkham", "Merrydew", "O'Shaughran", "Penhaligon", "Pettigrove",
    "Rushbrooke", "Stanbridge", "Tolliver", "Underwick", "Wetherall", "Yarwick",
)  # fmt: skip

STREETS = (
    "Heol y Gwenoliaid", "Ffordd Tŷ'r Ardd", "Stryd y Gof Bach", "Rhiw'r Ŵylan", "Clos Nant y Dryw", "Lôn yr Helyg Gwyn",
    "Teras Craig y Frân", "Maes y Barcud Coch", "Llwybr y Gŵydd", "Rhodfa'r Hen Felin Wlân", "Swallow Reach Road",
    "Old Tannery Row", "Cordwainer's Hill", "Lower Quarrel Lane", "Ferryman's Terrace", "Copperlamp Street",
    "Windlass Close", "Millrace Gardens",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Court:
    """A real court by its official code (organisation unit) and court area code; `crown` for the Crown Court."""

    code: str
    psa: str
    town: str
    crown: bool = False

    @property
    def room(self) -> str:
        """Its first court room, as messages name the place of a hearing."""
        return f"{self.code}01"

    @property
    def name(self) -> str:
        return f"the Crown Court at {self.town}" if self.crown else f"{self.town} Magistrates' Court"


@dataclass(frozen=True, slots=True)
class Place:
    """A town in both languages, the court its cases go to, and the two letters of its police unit (invented)."""

    name: str
    welsh: str
    court: Court
    crown: Court
    unit: str


_CARMARTHEN = Court("C62CH", "0756", "Carmarthen", crown=True)
_HAVERFORDWEST_CROWN = Court("C62HV", "0761", "Haverfordwest", crown=True)
_WELSHPOOL_CROWN = Court("C07WE", "0774", "Welshpool", crown=True)
_ABERYSTWYTH = Court("B63AD", "3253", "Aberystwyth")
_HAVERFORDWEST = Court("B63GN", "3139", "Haverfordwest")
_LLANELLI = Court("B63IE", "3252", "Llanelli")
_LLANDRINDOD = Court("B63LW", "3250", "Llandrindod Wells")
_WELSHPOOL = Court("B63NZ", "3346", "Welshpool")

PLACES = (
    Place("Aberystwyth", "Aberystwyth", _ABERYSTWYTH, _CARMARTHEN, "AR"),
    Place("Aberaeron", "Aberaeron", _ABERYSTWYTH, _CARMARTHEN, "AR"),
    Place("Lampeter", "Llanbedr Pont Steffan", _ABERYSTWYTH, _CARMARTHEN, "AR"),
    Place("Haverfordwest", "Hwlffordd", _HAVERFORDWEST, _HAVERFORDWEST_CROWN, "AR"),
    Place("Tenby", "Dinbych-y-pysgod", _HAVERFORDWEST, _HAVERFORDWEST_CROWN, "AR"),
    Place("Fishguard", "Abergwaun", _HAVERFORDWEST, _HAVERFORDWEST_CROWN, "AR"),
    Place("Llanelli", "Llanelli", _LLANELLI, _CARMARTHEN, "DY"),
    Place("Carmarthen", "Caerfyrddin", _LLANELLI, _CARMARTHEN, "DY"),
    Place("Ammanford", "Rhydaman", _LLANELLI, _CARMARTHEN, "DY"),
    Place("Llandrindod Wells", "Llandrindod", _LLANDRINDOD, _WELSHPOOL_CROWN, "BR"),
    Place("Brecon", "Aberhonddu", _LLANDRINDOD, _WELSHPOOL_CROWN, "BR"),
    Place("Builth Wells", "Llanfair-ym-Muallt", _LLANDRINDOD, _WELSHPOOL_CROWN, "BR"),
    Place("Welshpool", "Y Trallwng", _WELSHPOOL, _WELSHPOOL_CROWN, "BR"),
    Place("Newtown", "Y Drenewydd", _WELSHPOOL, _WELSHPOOL_CROWN, "BR"),
)
