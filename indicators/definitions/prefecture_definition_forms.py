"""The form of a definition that a prefecture makes for its towns."""

from indicators.definitions.definition_forms import AsksForVersion
from indicators.definitions.indicator_forms import OwnDefinitionForm
from indicators.models import PrefectureDefinition
from municipalities.fields import JaFiscalYearField


class PrefectureDefinitionForm(AsksForVersion, OwnDefinitionForm):
    """What a prefecture defines; once it stands, a changed way of counting starts a version."""

    new_fieldsets = (
        *OwnDefinitionForm.fieldsets,
        ("いつから", ("fiscal_year",)),
    )
    fieldsets = (*new_fieldsets, AsksForVersion.version_fieldset)

    fiscal_year = JaFiscalYearField(
        label="始める年度",
        help_text="市町村がこの指標の値を集め始める年度です。例：令和8年度（2026年度）",
    )

    class Meta(OwnDefinitionForm.Meta):
        model = PrefectureDefinition
        fields = (*OwnDefinitionForm.Meta.fields, "fiscal_year")
        help_texts = OwnDefinitionForm.Meta.help_texts | {
            "name": "例：退院支援加算を届け出た病院の割合。市町村の「指標のカタログ」に、この名称で載ります。",
            "numerator": "市町村の担当者が同じように数えられる書き方にします。",
            "data_source": "例：県が毎年送る調査票、市町村の実績報告",
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.ask()
        else:
            self.fieldsets = self.new_fieldsets
