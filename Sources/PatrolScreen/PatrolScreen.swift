// PatrolScreen
