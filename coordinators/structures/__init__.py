"""コーディネーターの体制: the pages of a structure, of its posts and headings, and its part of the document."""
