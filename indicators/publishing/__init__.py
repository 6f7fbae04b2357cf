"""What others see of values and what is taken over from statistics: letting out, marks, right of reply."""
