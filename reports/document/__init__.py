"""The municipality-year document: assembled from every app's part, frozen as canonical bytes."""
