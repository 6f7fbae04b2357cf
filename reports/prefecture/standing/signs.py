"""How scenes and states are told where there is room for a sign or two."""

from municipalities.choices import Scene
from reports.choices import PhaseState

SHORT = {
    Scene.DAILY_CARE: "日常",
    Scene.DISCHARGE: "入退院",
    Scene.EMERGENCY: "急変",
    Scene.END_OF_LIFE: "看取り",
}
# A state in the room of one sign, what is done first; the words stand in the legend and in the hidden text.
SIGNS = {
    PhaseState.DONE: "済",
    PhaseState.DOING: "中",
    PhaseState.UNSURE: "要",
    PhaseState.NOT_STARTED: "未",
    PhaseState.BLOCKED: "待",
}
SIGN_WORDS = tuple((sign, str(state.label), state.look) for state, sign in SIGNS.items())
