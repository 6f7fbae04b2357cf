"""What a copy tells of the activities behind a number: only those that are shown, each once, in order."""

from reports.practice.doings import Under, under_outcomes

PUBLIC, HOUSE = {"audience": "public"}, {"audience": "internal"}
COPY = {
    "indicators": [
        {"key": "indicator-1", "indicator": "readmission_30d_rate"},
        {"key": "indicator-2", "indicator": "home_return_rate"},
    ],
    "indicator_uses": [
        {"indicator": "indicator-1", "outcome": "outcome-2"},
        {"indicator": "indicator-1", "outcome": "outcome-1"},
        {"indicator": "indicator-2", "outcome": "outcome-3"},
    ],
    "logic_models": [
        {
            "outcomes": [
                {
                    "key": "outcome-1",
                    "text": "一つ目",
                    "placements": [{"activity": "b"}, {"activity": "a"}],
                },
                {
                    "key": "outcome-2",
                    "text": "二つ目",
                    "placements": [{"activity": "a"}, {"activity": "hidden"}],
                },
                {"key": "outcome-3", "text": "三つ目", "placements": [{"activity": "c"}]},
            ]
        }
    ],
    "activities": [
        {"key": "a", "name": "連携シート", **PUBLIC},
        {"key": "b", "name": "勉強会", **PUBLIC},
        {"key": "c", "name": "別の取組", **PUBLIC},
        {"key": "hidden", "name": "県への写しには載せていません", **HOUSE},
    ],
}


def test_activities_stand_under_the_outcomes_of_their_indicator():
    assert under_outcomes(COPY, "readmission_30d_rate") == (
        Under("一つ目", {"b": "勉強会", "a": "連携シート"}),
        Under("二つ目", {"a": "連携シート"}),
    )
    assert under_outcomes(COPY, "home_return_rate") == (Under("三つ目", {"c": "別の取組"}),)
    assert under_outcomes(COPY, "acp_discussed_rate") == ()
