"""The time that a figure speaks of, as it is printed beside it: R4, 2017年度末, 毎年度."""

import re

from ingest.years import YEAR

TIME = (
    rf"(?:{YEAR.pattern}(?:\s*\([^()]{{1,8}}\))?\s*年?度?(?:\s*\d{{1,2}}\s*月)?(?:末|時点|現在|以降|まで|から)*"
    r"|毎年度?|各年度?|毎年|期間中|計画期間中?)"
)
TIME = re.sub(r"\?P<\w+>", "", TIME)
"""What such a time looks like, as part of an expression."""

ONLY_TIME = re.compile(rf"^{TIME}$")
"""A text that is a time and nothing else."""
