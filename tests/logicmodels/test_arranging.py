"""What lines of papers are read as, and commands that read again."""

import pytest

from logicmodels.logic import arranging
from logicmodels.models import LogicModel, Outcome, Placement
from municipalities.kernel import trash


@pytest.mark.parametrize(
    ("line", "name", "note"),
    [
        ("多職種が参画する研修の実施", "多職種が参画する研修の実施", ""),
        ("・研修の実施", "研修の実施", ""),
        ("(再)研修の実施(※各職種に要相談)", "研修の実施", "※各職種に要相談"),
        (
            "9\t訪問診療医のネットワークの構築 (※医師会に要相談)",
            "訪問診療医のネットワークの構築",
            "※医師会に要相談",
        ),
        ("24時間薬剤調整体制の構築", "24時間薬剤調整体制の構築", ""),
        ("研修会の実施（在宅歯科医師会に要相談）", "研修会の実施（在宅歯科医師会に要相談）", ""),
        ("１２．　窓口一覧の作成", "窓口一覧の作成", ""),
        ("（※だけの注記）", "（※だけの注記）", ""),
    ],
)
def test_a_line_of_a_paper_is_read_as_name_and_note(line, name, note):
    assert arranging.pasted(line) == arranging.Pasted(name, note)


@pytest.mark.django_db
def test_a_command_works_on_what_is_stored_now_not_on_what_was_read(here, people):
    model = LogicModel.objects.get(key="model-1")
    model.cycle = here
    outcome = Outcome.objects.get(key="outcome-2")
    outcome.logic_model, outcome.cycle = model, here
    arranging.place_by_name(outcome, arranging.Pasted("ほかの取組"), by=people["editor"])
    first = Placement.objects.get(key="placement-1")
    Placement.objects.filter(pk=first.pk).update(version=9, note="別の人の注記")

    moved = arranging.move(model, "placement-1", step=1, by=people["editor"])

    row = Placement.objects.get(key="placement-1")
    assert (moved.before, moved.after) == (1, 1)
    assert (row.outcome.key, row.version, row.note) == ("outcome-2", 10, "別の人の注記")


@pytest.mark.django_db
def test_what_goes_with_a_model_is_gathered_in_a_few_queries(
    here, people, django_assert_max_num_queries
):
    model = LogicModel.objects.get(key="model-1")
    for number in range(30):
        outcome = Outcome(cycle=here, logic_model=model, text=f"成果{number}")
        arranging.add_outcome(outcome, by=people["editor"])
        arranging.place_by_name(outcome, arranging.Pasted("ほかの取組"), by=people["editor"])

    with django_assert_max_num_queries(12):
        parts = [str(one) for one in trash.with_parts(model)]

    assert len(parts) >= 60
