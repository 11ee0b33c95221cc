// PatrolStorage
