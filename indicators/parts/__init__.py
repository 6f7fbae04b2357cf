"""A value by months, quarters or areas: typing them in and making up the year from them."""
