// PatrolCommandLine
