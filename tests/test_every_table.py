"""Promises that hold for every table: fenced or named, no way round, no personal data."""

import pytest
from django.contrib.auth.models import AbstractUser
from django.db import models

from municipalities.fence import checks
from municipalities.fence.checks import UNFENCED, our_models, problems_of
from municipalities.models import Municipality
from municipalities.prefecture_tenancy import PrefectureModel
from municipalities.tenancy import TenantManager, TenantModel, within
from tests import world

TABLES = our_models()
FENCED = [model for model in TABLES if issubclass(model, TenantModel)]
OF_PREFECTURES = [model for model in TABLES if issubclass(model, PrefectureModel)]
# Words of columns that would describe a patient or a private person.
PERSONAL = (
    "patient",
    "birth",
    "insured_number",
    "first_name",
    "last_name",
    "phone",
    "患者",
    "氏名",
)


@pytest.mark.parametrize("model", TABLES, ids=lambda model: model._meta.label)
class TestEveryTable:
    def test_is_fenced_or_named(self, model):
        assert list(problems_of(model)) == []

    def test_has_words_for_people(self, model):
        assert model.__str__ not in {models.Model.__str__, AbstractUser.__str__}
        for field in model._meta.concrete_fields:
            automatic = field.name.replace("_", " ")
            assert field.primary_key or str(field.verbose_name) != automatic, field.name

    def test_holds_no_null_text_and_no_null_in_unique_keys(self, model):
        for field in model._meta.concrete_fields:
            assert not (field.null and isinstance(field, models.CharField | models.TextField))
        for constraint in model._meta.constraints:
            if isinstance(constraint, models.UniqueConstraint):
                columns = [model._meta.get_field(name) for name in constraint.fields]
                assert not any(column.null for column in columns), constraint.name

    def test_describes_no_private_person(self, model):
        for field in model._meta.concrete_fields:
            words = f"{field.name} {field.verbose_name}"
            assert not any(word in words for word in PERSONAL), field.name


def test_every_unfenced_table_exists_and_has_its_reason():
    fenced = {model._meta.label for model in (*FENCED, *OF_PREFECTURES)}
    assert {model._meta.label for model in TABLES} - fenced == set(UNFENCED)
    assert all(UNFENCED.values())


@pytest.mark.django_db
@pytest.mark.parametrize("model", FENCED, ids=lambda model: model._meta.label)
def test_a_child_belongs_to_the_municipality_of_its_parent(model):
    parents = [
        field
        for field in model._meta.concrete_fields
        if field.is_relation and issubclass(field.related_model, TenantModel)
    ]
    for code in (world.OURS, world.THEIRS):
        with within(Municipality.objects.get(code=code)):
            for row in model.objects.select_related(*[field.name for field in parents]):
                for field in parents:
                    parent = getattr(row, field.name)
                    assert parent is None or parent.municipality_id == row.municipality_id


def test_no_unfenced_table_leads_into_the_fence_by_a_reverse_name():
    """Trap 1: Municipality.objects.filter(<reverse name>__…) would walk round the fence."""
    fenced = {*FENCED, *OF_PREFECTURES}
    for model in TABLES:
        if model not in fenced:
            for relation in model._meta.related_objects:
                assert relation.related_model not in fenced or relation.hidden


def test_an_open_table_stops_the_start(monkeypatch):
    """The negative control of the check: each hole it looks for is found when it is there."""

    class Unfenced(models.Model):
        class Meta:
            app_label = "logicmodels"

    class OpenManager(TenantModel):
        objects = models.Manager()

        class Meta(TenantModel.Meta):
            app_label = "logicmodels"

    class OpenBaseManager(TenantModel):
        objects = TenantManager()
        plain = models.Manager()

        class Meta(TenantModel.Meta):
            app_label = "logicmodels"
            base_manager_name = "plain"

    class NamedReverse(TenantModel):
        prefecture = models.ForeignKey("municipalities.Prefecture", models.PROTECT)

        class Meta(TenantModel.Meta):
            app_label = "logicmodels"

    made = [Unfenced, OpenManager, OpenBaseManager, NamedReverse]
    try:
        monkeypatch.setattr(checks, "our_models", lambda: made)
        found = {error.obj: error.msg for error in checks.every_table_is_fenced(None)}
    finally:
        for model in made:
            del model._meta.apps.all_models["logicmodels"][model._meta.model_name]
            model._meta.apps.clear_cache()

    assert set(found) == set(made)
