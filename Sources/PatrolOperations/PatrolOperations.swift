// PatrolOperations
