"""Civil orders: the catalogue as this force has edited it, each order's life, its exact words, what was considered and how it was
reviewed.
"""

from craffu.orders.models.advising import AdviceNote
from craffu.orders.models.catalogue import KindVersion
from craffu.orders.models.considering import ConsiderationOpened, FactAsked, NotPursuedChallenged, OptionDecided
from craffu.orders.models.following import OrderTrigger, TriggerAction
from craffu.orders.models.inbox import DocumentLeft, DocumentOwned, DocumentRead, OrderDocument
from craffu.orders.models.letters import LetterWritten
from craffu.orders.models.library import LibraryVersion
from craffu.orders.models.lives import Order, OrderMove, OrderOwned, OrderProtects
from craffu.orders.models.monitoring import CheckCovers, CheckMade, CheckPlanned, ChecksSuspended
from craffu.orders.models.noted import OrderNoted
from craffu.orders.models.notifying import NotificationAcknowledged, NotificationGiven, NotificationVerified
from craffu.orders.models.pack import PackSaid
from craffu.orders.models.papers import OrderPaper
from craffu.orders.models.printed import NationalEntry, PaperGiven, PaperMarked, PaperPrinted
from craffu.orders.models.proposals import OrderProposal, ProposalDecided
from craffu.orders.models.reconciling import (
    CourtListed,
    DifferenceClosed,
    DifferenceOwned,
    ListDifference,
    ListsCompared,
)
from craffu.orders.models.reviews import (
    OrderReview,
    ReasonTranslated,
    ReviewApplied,
    ReviewDraft,
    ReviewSigned,
    ReviewVoice,
    ViewWanted,
)
from craffu.orders.models.scanned import PackScanned
from craffu.orders.models.serving import ServiceAttempt
from craffu.orders.models.terms import Condition, OrderTerms, TermsCompared
from craffu.orders.models.transfers import OrderTransferred, TransferAcknowledged
from craffu.orders.models.wording import PaperWording

__all__ = [
    "AdviceNote",
    "CheckCovers",
    "CheckMade",
    "CheckPlanned",
    "ChecksSuspended",
    "Condition",
    "ConsiderationOpened",
    "CourtListed",
    "DifferenceClosed",
    "DifferenceOwned",
    "DocumentLeft",
    "DocumentOwned",
    "DocumentRead",
    "FactAsked",
    "KindVersion",
    "LetterWritten",
    "LibraryVersion",
    "ListDifference",
    "ListsCompared",
    "NationalEntry",
    "NotPursuedChallenged",
    "NotificationAcknowledged",
    "NotificationGiven",
    "NotificationVerified",
    "OptionDecided",
    "Order",
    "OrderDocument",
    "OrderMove",
    "OrderNoted",
    "OrderOwned",
    "OrderPaper",
    "OrderProposal",
    "OrderProtects",
    "OrderReview",
    "OrderTerms",
    "OrderTransferred",
    "OrderTrigger",
    "PackSaid",
    "PackScanned",
    "PaperGiven",
    "PaperMarked",
    "PaperPrinted",
    "PaperWording",
    "ProposalDecided",
    "ReasonTranslated",
    "ReviewApplied",
    "ReviewDraft",
    "ReviewSigned",
    "ReviewVoice",
    "ServiceAttempt",
    "TermsCompared",
    "TransferAcknowledged",
    "TriggerAction",
    "ViewWanted",
]
