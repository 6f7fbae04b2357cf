"""前の調査と比べる: two rounds of one town side by side."""
