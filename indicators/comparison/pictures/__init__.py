"""Pictures of a comparison: structures computed here, written down by templates/indicators/comparison/.

Each shows the comparison's own numbers and judges nothing: what a cell is worth stands in the cell.
`registry` offers them to the pages.
"""
