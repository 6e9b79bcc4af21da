"""What the demo's courts decide, in the words and codes courts use: bail with its conditions, orders, sentences, acquittals.

Result codes and qualifiers are the official lists' own. Hearings in Welsh are recorded in Welsh.
"""

from dataclasses import dataclass
from datetime import date

from dateutil.relativedelta import relativedelta

from craffu.config.demo.hearings import (
    CONDITIONAL_BAIL,
    CUSTODY,
    UNCONDITIONAL_BAIL,
    Length,
    Next,
    Result,
)
from craffu.config.demo.people import Complainant, Defendant

PREVENT_OFFENDING = "To prevent offending and to prevent interference with witnesses"
_PREVENT_OFFENDING_CY = "Er mwyn atal troseddu ac atal ymyrraeth â thystion"

# By whether the defendant was acquitted.
_SECTION = {
    False: "Section 360 of the Sentencing Act 2020",
    True: "Section 5A of the Protection from Harassment Act 1997",
}
_SECTION_CY = {
    False: "Adran 360 o Ddeddf Dedfrydu 2020",
    True: "Adran 5A o Ddeddf Amddiffyn rhag Aflonyddu 1997",
}


@dataclass(frozen=True, slots=True)
class Terms:
    """What a defendant must not do to a complainant, as bail and orders put it, in the language of the hearing."""

    defendant: Defendant
    who: Complainant

    @property
    def in_welsh(self) -> bool:
        return self.defendant.speaks_welsh

    @property
    def bail(self) -> tuple[str, ...]:
        """Bail conditions: no contact, an exclusion, where to live; every third defendant reports to the police too."""
        home = ", ".join(self.defendant.address)
        if self.in_welsh:
            listed = (
                f"Gwaharddiad: peidio â chysylltu'n uniongyrchol nac yn anuniongyrchol â {self.who.name}",
                f"Gwaharddiad: peidio â mynd i {self.who.street}, {self.who.town}",
                f"Preswylio: byw a chysgu bob nos yn {home}",
                f"Adrodd: mynd i orsaf heddlu {self.who.town} bob dydd Llun a dydd Iau rhwng 10:00 a 12:00",
            )
        else:
            listed = (
                f"Exclusion: not to contact directly or indirectly {self.who.name}",
                f"Exclusion: not to enter {self.who.street}, {self.who.town}",
                f"Residence: live and sleep each night at {home}",
                f"Reporting: report to {self.who.town} police station on Mondays and Thursdays between 10:00 and 12:00",
            )
        return listed if self.defendant.number % 3 == 0 else listed[:3]

    @property
    def bail_reason(self) -> str:
        return _PREVENT_OFFENDING_CY if self.in_welsh else PREVENT_OFFENDING

    def order(self) -> str:
        """The prohibitions of an order, numbered."""
        if self.in_welsh:
            return (
                f"Gwaherddir y diffynnydd rhag: 1) cysylltu'n uniongyrchol nac yn anuniongyrchol â {self.who.name} drwy "
                f"unrhyw fodd; 2) mynd i {self.who.street}, {self.who.town}; 3) cyhoeddi unrhyw beth am {self.who.name} "
                "ar y rhyngrwyd"
            )
        return (
            f"The defendant must not: 1) contact {self.who.name} directly or indirectly by any means; 2) go to "
            f"{self.who.street}, {self.who.town}; 3) publish anything about {self.who.name} on the internet"
        )


def on_bail(terms: Terms, after: Next, code: str = "4027") -> Result:
    """Remanded (or, by another code, sent on) on conditional bail."""
    conditions = ", ".join(terms.bail)
    text = (
        f"Ar fechnïaeth amodol hyd {_day(after.on)} am {after.at[:5]}, ystafell lys 01, {after.court.town}. "
        f"Amodau: {conditions}. Rhesymau: {terms.bail_reason}."
        if terms.in_welsh
        else f"Remanded on conditional bail until {_day(after.on)} at {after.at[:5]} in courtroom 01, {after.court.name}. "
        f"Adjournment reason: {after.reason}. Conditions: {conditions}. Reasons: {terms.bail_reason}. "
        "Defendant to attend."
    )
    return Result(text, code, ("JB", "JC", "JK", "RA", "RB"), next=_with_bail(after, CONDITIONAL_BAIL))


def on_unconditional_bail(after: Next) -> Result:
    text = f"Remanded on unconditional bail until {_day(after.on)} at {after.at[:5]}, {after.court.name}. Reason: {after.reason}."
    return Result(text, "4047", next=_with_bail(after, UNCONDITIONAL_BAIL))


def in_custody(after: Next) -> Result:
    text = (
        f"Remanded in custody until {_day(after.on)} at {after.at[:5]}, {after.court.name}. Reason: {after.reason}. "
        "Exceptions to bail: likely to offend; likely to interfere with justice."
    )
    return Result(text, "4028", ("MJ", "MK"), next=_with_bail(after, CUSTODY))


def readmitted_to_bail() -> Result:
    """Words without a code, as courts send them for a breach of bail that was proved."""
    return Result("Remand decision: Re-admitted to bail. See associated offence for full details.")


def restraining_order(terms: Terms, made: date, years: int | None, *, acquitted: bool = False) -> Result:
    """A restraining order, until further order where no years are given: on conviction, or on acquittal."""
    ends = made + relativedelta(years=years) if years else None
    if terms.in_welsh:
        until = f"hyd {_day(ends)}" if ends else "hyd nes y gorchymynnir yn wahanol"
        text = f"Gorchymyn atal {until}. {terms.order()}. {_SECTION_CY[acquitted]}."
    else:
        until = f"until {_day(ends)}" if ends else "until further order"
        text = f"Restraining order made {until}. {terms.order()}. {_SECTION[acquitted]}."
    lengths = (Length(years, "Y", made, ends),) if ends else (Length(starts=made),)
    return Result(text, "3260" if acquitted else "3047", () if acquitted else ("FA",), lengths)


def interim_stalking_protection_order(terms: Terms, made: date, after: Next) -> Result:
    text = f"Interim stalking protection order made until {_day(after.on)}. {terms.order()}."
    return Result(text, "3306", (), (Length(starts=made, ends=after.on),), next=after)


def stalking_protection_order(terms: Terms, made: date, years: int) -> Result:
    ends = made + relativedelta(years=years)
    text = (
        f"Stalking protection order made until {_day(ends)}. {terms.order()}; and must notify the police of any name and "
        "home address within three days of service."
    )
    return Result(text, "3307", (), (Length(years, "Y", made, ends),))


def domestic_abuse_protection_order(terms: Terms, made: date, years: int | None) -> Result:
    """Made at sentence; until further order where no years are given."""
    ends = made + relativedelta(years=years) if years else None
    text = (
        f"Domestic abuse protection order made {f'until {_day(ends)}' if ends else 'until further order'}. {terms.order()}; and "
        "must notify the police of any name and home address within three days of service. "
        "Section 31 of the Domestic Abuse Act 2021."
    )
    lengths = (Length(years, "Y", made, ends),) if ends else (Length(starts=made),)
    return Result(text, "3326", (), lengths)


def restraining_order_changed(terms: Terms, made: date, *, ended: bool) -> Result:
    """Varied or discharged: courts have one code for both, so that only the words tell which."""
    if terms.in_welsh:
        not_to = f"peidio â chysylltu â {terms.who.name} ac eithrio drwy gyfreithiwr"
        what = "wedi'i ddiddymu" if ended else f"wedi'i amrywio: {not_to}"
        text = f"Gorchymyn atal a wnaed {_day(made)} {what}."
    elif ended:
        text = f"Restraining order made on {_day(made)} discharged."
    else:
        text = f"Restraining order made on {_day(made)} varied: not to contact {terms.who.name} except through a solicitor."
    return Result(text, "3263")


def stalking_protection_order_changed(terms: Terms, made: date, *, ended: bool) -> Result:
    """The list of codes has none for this: courts send the words alone."""
    if ended:
        return Result(f"Stalking protection order made on {_day(made)} discharged.")
    return Result(
        f"Stalking protection order made on {_day(made)} varied: not to contact {terms.who.name} except through a solicitor."
    )


def prison(weeks: int) -> Result:
    return Result(f"Imprisonment for {weeks} weeks.", "1002", (), (Length(weeks, "W"),))


def suspended(weeks: int, months: int) -> Result:
    text = f"Imprisonment for {weeks} weeks suspended for {months} months. Rehabilitation activity: up to 25 days."
    return Result(text, "1115", (), (Length(weeks, "W"), Length(months, "M")))


def community_order(made: date, months: int) -> Result:
    ends = made + relativedelta(months=months)
    text = f"Community order made until {_day(ends)} with a rehabilitation activity requirement of up to 30 days."
    return Result(text, "1116", (), (Length(starts=made, ends=ends),))


def fine(pounds: int) -> Result:
    return Result(f"Fined £{pounds}.", "1015", amount=f"{pounds}.00")


def surcharge(pounds: int) -> Result:
    return Result(f"To pay victim surcharge of £{pounds}.", "3117", amount=f"{pounds}.00")


def costs(pounds: int) -> Result:
    return Result(f"To pay costs of £{pounds} to the Crown Prosecution Service.", "3011", amount=f"{pounds}.00")


def not_guilty() -> Result:
    return Result("Not Guilty.", "2004")


def withdrawn() -> Result:
    return Result("Withdrawn.", "2063")


def no_evidence() -> Result:
    return Result("Dismissed (no evidence offered).", "2050")


def sent_for_sentence(terms: Terms, after: Next) -> Result:
    """Committed to the Crown Court for sentence, on the same conditional bail."""
    return on_bail(terms, after, code="4015")


def _with_bail(after: Next, bail: str) -> Next:
    return Next(after.court, after.on, after.at, after.reason, bail)


def _day(day: date) -> str:
    return f"{day:%d/%m/%Y}"
