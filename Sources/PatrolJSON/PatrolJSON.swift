// PatrolJSON
