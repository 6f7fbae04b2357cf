"""The municipality's desk: its reports from the draft to the delivered paper."""
