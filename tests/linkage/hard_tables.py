"""Invented tables of persons of kinds the model was not made from, with who is who: another century, a census and a register,
names out of other scripts. Seeded: the same kind, size and seed give the same rows.

Names are common ones of their time and place; short forms are those of E. G. Withycombe, The Oxford Dictionary of English
Christian Names, and spellings those of the romanisation tables of the Permanent Committee on Geographical Names. Nobody is meant.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

type Row = dict[str, str]


def listed(text: str) -> list[str]:
    return text.split()


_MEN = listed(
    "William John George Thomas James Henry Charles Joseph Edward Robert Samuel Richard Frederick Arthur Alfred"
    " Benjamin David Walter Francis Edwin Daniel Isaac Hugh Philip Peter Stephen Matthew Alexander Andrew Herbert"
    " Ernest Reginald Horace Edmund Ralph Augustus Godfrey Percy Archibald Lawrence Rowland Ambrose Bartholomew"
    " Cuthbert Everard Gilbert Humphrey Jasper Lancelot Montague"
)
_WOMEN = listed(
    "Mary Elizabeth Sarah Ann Jane Margaret Eliza Emma Ellen Hannah Harriet Martha Emily Alice Charlotte Caroline"
    " Susannah Frances Louisa Catherine Anne Maria Amelia Lucy Rebecca Esther Agnes Isabella Matilda Henrietta"
    " Georgiana Rosamund Beatrice Cordelia Dorothea"
)
_CALLED = {
    "William": ["Will", "Bill", "Billy"],
    "John": ["Jack", "Johnny"],
    "Thomas": ["Tom"],
    "James": ["Jim", "Jem"],
    "Henry": ["Harry", "Hal"],
    "Charles": ["Charlie"],
    "Joseph": ["Joe"],
    "Edward": ["Ned", "Ted"],
    "Robert": ["Bob", "Rob"],
    "Samuel": ["Sam"],
    "Richard": ["Dick"],
    "Frederick": ["Fred"],
    "Benjamin": ["Ben"],
    "Daniel": ["Dan"],
    "Alexander": ["Alec", "Sandy"],
    "Mary": ["Polly", "Molly"],
    "Elizabeth": ["Betsy", "Eliza", "Bess"],
    "Sarah": ["Sally"],
    "Margaret": ["Peggy", "Maggie"],
    "Martha": ["Patty"],
    "Catherine": ["Kitty", "Kate"],
    "Frances": ["Fanny"],
    "Susannah": ["Susan", "Sukey"],
    "Harriet": ["Hattie"],
    "Ann": ["Nancy"],
}
_FAMILY_ONE = listed(
    "Ash Black Brad Brom Carl Chad Clay Cold Crom Dun East El Fair Fen Gates Glad Green Had Hal Har Hay Haz Hol"
    " Horn Hur Kirk Lang Lid Long Mars Mel Mid New Nor Oak Pen Pres Rad Red Rush Sea Sel Shel Stan Strat Sut Thorn"
    " Un Wal War Wat Wes Whit Wil Win Wood"
)
_FAMILY_TWO = listed(
    "ford ton ley field well wood bridge worth ham croft dale stead burn by hurst man more combe wick shaw"
)
_COMMON = listed(
    "Smith Jones Williams Taylor Brown Davies Evans Wilson Thomas Roberts Johnson Lewis Walker Robinson Wood"
    " Thompson White Watson Jackson Wright Green Harris Cooper King Lee Martin Clarke James Morgan Hughes Edwards"
    " Hill Moore Clark Harrison Scott Young Morris"
)
_TITLES = ("Sir", "Rev.", "Dr", "Captain", "Lord", "Hon.", "Lady", "Major")
_WORK = (
    "farmer",
    "politician",
    "clergyman",
    "painter",
    "novelist",
    "engineer",
    "physician",
    "soldier",
    "cricketer",
    "botanist",
    "lawyer",
    "architect",
    "composer",
    "actor",
    "merchant",
    "judge",
)
_TOWNS = (
    "London",
    "Edinburgh",
    "Dublin",
    "Bath",
    "Norwich",
    "York",
    "Exeter",
    "Leeds",
    "Bristol",
    "Oxford",
    "Cardiff",
    "Glasgow",
    "Hull",
    "Chester",
    "Lincoln",
    "Durham",
    "Worcester",
    "Kent",
    "Devon",
    "Suffolk",
    "Boston",
    "Calcutta",
)
_STREETS = (
    "High",
    "Church",
    "Mill",
    "Station",
    "Park",
    "Victoria",
    "Green",
    "Manor",
    "Queens",
    "Kings",
    "Spring",
    "Orchard",
    "School",
    "North",
    "West",
    "York",
    "Albert",
    "Grange",
    "Chapel",
    "London",
    "Forge",
    "Quarry",
    "Willow",
    "Beech",
)
_WAYS = ("Road", "Street", "Lane", "Avenue", "Close")
_EASTERN = {
    "given": listed(
        "Aleksandr Sergei Dmitri Yuri Mikhail Nikolai Vladimir Aleksei Andrei Evgeni Natalya Tatyana Ekaterina Yuliya"
        " Oksana Mohammed Ahmed Yusuf Khalid Hussein Abdullah Mustafa Ibrahim Fatima Aisha Khadija Zaynab Maryam Layla"
        " Oleksandr Volodymyr Hryhorii Georgios Dimitrios Konstantinos Ioannis Giorgi Levan Nino Xiaoming Weihua Jianguo"
        " Nguyen Thanh Huong"
    ),
    "family": listed(
        "Ivanov Petrov Sidorov Kuznetsov Mikhailov Yakovlev Zhukov Shevchenko Kovalchuk Bondarenko Tkachenko Gorbachev"
        " Khrushchev Yeltsin Al-Hassan El-Sayed Haddad Khoury Mansour Rahman Chaudhry Hussain Qureshi Sheikh"
        " Papadopoulos Georgiou Vasilakis Karamanlis Beridze Kapanadze Dzhugashvili Zhang Zheng Huang Hsieh Nguyen Trinh"
        " Phan Saakashvili Tymoshenko Dostoevsky Chaykovsky Rakhmaninov"
    ),
    "town": listed(
        "Kyiv Kharkiv Minsk Tbilisi Yerevan Athens Beirut Damascus Aleppo Cairo Moscow Samara Hanoi Hue Lahore Dhaka"
    ),
}
_SPELT = (
    ("kh", "h"),
    ("ei", "ey"),
    ("ai", "ay"),
    ("yu", "iu"),
    ("ya", "ia"),
    ("ks", "x"),
    ("ou", "u"),
    ("ss", "s"),
    ("mm", "m"),
    ("ee", "i"),
    ("ov", "off"),
    ("v", "w"),
    ("zh", "j"),
    ("dzh", "j"),
    ("sh", "ch"),
    ("y", "i"),
    ("k", "c"),
    ("ts", "tz"),
    ("h", ""),
    ("j", "dj"),
    ("q", "k"),
    ("u", "oo"),
    ("ch", "tch"),
)
_KEYS = "qwertyuiopasdfghjklzxcvbnm"


@dataclass(frozen=True, slots=True)
class HardTable:
    """One table or two, the mapping of their columns, and whose each record is, in the order of the rows."""

    rows: list[Row]
    people: list[str]
    mapping: dict[str, object]
    right: list[Row] | None = None
    right_people: list[str] | None = None


class _Draw:
    def __init__(self, seed: int) -> None:
        self.chance = Random(seed)  # noqa: S311 - invented rows, no secret

    def hit(self, share: float) -> bool:
        return self.chance.random() < share

    def one(self, listed: Sequence[str]) -> str:
        return listed[self.chance.randrange(len(listed))]

    def frequent(self, listed: Sequence[str]) -> str:
        """The first far more often than the last."""
        return listed[min(int(self.chance.expovariate(4.0) * len(listed)), len(listed) - 1)]

    def family(self) -> str:
        return self.frequent(_COMMON) if self.hit(0.35) else self.one(_FAMILY_ONE) + self.one(_FAMILY_TWO)

    def slip(self, text: str) -> str:
        if len(text) < 3:
            return text
        at = self.chance.randrange(1, len(text))
        kind = self.chance.randrange(4)
        if kind == 0:
            return text[:at] + text[at + 1 :]
        if kind == 1:
            return text[: at - 1] + text[at] + text[at - 1] + text[at + 1 :]
        return text[:at] + self.one(_KEYS) + text[at + (kind == 2) :]

    def day(self, first: date, last: date) -> date:
        return first + timedelta(days=self.chance.randrange((last - first).days))

    def other_day(self, day: date) -> date:
        kind = self.chance.randrange(4)
        if kind == 0 and day.day <= 12:
            return date(day.year, day.day, day.month)
        if kind == 1:
            return date(day.year + self.chance.choice([-10, -1, 1, 10]), day.month, min(day.day, 28))
        if kind == 2:
            return date(day.year, day.month, self.chance.randrange(1, 28))
        return day + timedelta(days=self.chance.choice([-1, 1]))

    def copies(self, most: int) -> int:
        return 1 + min(int(self.chance.expovariate(0.8)), most - 1)


def another_century(count: int, seed: int) -> HardTable:
    """Full names in one column with titles and short forms, four in ten without a date of birth, some with the year alone."""
    draw = _Draw(seed)
    rows: list[Row] = []
    people: list[str] = []
    for person in range(count):
        given = draw.frequent(_WOMEN if draw.hit(0.25) else _MEN)
        second = draw.frequent(_MEN) if draw.hit(0.45) else ""
        family, born = draw.family(), draw.day(date(1790, 1, 1), date(1890, 1, 1))
        place, work, title = draw.frequent(_TOWNS), draw.frequent(_WORK), draw.one(_TITLES) if draw.hit(0.2) else ""
        for _ in range(draw.copies(8)):
            called = (
                draw.one(_CALLED[given])
                if given in _CALLED and draw.hit(0.18)
                else given[0]
                if draw.hit(0.05)
                else given
            )
            middle = "" if draw.hit(0.4) else second[:1] if draw.hit(0.2) else second
            said = [draw.slip(word) if draw.hit(0.06) else word for word in (called, middle, family) if word]
            name = " ".join(([title] if title and draw.hit(0.5) else []) + said)
            if title == "Lord" and draw.hit(0.3):
                name += f", 1st Baron {family}"
            when = draw.other_day(born) if draw.hit(0.12) else born
            rows.append(
                {
                    "key": f"h{len(rows)}",
                    "full_name": name if draw.hit(0.8) else name.lower(),
                    "dob": "" if draw.hit(0.4) else str(when.year) if draw.hit(0.1) else when.isoformat(),
                    "birth_place": "" if draw.hit(0.25) else draw.frequent(_TOWNS) if draw.hit(0.05) else place,
                    "occupation": "" if draw.hit(0.3) else draw.frequent(_WORK) if draw.hit(0.15) else work,
                }
            )
            people.append(f"p{person}")
    mapping: dict[str, object] = {
        "id": "key",
        "full_name": "full_name",
        "date_of_birth": "dob",
        "place": "birth_place",
        "other": ["occupation"],
    }
    return HardTable(rows, people, mapping)


def census_and_register(count: int, seed: int) -> HardTable:
    """Two tables of one town by households: given and family name, day, month and year apart, sex, address and postcode."""
    draw = _Draw(seed)
    sides: tuple[list[Row], list[Row]] = ([], [])
    whose: tuple[list[str], list[str]] = ([], [])
    person = 0
    while person < count:
        family = draw.family()
        home = f"{draw.chance.randrange(1, 140)} {draw.one(_STREETS)} {draw.one(_WAYS)}"
        code = f"{draw.one(['DE', 'NG', 'LE'])}{draw.chance.randrange(1, 20)}"
        code += f" {draw.chance.randrange(1, 9)}{draw.one('ABDEF')}{draw.one('GHJLN')}"
        size = 1 + draw.chance.randrange(5)
        twins = draw.day(date(1990, 1, 1), date(2008, 1, 1)) if size >= 4 and draw.hit(0.06) else None
        namesake = ""
        for at in range(size):
            is_man = draw.hit(0.5)
            given = draw.frequent(_MEN if is_man else _WOMEN)
            born = (
                draw.day(date(1935, 1, 1), date(1985, 1, 1))
                if at < 2
                else twins or draw.day(date(1985, 1, 1), date(2011, 1, 1))
            )
            if at == 0:
                namesake = given if draw.hit(0.08) else ""
            elif at == 2 and namesake:
                given, is_man = namesake, namesake in _MEN
            own = draw.family() if at == 1 and draw.hit(0.3) else family
            for side in range(2):
                if draw.hit(0.12):
                    continue
                sides[side].append(
                    _counted(draw, side, given, own, born, is_man=is_man, home=home, code=code, key=len(sides[side]))
                )
                whose[side].append(f"c{person}")
            person += 1
    mapping: dict[str, object] = {
        "id": "key",
        "given_name": "pername1",
        "family_name": "pername2",
        "birth_day": "dob_day",
        "birth_month": "dob_mon",
        "birth_year": "dob_year",
        "sex": "sex",
        "address": "enumcap",
        "postcode": "enumpc",
    }
    return HardTable(sides[0], whose[0], mapping, sides[1], whose[1])


def _counted(
    draw: _Draw, side: int, given: str, family: str, born: date, *, is_man: bool, home: str, code: str, key: int
) -> Row:
    called = draw.one(_CALLED[given]) if given in _CALLED and draw.hit(0.08 * side) else given
    when = draw.other_day(born) if draw.hit(0.06) else born
    moved = draw.hit(0.08)
    if moved:
        home, code = (
            f"{draw.chance.randrange(1, 140)} {draw.one(_STREETS)} {draw.one(_WAYS)}",
            f"{code[:3]} {draw.chance.randrange(1, 9)}ZZ",
        )
    first, last = (draw.slip(word) if draw.hit(0.07) else word for word in (called, family))
    if draw.hit(0.015):
        first, last = last, first
    return {
        "key": f"{'cr'[side]}{key}",
        "pername1": "" if draw.hit(0.01) else first[:1] if draw.hit(0.015) else first.upper(),
        "pername2": "" if draw.hit(0.01) else last.upper(),
        "sex": "" if draw.hit(0.02) else "M" if is_man != draw.hit(0.005) else "F",
        "dob_day": "" if draw.hit(0.05) else str(when.day),
        "dob_mon": "" if draw.hit(0.04) else str(when.month),
        "dob_year": "" if draw.hit(0.03) else str(when.year),
        "enumcap": "" if draw.hit(0.03) else draw.slip(home) if draw.hit(0.08) else home,
        "enumpc": ""
        if draw.hit(0.04)
        else draw.slip(code)
        if draw.hit(0.04)
        else code.replace(" ", "" if side else " "),
    }


def _spelt(draw: _Draw, name: str, times: int) -> str:
    said = name.lower()
    for _ in range(times):
        one, other = _SPELT[draw.chance.randrange(len(_SPELT))]
        if draw.hit(0.5):
            one, other = other or one, one
        said = said.replace(one, other, 1) if one else said
    return said.title()


def other_scripts(count: int, seed: int) -> HardTable:
    """Given and family names as each clerk heard them, at times exchanged; whole or partial dates, no postcode."""
    draw = _Draw(seed)
    rows: list[Row] = []
    people: list[str] = []
    families = [
        *_EASTERN["family"],
        *(
            f"{draw.one(_EASTERN['family'])[:4]}{end}"
            for end in ("enko", "idze", "ovich", "yan", "ulin", "aev")
            for _ in range(40)
        ),
    ]
    for person in range(count):
        given, family = draw.frequent(_EASTERN["given"]), draw.one(families)
        second = draw.frequent(_EASTERN["given"]) if draw.hit(0.3) else ""
        born, town = draw.day(date(1950, 1, 1), date(2006, 1, 1)), draw.frequent(_EASTERN["town"])
        sex = "F" if given[-1] in "a" else "M"
        for _ in range(draw.copies(5)):
            first, last = (_spelt(draw, name, 2) if draw.hit(0.45) else name for name in (given, family))
            first = f"{first} {second}" if second and draw.hit(0.6) else first
            if draw.hit(0.06):
                first, last = last, first
            when = draw.other_day(born) if draw.hit(0.08) else date(born.year, 1, 1) if draw.hit(0.06) else born
            rows.append(
                {
                    "key": f"o{len(rows)}",
                    "first": first,
                    "last": last,
                    "sex": "" if draw.hit(0.1) else sex,
                    "born": ""
                    if draw.hit(0.1)
                    else when.isoformat()[: draw.chance.choice([4, 7]) if draw.hit(0.08) else 10],
                    "town": "" if draw.hit(0.2) else draw.frequent(_EASTERN["town"]) if draw.hit(0.15) else town,
                }
            )
            people.append(f"q{person}")
    mapping: dict[str, object] = {
        "id": "key",
        "given_name": "first",
        "family_name": "last",
        "date_of_birth": "born",
        "sex": "sex",
        "place": "town",
    }
    return HardTable(rows, people, mapping)


KINDS: dict[str, Callable[[int, int], HardTable]] = {
    "another_century": another_century,
    "census_and_register": census_and_register,
    "other_scripts": other_scripts,
}
