"""
The step-by-step concession model and what surrounds it.

Inputs are one frozen `Deal`; the functions are named for what they return and
broadcast over arrays. `docs/model.md` derives the equations and says what the
model cannot say. All values are classroom illustrations, not estimates.
"""

from .concession import deal_value, holds, margins, minimum_steps
from .deadline import closing_window, largest_share, rounds_left
from .deal import Deal
from .enforcing import slices_by_pressure, third_party_read_out
from .event_study import (
    EventStudy,
    agreement,
    daily_counts,
    event_study,
    sliding_counts,
    window_days,
    year_swaps,
)
from .facts import facts
from .neutrality import neutrality_shares
from .price import price_zone
from .readout import effective_deal, effective_pressure, read_out, weakest
from .rounding import gap_text, number_text, round_half_away, signed_text
from .schedules import fewest_steps_schedule, schedule_margins
from .settings import lever_values, levers, parties, presets
from .third_parties import enforcement, pressure, thresholds, under_pressure
from .trust import belief, first_step_game, step_game, trust_needed

__all__ = [
    "Deal",
    "EventStudy",
    "agreement",
    "belief",
    "closing_window",
    "daily_counts",
    "deal_value",
    "effective_deal",
    "effective_pressure",
    "enforcement",
    "event_study",
    "facts",
    "fewest_steps_schedule",
    "first_step_game",
    "gap_text",
    "holds",
    "largest_share",
    "lever_values",
    "levers",
    "margins",
    "minimum_steps",
    "neutrality_shares",
    "number_text",
    "parties",
    "presets",
    "pressure",
    "price_zone",
    "read_out",
    "round_half_away",
    "rounds_left",
    "schedule_margins",
    "signed_text",
    "slices_by_pressure",
    "sliding_counts",
    "step_game",
    "third_party_read_out",
    "thresholds",
    "trust_needed",
    "under_pressure",
    "weakest",
    "window_days",
    "year_swaps",
]
