"""What waits for the operator, in numbers: work and mails that failed and need a hand."""

from municipalities.kernel.jobs import JobState
from municipalities.kernel.mail import MailState
from municipalities.models import Job, OutgoingMail


def failed(user, codes):
    numbers = {
        "失敗した処理": Job.objects.filter(state=JobState.FAILED).count(),
        "送信できなかったメール": OutgoingMail.objects.filter(state=MailState.FAILED).count(),
    }
    sentences = [f"{words} {number}件" for words, number in numbers.items() if number]
    return {"": sentences} if sentences else {}
