"""What the demo's deep dive says, in the shape of the review of July 2023: six methods, four conclusions, six recommendations.

Of a figure only how often something was done is said in words, and that by the figure itself: no sentence here is true of one
generated force and false of the next.
"""

from collections.abc import Mapping
from typing import Final

from craffu.scrutiny.deep_dives.kinds import Method
from craffu.scrutiny.interviewing.kinds import ReviewQuestion

type Both = tuple[str, str]

TITLE: Final[Both] = (
    "Is Glan Afon Police effectively managing perpetrators of stalking and harassment? (demo)",
    "A yw Heddlu Glan Afon yn rheoli cyflawnwyr stelcio ac aflonyddu yn effeithiol? (arddangosiad)",
)
QUESTION: Final[Both] = (
    "Are perpetrators of stalking and harassment effectively managed, and victims kept safe as a result?",
    "A yw cyflawnwyr stelcio ac aflonyddu yn cael eu rheoli’n effeithiol, ac a yw dioddefwyr yn ddiogel o ganlyniad?",
)
TERMS: Final[Both] = (
    "The year to the day of the snapshot, in the whole force. The force is invented, and so is everybody in it.",
    "Y flwyddyn hyd ddiwrnod y ciplun, yn yr heddlu cyfan. Mae’r heddlu’n ddychmygol, fel pawb sydd ynddo.",
)
METHODS: Final[Mapping[Method, str]] = {
    Method.PROFILES: "Measures of the whole force and by area, of the year and of the year before (demo)",
    Method.EARLIER: "The review of July 2023, its recommendations and what became of them (demo)",
    Method.INTERVIEWS: "An offender manager was heard, by their own consent (demo)",
    Method.SAMPLES: "Cases of stalking that were opened last, each reviewed twice and blind (demo)",
    Method.VICTIMS: "A victim was heard, by her own consent, and promises made to victims were counted (demo)",
    Method.ORDERS: "Every order in force was counted, with its service, checks and reviews (demo)",
}
PEOPLE: Final = (
    ("scrutiny-officer", "Leads it"),
    ("analyst", "Counts, and draws the sample"),
    ("volunteer-reviewer", "Reviews"),
)

# The four conclusions, each with the question that it answers, in the order of the review's own.
FINDINGS: Final[tuple[tuple[ReviewQuestion, Both], ...]] = (
    (ReviewQuestion.SUPPORTED, (
        "Whether victims feel supported is one question, and whether files show them safeguarded another: each has figures.",
        "Un cwestiwn yw a yw dioddefwyr yn teimlo cefnogaeth, ac un arall yw a yw ffeiliau’n dangos iddynt gael eu diogelu: "
        "mae i’r naill a’r llall ei ffigurau.",
    )),
    (ReviewQuestion.PREVENTED, (
        "How civil orders are considered, served, checked and reviewed decides whether they deter: each step was counted.",
        "Mae’r modd y caiff gorchmynion sifil eu hystyried, eu cyflwyno, eu gwirio a’u hadolygu’n penderfynu a ydynt yn atal: "
        "cyfrifwyd pob cam.",
    )),
    (ReviewQuestion.JUSTICE, (
        "Police, courts and victims need one account of breaches and repeat offending: what was done of each was counted.",
        "Mae ar yr heddlu, y llysoedd a dioddefwyr angen un hanes o doriadau ac ailtroseddu: cyfrifwyd yr hyn a wnaed o bob un.",
    )),
    (ReviewQuestion.ALL, (
        "What the force has begun can be measured, and what was recommended before is followed.",
        "Gellir mesur yr hyn y mae’r heddlu wedi’i ddechrau, a dilynir yr hyn a argymhellwyd o’r blaen.",
    )),
)  # fmt: skip

# By measure and part: in which finding it stands, what it is called, and what is said of it; {how} is how often.
MEASURES: Final[tuple[tuple[str, str, int, Both, Both], ...]] = (
    ("MET27", "kept", 1, ("Promises to victims that were kept", "Addewidion i ddioddefwyr a gadwyd"),
     ("Contact that was promised to victims was made {how}.", "Gwnaed y cyswllt a addawyd i ddioddefwyr {how}.")),
    ("MET28", "on_time", 1, ("News told to victims in time", "Newyddion a ddywedwyd wrth ddioddefwyr mewn pryd"),
     ("Victims were told of what happened in time {how}.", "Dywedwyd wrth ddioddefwyr beth ddigwyddodd mewn pryd {how}.")),
    ("MET02", "in_time", 2, ("Orders considered in time", "Gorchmynion a ystyriwyd mewn pryd"),
     ("Whether an order was needed was decided in time {how}.", "Penderfynwyd mewn pryd a oedd angen gorchymyn {how}.")),
    ("MET09", "in_time", 2, ("Orders served in time", "Gorchmynion a gyflwynwyd mewn pryd"),
     ("Orders were served in time {how}.", "Cyflwynwyd gorchmynion mewn pryd {how}.")),
    ("MET14", "in_time", 2, ("Checks made in time", "Gwiriadau a wnaed mewn pryd"),
     ("Planned checks of orders were made in time {how}.", "Gwnaed y gwiriadau a gynlluniwyd o orchmynion mewn pryd {how}.")),
    ("MET15", "in_time", 2, ("Reviews made in time", "Adolygiadau a wnaed mewn pryd"),
     ("Reviews of orders were made in time {how}.", "Gwnaed adolygiadau o orchmynion mewn pryd {how}.")),
    ("MET16", "view", 2, ("Reviews that hold the victim’s view", "Adolygiadau sy’n cynnwys barn y dioddefwr"),
     ("The victim’s own view stood in a review {how}.", "Roedd barn y dioddefwr ei hun mewn adolygiad {how}.")),
    ("MET12", "complete", 2, ("Orders whose record is complete", "Gorchmynion y mae eu cofnod yn gyflawn"),
     ("The record of an order held all that an officer needs {how}.",
      "Roedd cofnod gorchymyn yn cynnwys popeth y mae ei angen ar swyddog {how}.")),
    ("MET20", "arrested", 3, ("Breaches answered by an arrest", "Toriadau a atebwyd drwy arestio"),
     ("A breach that was reported was answered by an arrest {how}.", "Atebwyd toriad a adroddwyd drwy arestio {how}.")),
    ("MET19", "repeat", 3, ("People who breached an order again", "Pobl a dorrodd orchymyn eto"),
     ("Whoever breached an order did so again {how}.", "Torrodd pwy bynnag a dorrodd orchymyn ef eto {how}.")),
    ("MET22", "charged", 3, ("Breaches that were charged", "Toriadau y cyhuddwyd rhywun ohonynt"),
     ("A breach that was recorded as a crime was charged {how}.", "Cyhuddwyd rhywun o doriad a gofnodwyd yn drosedd {how}.")),
    ("MET31", "covered", 4, ("People on the priority list with a plan", "Pobl ar y rhestr flaenoriaeth â chynllun"),
     ("Somebody on the priority list was covered by a plan {how}.",
      "Roedd cynllun ar gyfer rhywun ar y rhestr flaenoriaeth {how}.")),
    ("MET32", "covered", 4, ("Shifts with a stalking champion", "Sifftiau â hyrwyddwr gwrth-stelcio"),
     ("A stalking champion was on shift {how}.", "Roedd hyrwyddwr gwrth-stelcio ar sifft {how}.")),
)  # fmt: skip
ORDERS: Final = ("MET11", "persons")
ORDERS_TITLE: Final[Both] = ("People against whom an order is in force", "Pobl y mae gorchymyn mewn grym yn eu herbyn")
ORDERS_CLAIM: Final[Both] = (
    "Every order in force was counted, and not a selection of them.",
    "Cyfrifwyd pob gorchymyn mewn grym, ac nid detholiad ohonynt.",
)
BY_AREA: Final = ("MET09", "in_time")
AREA_TITLE: Final[Both] = ("Orders served in time, {area}", "Gorchmynion a gyflwynwyd mewn pryd, {area}")
AREA_CLAIM: Final[Both] = (
    "In this area orders were served in time {how}.", "Yn yr ardal hon cyflwynwyd gorchmynion mewn pryd {how}.",
)  # fmt: skip

SAMPLE_QUESTION: Final[Both] = (
    "Are victims of stalking supported, and does the file show it? (demo)",
    "A yw dioddefwyr stelcio yn cael cefnogaeth, ac a yw’r ffeil yn dangos hynny? (arddangosiad)",
)
# So few cases give kinds of failure and no share: nothing is said of how often.
SAMPLE_CLAIM: Final[Both] = (
    "Both reviewers of each case agreed on “{question}”, so that what its file shows is known.",
    "Cytunodd dau adolygydd pob achos ar “{question}”, felly gwyddys beth y mae ei ffeil yn ei ddangos.",
)
SEED: Final = "2 6 1 5 3 4"

MANAGER: Final[Both] = ("An offender manager of the force", "Rheolwr troseddwyr yn yr heddlu")
MANAGER_SAID: Final = "We see that an order was made when the court’s list comes in.\nUntil then nobody rings us."
MANAGER_CLAIM: Final[Both] = (
    "An offender manager said: “We see that an order was made when the court’s list comes in.”",
    "Dywedodd rheolwr troseddwyr: “Rydym yn gweld bod gorchymyn wedi’i wneud pan ddaw rhestr y llys.”",
)
VISITS: Final[Both] = ("Another offender manager of the force", "Rheolwr troseddwyr arall yn yr heddlu")
VISITS_SAID: Final = "I visit once the order is served.\nWhat happens before that I hear from the victim."
VISITS_CLAIM: Final[Both] = (
    "Another offender manager said: “I visit once the order is served.”",
    "Dywedodd rheolwr troseddwyr arall: “Rwy’n ymweld ar ôl i’r gorchymyn gael ei gyflwyno.”",
)
VICTIM: Final[Both] = ("A victim of stalking", "Dioddefwr stelcio")
VICTIM_SAID: Final = "They did what they said.\nI only heard of it weeks later."
VICTIM_CLAIM: Final[Both] = (
    "A victim said: “I only heard of it weeks later.”",
    "Dywedodd dioddefwr: “Dim ond wythnosau’n ddiweddarach y clywais amdano.”",
)
EARLIER: Final[Both] = (
    "What the review of July 2023 recommended first",
    "Yr hyn a argymhellodd adolygiad Gorffennaf 2023 yn gyntaf",
)
EARLIER_CLAIM: Final[Both] = (
    "What was recommended in July 2023 is in the register, with what became of it.",
    "Mae’r hyn a argymhellwyd ym mis Gorffennaf 2023 yn y gofrestr, gyda’r hyn a ddaeth ohono.",
)

_HALF: Final = 0.5
_MOST: Final = 0.55
HALF_OR_MORE: Final[Both] = ("in about half of the cases, or more", "mewn tua hanner yr achosion, neu fwy")
# From this share on; the first that it reaches is said.
OFTEN: Final[tuple[tuple[float, Both], ...]] = (
    (0.995, ("in nearly every case, or every one", "ym mron pob achos, neu bob un")),
    (0.9, ("in nearly every case", "ym mron pob achos")),
    (_MOST, ("in most cases", "yn y rhan fwyaf o achosion")),
    (0.45, ("in about half of the cases", "mewn tua hanner yr achosion")),
    (0.15, ("in some cases", "mewn rhai achosion")),
    (0.005, ("in few cases", "mewn ychydig o achosion")),
    (0.0, ("in few cases, or none", "mewn ychydig achosion, neu ddim un")),
)

REPLY_POST: Final = "Deputy Chief Constable"
REPLY: Final = (
    "The Force thanks the office for its draft. It accepts what is said of orders, and will say what it does of each."
)
CORRECTION: Final = "A check that was cancelled with a reason should count as made."
DECLINED: Final[Both] = (
    "The measure leaves cancelled checks out of both parts, and counts them beside it.",
    "Mae’r mesur yn gadael gwiriadau a ganslwyd allan o’r ddwy ran, ac yn eu cyfrif wrth eu hymyl.",
)


def how_often(share: float, interval: tuple[float, float] | None) -> Both:
    """How often in words, in English and in Welsh, as the figure has it: most only where its interval leaves out half."""
    if share >= _MOST and interval is not None and interval[0] <= _HALF:
        return HALF_OR_MORE
    return next(words for least, words in OFTEN if share >= least)
