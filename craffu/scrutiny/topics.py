"""What scrutiny tells the outbox of, as whoever stands above it listens for it."""

from typing import Final

# A danger that somebody told of in an interview, by row number: referred, or acted on.
LIVE_RISKS: Final = "live_risks"
# A blind review, by row number: given, submitted, or nobody's any more.
CASE_REVIEWS: Final = "case_reviews"
# Words that it was asked to destroy, by row number: asked, or decided.
DESTRUCTIONS: Final = "destructions"
# A deep dive, by row number: its draft went to the force, or what became of that.
DEEP_DIVES: Final = "deep_dives"
# A recommendation, by row number: recorded, or something was said of it.
RECOMMENDATIONS: Final = "recommendations"
