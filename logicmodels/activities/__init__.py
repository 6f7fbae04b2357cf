"""取組台帳: the activities of a year, their parts, and the desk of the contractor who carries them out."""
