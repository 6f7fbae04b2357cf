"""The kinds of background work of the kernel itself."""

from municipalities.kernel import mail

mail.register_job()
