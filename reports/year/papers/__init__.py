"""What a year prints by itself: 年間のまとめ, and the letters and the poster of a survey."""
