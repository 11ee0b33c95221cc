// PatrolTerminal
