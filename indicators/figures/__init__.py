"""Numbers at other things: the figures of 自治体概要 and those that ground an issue."""
