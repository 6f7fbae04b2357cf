"""The coordinators of a prefecture as a file, and its posts taken over from the year before."""
