"""What a year prints beside its report: 年間のまとめ, 評価シート, 協議体資料, 引継書."""
