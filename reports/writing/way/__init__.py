"""A report's way: to whom, 上長確認, its versions, 正誤."""
