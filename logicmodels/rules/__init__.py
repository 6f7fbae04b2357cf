"""気づき on desired states, issues, activities and logic models. Pure: read from the year's document."""

from logicmodels.rules import goals, issues, links, work

RULES = (*goals.RULES, *issues.RULES, *links.RULES, *work.RULES)
