"""Addresses and permissions in templates."""

from django import template

register = template.Library()


@register.simple_tag(takes_context=True)
def cycle_url(context, name, *args):
    """Return the address of a page of this municipality and year."""
    return context["request"].cycle.url(name, *args)


@register.simple_tag(takes_context=True)
def may(context, permission):
    """Say whether the signed-in person has this permission here."""
    return context["request"].scope.may(permission)
