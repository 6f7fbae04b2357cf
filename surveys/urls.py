"""Addresses of 調査とヒアリング under /m/<code>/<fy>/surveys/."""

from django.urls import path

from municipalities.pages.ordering import DOWN, UP
from surveys import evidence_views, views
from surveys.answer_files import answer_file_urls
from surveys.door import preview_urls
from surveys.hearings import hearing_views, topic_views
from surveys.invitees import invitee_urls
from surveys.questionnaires import form_urls
from surveys.results import answer_views, result_views, share_views, year_views
from surveys.rounds import round_urls
from surveys.sheets import keying_urls
from surveys.tabulation import table_urls

app_name = "surveys"


def row_deeds(stem, folder, module):
    """Return the addresses of a row: edit, delete, one step up or down."""
    row, move = f"{folder}<slug:{stem}_key>", getattr(module, f"{stem}_move")
    return [
        path(f"{row}/edit/", getattr(module, f"{stem}_edit"), name=f"{stem}_edit"),
        path(f"{row}/delete/", getattr(module, f"{stem}_delete"), name=f"{stem}_delete"),
        path(f"{row}/up/", move, {"step": UP}, name=f"{stem}_up"),
        path(f"{row}/down/", move, {"step": DOWN}, name=f"{stem}_down"),
    ]


hearings = [
    path("surveys/hearings/add/", hearing_views.hearing_add, name="hearing_add"),
    path("surveys/hearings/<slug:hearing_key>/", hearing_views.hearing, name="hearing"),
    *row_deeds("hearing", "surveys/hearings/", hearing_views),
    path("surveys/topics/add/", topic_views.topic_add, name="topic_add"),
    path("surveys/topics/<slug:topic_key>/", topic_views.topic, name="topic"),
    path(
        "surveys/topics/<slug:topic_key>/issues/", evidence_views.topic_issues, name="topic_issues"
    ),
    path("surveys/topics/<slug:topic_key>/voices/add/", topic_views.voice_add, name="voice_add"),
    *row_deeds("topic", "surveys/topics/", topic_views),
    *row_deeds("voice", "surveys/voices/", topic_views),
]
results = [
    path("surveys/add/", result_views.survey_add, name="survey_add"),
    path("surveys/<slug:survey_key>/", result_views.survey, name="survey"),
    path("surveys/<slug:survey_key>/tables.xlsx", result_views.survey_tables, name="survey_tables"),
    path(
        "surveys/<slug:survey_key>/questions/add/", result_views.question_add, name="question_add"
    ),
    *row_deeds("survey", "surveys/", result_views),
    path(
        "surveys/questions/<slug:question_key>/answers/",
        result_views.question_answers,
        name="question_answers",
    ),
    path(
        "surveys/questions/<slug:question_key>/answers/add/",
        answer_views.answer_add,
        name="answer_add",
    ),
    path(
        "surveys/questions/<slug:question_key>/issues/",
        evidence_views.question_issues,
        name="question_issues",
    ),
    path(
        "surveys/questions/<slug:question_key>/years/",
        year_views.question_years,
        name="question_years",
    ),
    path(
        "surveys/questions/<slug:question_key>/earlier/",
        year_views.question_earlier,
        name="question_earlier",
    ),
    path(
        "surveys/questions/<slug:question_key>/value/",
        share_views.question_value,
        name="question_value",
    ),
    *row_deeds("question", "surveys/questions/", result_views),
    *row_deeds("answer", "surveys/answers/", answer_views),
]
urlpatterns = [
    path("surveys/", views.survey_list, name="survey_list"),
    # Before the surveys: theirs are addresses with any word.
    *form_urls.urlpatterns,
    *preview_urls.urlpatterns,
    *hearings,
    # Before a survey's own address: rounds are no survey's key.
    *round_urls.urlpatterns,
    *invitee_urls.urlpatterns,
    *keying_urls.urlpatterns,
    *answer_file_urls.urlpatterns,
    *table_urls.urlpatterns,
    *results,
]
