"""Everything that a manifest may not say."""

from typing import Final

from tests.unit.model.refusal import Refusal
from tests.unit.model.refused_airtimes import AIRTIMES
from tests.unit.model.refused_campaigns import CAMPAIGNS
from tests.unit.model.refused_loads import LOADS
from tests.unit.model.refused_targets import TARGETS

REFUSALS: Final[list[Refusal]] = [*CAMPAIGNS, *AIRTIMES, *LOADS, *TARGETS]
