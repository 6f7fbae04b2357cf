"""A document to copy for the prefecture: every text carries a mark that says whether it may leave."""

import copy

from municipalities.choices import Audience

SHOWN, SECRET = "県に見せる文", "県に見せない文"
# Small number of patients that no copy may tell, and how papers write it.
FEW = "7"
WORDS = {
    *("text", "current_state", "gap", "cause", "name", "description", "target_group", "title"),
    *("note", "goal", "situation", "participants", "keywords", "response_note", "who"),
    *("due", "conclusion", "assumption", "period", "frequency", "role", "strengths", "caption"),
    *("difficulties", "medical_features", "care_features", "programme_state", "free_theme"),
    "review_rhythm",
}


def marked(value, text):
    """Return a row with this text in every place for words, however deep."""
    if isinstance(value, list):
        return [marked(one, text) for one in value]
    if not isinstance(value, dict):
        return value
    return {
        name: text if name in WORDS and isinstance(one, str) else marked(one, text)
        for name, one in value.items()
    }


def with_audiences(document, audience):
    """Return the document with every row of this audience."""
    if isinstance(document, list):
        return [with_audiences(one, audience) for one in document]
    if not isinstance(document, dict):
        return document
    return {
        name: audience if name == "audience" else with_audiences(one, audience)
        for name, one in document.items()
    }


PARTS_WITH_TEXTS = (
    *("desired_states", "issues", "activities", "logic_models", "support_round", "support_steps"),
    *("support_tasks", "report_texts", "support_issues", "support_effects", "support_outlooks"),
    *("profile_pictures", "indicators", "profile"),
)


def told(document, audience):
    """Return the document with all rows of one audience, its texts marked by whether they may leave."""
    document = with_audiences(copy.deepcopy(document), audience)
    text = SHOWN if audience in {Audience.PREFECTURE, Audience.PUBLIC} else SECRET
    for name in PARTS_WITH_TEXTS:
        document[name] = marked(document[name], text)
    # Elsewhere a theme is a choice.
    if document["support_round"]:
        document["support_round"]["theme"] = text
    return document
