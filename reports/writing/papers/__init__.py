"""The papers that a year prints, each beside the page it is made from."""
