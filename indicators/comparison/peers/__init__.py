"""With whom a place is compared: prefecture, area of medical care, similar and near ones."""
