"""Values coming in and going out singly or by file: forms, the long format's files, the checks before anything is written."""
