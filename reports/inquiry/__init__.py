"""照会 on the side of the municipalities: reading what is asked, writing answers, and answering."""
