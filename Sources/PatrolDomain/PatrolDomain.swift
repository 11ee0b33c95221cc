// PatrolDomain
