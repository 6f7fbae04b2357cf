"""The filter that lets a sentence of ours speak of 都, 道, 府 or 県."""

from django import template

from municipalities.japanese import prefecture_words

register = template.Library()
register.filter("told_of", prefecture_words.told_of)
