"""Forms of desired states and issues."""

from logicmodels.models import DesiredState, Issue
from municipalities.choices import Scene
from municipalities.forms import HouseModelForm


class DesiredStateForm(HouseModelForm):
    class Meta(HouseModelForm.Meta):
        model = DesiredState
        fields = ("text",)
        help_texts = {
            "text": "住民を主語にして、実現したい姿を書きます"
            "（例：市民が、最期まで本人の望む場所で、安心して過ごせる）。"
        }


class IssueForm(HouseModelForm):
    class Meta(HouseModelForm.Meta):
        model = Issue
        fields = ("scene", "text")
        help_texts = {"text": "目指す姿と現状との差を、一つずつ書きます。"}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # The whole comes first: most issues before support concern every scene.
        ordered = (Scene.ALL, *(scene for scene in Scene if scene is not Scene.ALL))
        self.fields["scene"].choices = [(scene.value, scene.label) for scene in ordered]
