"""Forms of contracts, of their events and partners, and of who carries out which work item."""

import unicodedata

from django import forms
from django.core.exceptions import ValidationError

from coordinators.contracts.contract_chains import above_which
from coordinators.models import Contract, ContractEvent, ContractPartner, WorkItemExecution
from logicmodels.choices import (
    SCENES_OF_A_PLAN,
    WorkItem,
    work_item_with_letter,
)
from municipalities.bodies.body_forms import NamedBodyForm
from municipalities.fields import JaFuzzyDateField, JaIntegerField, JaTextField
from municipalities.forms import HouseModelForm
from municipalities.japanese import dates, fuzzy_dates
from municipalities.models import Municipality

MOST_PARTIES = 32_767
MOST_YEN = 2_147_483_647
SCENE_CHOICES = [(scene.value, scene.label) for scene in SCENES_OF_A_PLAN]
ITEM_CHOICES = [(item.value, work_item_with_letter(item)) for item in WorkItem]
NO_CONTRACT = "（委託契約によらない）"
BELOW = "もとの契約は、一覧から選んでください。この契約から再委託している契約は選べません。"
UNSEEN = (
    "前に選んだ委託契約は、こちらの市区町村が共同で委託する市区町村から外れたため、表示できません。"
    "このまま保存すると、この行から外れます。"
)


class ContractForm(NamedBodyForm):
    """Everything about a contract but its events and partners."""

    fieldsets = (
        (
            "契約",
            ("title", "organization", "name", "number_of_parties", "kind", "parent"),
        ),
        ("期間と状態", ("state", "begins", "ends", "end_reason")),
        ("何を目指して委託するか", ("purpose",)),
        (
            "市町村と委託先の考えを並べる",
            ("expectation", "reality", "gap", "agreement", "merits"),
        ),
        ("成果物・報告", ("deliverables", "reporting")),
        ("お金", ("amount", "funding")),
        ("そのほか", ("note", "audience")),
    )
    number_of_parties = JaIntegerField(
        label="受託する団体の数（複数ある場合）",
        unit="団体",
        min_value=1,
        max_value=MOST_PARTIES,
        required=False,
        help_text="同じ契約を複数の団体と結んでいるとき（例：18行政区の各医師会なら18）。",
    )
    amount = JaIntegerField(
        label="委託料（年額）",
        unit="円",
        min_value=0,
        max_value=MOST_YEN,
        required=False,
        help_text="委託先に渡す「委託の整理表」には載りません。",
    )

    class Meta(HouseModelForm.Meta):
        model = Contract
        fields = (
            "organization",
            "name",
            "title",
            "number_of_parties",
            "kind",
            "parent",
            "state",
            "begins",
            "ends",
            "end_reason",
            "purpose",
            "expectation",
            "reality",
            "gap",
            "agreement",
            "merits",
            "deliverables",
            "reporting",
            "amount",
            "funding",
            "note",
            "audience",
        )
        field_classes = {
            "title": JaTextField,
            "name": JaTextField,
            "begins": JaFuzzyDateField,
            "ends": JaFuzzyDateField,
        }
        labels = {"organization": "受託する団体"}
        widgets = {
            name: forms.Textarea(attrs={"rows": 4})
            for name in ("purpose", "expectation", "reality", "gap", "agreement", "merits")
        } | {
            name: forms.Textarea(attrs={"rows": 3})
            for name in ("end_reason", "deliverables", "reporting", "note")
        }
        help_texts = {
            "title": "例：在宅医療・介護連携推進事業業務委託、在宅医療相談窓口の運営",
            "kind": "委託先がさらにほかの団体へ委託しているときは「再委託」を選び、"
            "次の欄でもとの契約を選びます。",
            "parent": "再委託のときだけ選びます。",
            "begins": "年度や頃でも構いません（例：令和5年度（2023年度）、令和6年4月1日）。",
            "ends": "年度や頃でも構いません（例：令和5年度末）。決まっていなければ空けておきます。",
            "end_reason": "終了したとき、または終えることが決まったときに書きます。"
            "次に委託するときの手がかりになります。",
            "purpose": "だれがどのように暮らせることを目指し、そのために何を託すのかを書きます。"
            "事業項目を並べるだけでは、項目をこなせば役割を果たしたことになってしまいます。",
            "expectation": "委託先に担ってほしい役割を、事業項目の名前ではなく、することで書きます。",
            "reality": "委託先から聞いたことを書きます（例：人員の体制、ほかの業務との兼務、"
            "続けられること・難しいこと）。",
            "gap": "期待と現状を見比べて、食い違っているところを書きます。",
            "agreement": "意見交換などで決めたことと、その時期を書きます。",
            "merits": "受託することで委託先が解決できること（例：退院調整や再入院の防止に役立つ）。"
            "利点が見えると、役割の話がしやすくなります。",
            "deliverables": "例：月ごとの相談件数と内容の集計、資源マップの更新、年度末の報告書",
            "reporting": "だれが、いつ、どのように報告し、市町村がどう返すかを書きます"
            "（例：四半期ごとに実績を報告、年2回の意見交換でフィードバック）。",
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        parent = self.fields["parent"]
        parent.queryset = Contract.objects.led().exclude(pk__in=above_which(self.instance))
        parent.empty_label = "（市町村が直接委託している）"
        parent.label_from_instance = lambda one: f"{one.title}（{one.name}）"
        parent.error_messages["invalid_choice"] = BELOW


class EventForm(HouseModelForm):
    class Meta(HouseModelForm.Meta):
        model = ContractEvent
        fields = ("kind", "text", "due", "done")
        # 「毎月」 is no point in time, and yet when a report is due.
        field_classes = {"due": JaTextField, "done": JaFuzzyDateField}
        widgets = {"text": forms.Textarea(attrs={"rows": 3})}
        help_texts = {
            "text": "例：上半期の相談実績の報告、相談窓口に求める役割についての意見交換",
            "due": "決まった日がなくても構いません（例：令和6年10月頃、令和6年度末、毎月10日）。"
            "時期が読み取れるときは、過ぎると一覧で知らせます。",
            "done": "報告を受け取った日や、意見交換を行った日を書きます。まだのときは空けておきます。",
        }

    def clean_due(self):
        """Any words will do, but no day that the calendar has not: it would never fall due."""
        due = self.cleaned_data["due"]
        try:
            fuzzy_dates.read(due)
        except dates.NoSuchDay as error:
            raise ValidationError(str(error)) from error
        except dates.DateError:
            return due
        return due


class PartnerForm(HouseModelForm):
    """A municipality that contracts together with ours: of the same prefecture, or any by its code."""

    code = JaTextField(
        label="ほかの都道府県の市区町村（6桁のコード）",
        required=False,
        max_length=10,
        help_text="一覧にないときだけ、全国地方公共団体コードを入力します。",
    )

    class Meta(HouseModelForm.Meta):
        model = ContractPartner
        fields = ("partner",)
        labels = {"partner": "共同で委託する市区町村"}

    def __init__(self, *args, lead, **kwargs):
        super().__init__(*args, **kwargs)
        self.lead = lead
        partner = self.fields["partner"]
        partner.required = False
        partner.no_mark = self.fields["code"].no_mark = True
        partner.help_text = "一覧から選ぶか、次の欄にコードを入力します。どちらか一つが必要です。"
        partner.empty_label = "選んでください"
        towns = Municipality.objects.without_wards().exclude(pk=lead.pk)
        partner.queryset = towns.filter(prefecture=lead.prefecture_id)

    def clean(self):
        cleaned = super().clean()
        typed, chosen = cleaned.get("code"), cleaned.get("partner")
        if typed and chosen:
            self.add_error(
                "code", "一覧から選ぶか、コードを入力するか、どちらか一方にしてください。"
            )
        elif typed:
            cleaned["partner"] = self.by_code(typed)
        elif not chosen and not self.errors:
            self.add_error("partner", "共同で委託する市区町村を選んでください。")
        self.check_twice(cleaned.get("partner"))
        return cleaned

    def by_code(self, typed):
        """Return the municipality of a code, or None with an error beside the field."""
        code = unicodedata.normalize("NFKC", typed)
        found = Municipality.objects.without_wards().filter(code=code).first()
        if found is None:
            message = "このコードの市区町村は登録されていません。6桁のコードを確かめてください。"
            self.add_error("code", message)
        elif found.pk == self.lead.pk:
            self.add_error("code", "自分の市区町村は、共同で委託する相手として選べません。")
            return None
        return found

    def check_twice(self, partner):
        same = ContractPartner.objects.filter(contract=self.instance.contract, partner=partner)
        if partner and same.exclude(pk=self.instance.pk).exists():
            message = f"{partner}は、すでに共同で委託する市区町村に入っています。"
            self.add_error("partner", message)


class ExecutionForm(NamedBodyForm):
    """Who carries out a work item in a scene; the contract may be one that a neighbour leads."""

    fieldsets = (
        ("事業項目と場面", ("work_item", "scene")),
        ("実施する人", ("execution", "contract", "organization", "name")),
        ("そのほか", ("note", "audience")),
    )

    class Meta(HouseModelForm.Meta):
        model = WorkItemExecution
        fields = (
            "organization",
            "name",
            "work_item",
            "scene",
            "execution",
            "contract",
            "note",
            "audience",
        )
        field_classes = {"name": JaTextField}
        labels = {"organization": "実施する団体・部署"}
        widgets = {"note": forms.Textarea(attrs={"rows": 2})}
        help_texts = {
            "work_item": "ア～クは、平成27年度（2015年度）の事業項目の記号です。",
            "scene": "場面を分けずに実施しているときは「すべての場面」を選びます。",
            "execution": "市町村と委託先で分担しているときは「一部委託」を選びます。",
            "contract": "委託・一部委託・再委託のときに選びます。",
            "organization": "空けておくと、選んだ契約の受託者を表示します。"
            "直営のときは、担当する課を選べます。",
            "note": "例：相談の受付は委託先、困難な事例への対応は市",
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["work_item"].choices = [("", "選んでください"), *ITEM_CHOICES]
        self.fields["scene"].choices = SCENE_CHOICES
        contract = self.fields["contract"]
        contract.queryset = Contract.objects.select_related("municipality")
        contract.empty_label = NO_CONTRACT
        contract.label_from_instance = self.label_of
        before = self.instance.contract_id
        if before is not None and not contract.queryset.filter(pk=before).exists():
            contract.help_text = UNSEEN

    @staticmethod
    def label_of(contract):
        """Name a contract with who takes it on, and with its lead where that is another municipality."""
        lead = "" if contract.is_led_here else f"{contract.municipality.name}："
        return f"{lead}{contract.title}（{contract.name}）"
