"""One municipality among the others: its page, its line beside a chart, its workbook."""
